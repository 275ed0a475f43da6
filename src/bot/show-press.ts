import { render } from '../cards/render.ts';
import type { ApprovalView, View } from '../cards/view.ts';
import type { Press } from '../entra/inbound.ts';
import type { Asker } from './asker.ts';
import type { Middle } from './middle.ts';
import type { Chat, PressAnswer } from './ports.ts';
import { BELOW, inWords, ON_ITS_CARD, pressAnswer } from './press-answer.ts';
import { decides, type Pressed } from './pressed.ts';
import { mustGoAside, showAnswer, showAside, showOrSay } from './show-answer.ts';
import { rememberCard } from './speak.ts';

/** How the client sent a press, which decides what becomes of its answer. */
export type Way = 'execute' | 'submit';

/** A press that was read, and for whom its answer is. */
export interface Pressing {
  readonly way: Way;
  readonly press: Press;
  readonly button: Pressed;
  readonly asker: Asker;
  readonly chat: Chat;
}

/**
 * Whether the pressed card is that of the approval that is shown: it stands there for everyone, so the approval can be
 * decided on it. A card that only takes the place of another one for whoever pressed is none of these.
 */
const isItsCard = async ({ ports }: Middle, { cardId, place }: Press, view: View): Promise<boolean> =>
  view.card === 'approval' &&
  cardId !== undefined &&
  (await ports.posts.about(place.conversationId, cardId)) === view.approval.number;

const asksOnceMore = (view: View): boolean => view.card === 'approval' && view.confirmsOwn === true;

/** Shows it to whoever pressed, out of the sight of others, and says so. */
const aside = async (middle: Middle, { asker, chat }: Pressing, view: View): Promise<PressAnswer> => {
  const { word } = await showAside(middle, asker, chat, view);
  return { message: word.card === 'problem' ? inWords(word) : word.title };
};

/**
 * Where others read along, an edited card would be edited for all of them; a problem replaces no rows; and the card of
 * a request is edited by whoever delivers.
 */
export const showLate = async (
  middle: Middle,
  { press, asker, chat }: Pressing,
  view: View | undefined,
): Promise<void> => {
  if (view === undefined) return;
  const { cardId, place } = press;
  const isReplaced = place.kind === 'personal' && view.card !== 'problem';
  await showOrSay(middle, { chat }, async () => {
    if ((await isItsCard(middle, press, view)) && !asksOnceMore(view)) return;
    await showAnswer(middle, asker, chat, view, isReplaced ? { cardId } : undefined);
  });
};

/** The answer takes the place of the pressed card for who pressed; to a submit it is posted where others read along. */
const rememberAnswer = async (
  middle: Middle,
  way: Way,
  { cardId, person, place }: Press,
  view: View,
): Promise<void> => {
  if (way === 'submit' && place.kind !== 'personal') return;
  await rememberCard(middle, { conversationId: place.conversationId, cardId, personId: person.id }, view);
};

/**
 * The card of a request is edited for everyone by whoever delivers: that who pressed was shown it does not count for
 * the others, and what is posted to a submit would only stand beside it.
 */
const onItsCard = (way: Way, view: View): PressAnswer =>
  way === 'submit' && !asksOnceMore(view) ? ON_ITS_CARD : { card: render(view) };

/**
 * Only the card of a request has buttons that decide. One that is not known was posted though Teams told otherwise: from
 * now on it is edited as the others are.
 */
const rememberItsCard = async (
  { ports }: Middle,
  { cardId, place }: Press,
  { approval: { number, edition } }: ApprovalView,
): Promise<void> => {
  if (cardId !== undefined) await ports.posts.add(number, place.conversationId, cardId, edition - 1);
};

/** What a press is answered with, once the view is there. */
export const answerWith = async (middle: Middle, pressing: Pressing, view: View): Promise<PressAnswer> => {
  const { way, press, button, asker } = pressing;
  if (await isItsCard(middle, press, view)) return onItsCard(way, view);
  if (view.card === 'approval' && decides(button)) {
    await rememberItsCard(middle, press, view);
    return onItsCard(way, view);
  }
  const isForOne = await mustGoAside(middle, asker, view);
  if (isForOne && (way === 'submit' || view.card === 'approval')) return aside(middle, pressing, view);
  if (view.card === 'approval' && press.place.kind !== 'personal') {
    await showLate(middle, pressing, view);
    return BELOW;
  }
  await rememberAnswer(middle, way, press, view);
  return pressAnswer(view, button, isForOne);
};
