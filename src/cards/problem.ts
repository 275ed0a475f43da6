import { z } from 'zod';
import { showText } from '../lib/text.ts';
import { ButtonBar, barOf, sayButtons } from './button.ts';
import type { AdaptiveCard } from './card.ts';
import { Pointer, pointerOf } from './pointer.ts';
import { cardMaker, Text } from './template.ts';
import type { ProblemView } from './view.ts';

const Problem = z.strictObject({
  what: Text,
  pointers: z.array(Pointer),
  why: Text,
  next: Text,
  actions: z.array(ButtonBar),
  references: z.array(Text),
});

const make = cardMaker('problem', Problem);

/** What happened, why, and what to type instead; the corrected phrases are buttons. */
export const problemCard = (view: ProblemView): AdaptiveCard => {
  return make({
    what: showText(view.what, 300),
    pointers: view.pointer ? [pointerOf(view.pointer)] : [],
    why: showText(view.why, 500),
    next: showText(view.next, 500),
    actions: barOf(sayButtons(view.suggestions)),
    references: view.reference === undefined ? [] : [showText(view.reference, 64)],
  });
};
