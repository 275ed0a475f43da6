import { z } from 'zod';
import { showText } from '../lib/text.ts';
import type { AdaptiveCard } from './card.ts';
import { cardMaker, Text } from './template.ts';
import type { WorkingView } from './view.ts';

const make = cardMaker('working', z.strictObject({ asked: Text }));

/** The card that holds the place of an answer which takes longer than a turn may. */
export const workingCard = (view: WorkingView): AdaptiveCard => make({ asked: showText(view.asked, 300) });
