import type { ShownAnswer } from '../entra/kept-answer.ts';
import type { Asker } from './asker.ts';
import type { Store } from './ports.ts';

/**
 * The answer that "#2" and "next page" mean: that of the card which is replied to or whose button was pressed, else the
 * last one that this person was shown here.
 */
export const answerMeant = async (
  { results }: Pick<Store, 'results'>,
  { person, place, cardId }: Asker,
): Promise<ShownAnswer | undefined> => {
  const { kind, conversationId } = place;
  const onCard = cardId === undefined ? undefined : await results.onCard(conversationId, cardId, person.id);
  const meant = onCard ?? (await results.last(person.id, conversationId));
  // In a channel the root of a thread is mostly the question, so whoever else replies there means what stands below it.
  return meant ?? (kind === 'channel' ? results.onNewestCard(conversationId) : undefined);
};
