import { render } from '../cards/render.ts';
import type { HelpView, ProblemView, View } from '../cards/view.ts';
import type { PressAnswer } from './ports.ts';
import type { Pressed } from './pressed.ts';

// What a press is answered with that leads to no card of its own.

export const UNKNOWN: PressAnswer = {
  message: 'This button is not known. It may come from another version: ask again.',
};

export const NOT_BY_ITSELF: PressAnswer = { message: 'This card does not refresh by itself. Press Refresh.' };

export const IN_A_MOMENT: PressAnswer = {
  message: 'This takes a little longer. The answer will follow here.',
};

export const ON_ITS_CARD: PressAnswer = { message: 'The card of the request shows how it stands now.' };

export const BELOW: PressAnswer = { message: 'It stands below, as a card of its own.' };

/** A problem as the text of a message. */
export const inWords = ({ what, why, next, reference }: ProblemView): string =>
  [what, why, next, ...(reference === undefined ? [] : [`Reference: ${reference}`])].join(' ');

/** Buttons that are answered with a word, beside the card that they stand on. */
const BY_A_WORD: ReadonlySet<Pressed['verb']> = new Set(['export', 'export-timeline', 'verify-share']);

/** A word as the text of a message. */
const wordOf = ({ title, paragraphs }: HelpView): string =>
  [title.endsWith('.') ? title : `${title}.`, ...paragraphs].join(' ');

/** What came of a button about rows must not take the place of these rows when it is only a problem or a word. */
export const pressAnswer = (view: View, button: Pressed, isForOne: boolean): PressAnswer => {
  if (view.card === 'problem' && button.verb !== 'say') return { message: inWords(view) };
  if (view.card === 'help' && BY_A_WORD.has(button.verb)) return { message: wordOf(view) };
  return { card: render(view), ...(isForOne && { isForOne }) };
};
