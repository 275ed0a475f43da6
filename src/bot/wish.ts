import type { View } from '../cards/view.ts';
import type { ChangeCall } from '../commands/command.ts';
import { answerChange, type Typed } from './changes/wish.ts';
import { offerByText } from './files/offer.ts';
import type { Middle } from './middle.ts';
import { declareIncident } from './sharing/incident.ts';
import { shareByText } from './sharing/share.ts';

/** Does what somebody typed that more than reads; undefined where nothing is left to be said. */
export const answerWish = (
  middle: Middle,
  asker: Typed,
  { wish, asked }: ChangeCall,
): Promise<View | undefined> => {
  switch (wish.wish) {
    case 'share':
      return shareByText(middle, asker, wish, asked);
    case 'incident':
      return declareIncident(middle, asker, wish, asked);
    case 'file':
      return offerByText(middle, asker, wish);
    default:
      return answerChange(middle, asker, wish, asked);
  }
};
