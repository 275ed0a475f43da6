import { render } from '../cards/render.ts';
import type { ApprovalView, View } from '../cards/view.ts';
import type { Press } from '../entra/inbound.ts';
import { LATE, within } from '../lib/within.ts';
import { answer, viewOfFailedChange, viewOfFailure } from './answer.ts';
import type { Asker } from './asker.ts';
import { pressApproval, pressRequest } from './changes/press.ts';
import { offerFile } from './files/offer.ts';
import { messageKey } from './message-key.ts';
import type { Middle } from './middle.ts';
import type { Chat, PressAnswer } from './ports.ts';
import {
  BELOW,
  IN_A_MOMENT,
  inWords,
  NOT_BY_ITSELF,
  ON_ITS_CARD,
  pressAnswer,
  UNKNOWN,
} from './press-answer.ts';
import {
  type ApprovalButton,
  type Pressed,
  type RequestButton,
  readPress,
  type ShareButton,
} from './pressed.ts';
import { stopped, tooMany } from './problems.ts';
import { pressShare } from './sharing/press.ts';
import { mustGoAside, showAnswer, showAside } from './show-answer.ts';
import { showResult } from './show-result.ts';
import { rememberCard } from './speak.ts';

const isAboutApproval = (button: Pressed): button is ApprovalButton => 'approval' in button;

const SHARING: ReadonlySet<string> = new Set<ShareButton['verb']>([
  'share',
  'share-to',
  'refresh-share',
  'verify-share',
  'timeline',
]);

const isAboutSharing = (button: Pressed): button is ShareButton => SHARING.has(button.verb);

const change = async (
  middle: Middle,
  press: Press,
  button: ApprovalButton | RequestButton,
): Promise<View> => {
  try {
    return await (isAboutApproval(button)
      ? pressApproval(middle, press, button)
      : pressRequest(middle, press, button));
  } catch (error) {
    return viewOfFailedChange(middle.ports, error);
  }
};

const show = async (middle: Middle, press: Press, button: Pressed): Promise<View | undefined> => {
  if (button.verb === 'say') return answer(middle, press, button.say);
  if (button.verb === 'request' || isAboutApproval(button)) return change(middle, press, button);
  try {
    if (button.verb === 'export') return await offerFile(middle, press, { result: button.result }, 'csv');
    if (button.verb === 'export-timeline')
      return await offerFile(middle, press, { timeline: button.incident }, button.format);
    if (isAboutSharing(button)) return await pressShare(middle, press, button);
    return await showResult(middle.ports, middle.settings, press, button);
  } catch (error) {
    return viewOfFailure(middle.ports, error);
  }
};

/**
 * Whether the pressed card is that of the approval that is shown: it stands there for everyone, so the approval can be
 * decided on it. A card that only takes the place of another one for whoever pressed is none of these.
 */
const isItsCard = async ({ ports }: Middle, { cardId, place }: Press, view: View): Promise<boolean> =>
  view.card === 'approval' &&
  cardId !== undefined &&
  (await ports.posts.about(place.conversationId, cardId)) === view.approval.number;

const decides = (button: Pressed): boolean => isAboutApproval(button) && button.verb !== 'look';

const asksOnceMore = (view: View): boolean => view.card === 'approval' && view.confirmsOwn === true;

/** How the client sent a press, which decides what becomes of its answer. */
type Way = 'execute' | 'submit';

/** A press that was read, and for whom its answer is. */
interface Pressing {
  readonly way: Way;
  readonly press: Press;
  readonly button: Pressed;
  readonly asker: Asker;
  readonly chat: Chat;
}

// What is on a card for somebody whom nobody is, is there for everybody.
const NOBODY = '';

/**
 * Whether nobody else may see what a press leads to: what is shared may leave out here what whoever refreshes it may
 * see, and what somebody sees alone on a card they go on from alone.
 */
const isAloneWith = async (
  { ports }: Middle,
  { person, place: { kind, conversationId }, cardId }: Press,
  button: Pressed,
): Promise<boolean> => {
  if (kind === 'personal') return false;
  if (button.verb === 'refresh-share') return true;
  if (cardId === undefined) return false;
  const seenBy = (personId: string) => ports.store.results.onCard(conversationId, cardId, personId);
  const [own, everybodys] = await Promise.all([seenBy(person.id), seenBy(NOBODY)]);
  return own?.id !== everybodys?.id;
};

/** Shows it to whoever pressed, out of the sight of others, and says so. */
const aside = async (middle: Middle, { asker, chat }: Pressing, view: View): Promise<PressAnswer> => {
  const { word } = await showAside(middle, asker, chat, view);
  return { message: word.card === 'problem' ? inWords(word) : word.title };
};

/**
 * Where others read along, an edited card would be edited for all of them; a problem replaces no rows; and the card of
 * a request is edited by whoever delivers.
 */
const showLate = async (
  middle: Middle,
  { press, asker, chat }: Pressing,
  view: View | undefined,
): Promise<void> => {
  if (view === undefined) return;
  if ((await isItsCard(middle, press, view)) && !asksOnceMore(view)) return;
  const { cardId, place } = press;
  const isReplaced = place.kind === 'personal' && view.card !== 'problem';
  await showAnswer(middle, asker, chat, view, isReplaced ? { cardId } : undefined);
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
const answerWith = async (middle: Middle, pressing: Pressing, view: View): Promise<PressAnswer> => {
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

const answerPress = async (middle: Middle, way: Way, press: Press, chat: Chat): Promise<PressAnswer> => {
  const { ports, settings, background } = middle;
  const button = readPress(press);
  if (!button) return UNKNOWN;
  if (press.trigger === 'automatic') return NOT_BY_ITSELF;
  const admission = middle.admit(press.person.id, ports.clock());
  if (admission !== 'answer') return { message: inWords(tooMany(settings.questionsPerMinute)) };

  const asker = { ...press, isAlone: await isAloneWith(middle, press, button) };
  const pressing = { way, press, button, asker, chat };
  const work = show(middle, press, button);
  const view = await within(work, settings.turnMs);
  if (view === undefined) return BELOW;
  if (view !== LATE) return answerWith(middle, pressing, view);
  background.run(
    async () => showLate(middle, pressing, await work),
    () => showLate(middle, pressing, stopped()),
  );
  return IN_A_MOMENT;
};

const answerOnce = (middle: Middle, way: Way, press: Press, chat: Chat): Promise<PressAnswer> => {
  const { person, place, activityId, cardId, verb, data } = press;
  // Teams' ids are times, so they are the press's own only within its conversation.
  const whose = [person.id, place.conversationId];
  const own = [...whose, activityId].join('\n');
  const meaning = [...whose, cardId, verb, JSON.stringify(data)].join('\n');
  return middle.presses([own, meaning], () => answerPress(middle, way, press, chat));
};

/** Answers a pressed button, once however often it arrives, within the time that a press may take. */
export const onPress = (middle: Middle, press: Press, chat: Chat): Promise<PressAnswer> =>
  answerOnce(middle, 'execute', press, chat);

const changes = (button: Pressed | undefined): boolean =>
  button !== undefined && (button.verb === 'request' || button.verb === 'share-to' || decides(button));

/**
 * Answers a press that came as a message: once, as every message, also across a restart. What changes something is taken
 * up only when it is done: if the process dies before, Teams sends it again, and it counts then.
 */
export const onSubmit = async (
  middle: Middle,
  press: Press,
  chat: Chat,
): Promise<PressAnswer | undefined> => {
  const { handled } = middle.ports.store;
  const key = messageKey(press);
  const answered = () => answerOnce(middle, 'submit', press, chat);
  const claimed = () => handled.claim(key, middle.ports.clock());
  if (!changes(readPress(press))) return (await claimed()) ? answered() : undefined;
  if (await handled.has(key)) return undefined;
  const answer = await answered();
  return (await claimed()) ? answer : undefined;
};
