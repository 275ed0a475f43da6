import type { Press } from '../entra/inbound.ts';
import { LATE, within } from '../lib/within.ts';
import { messageKey } from './message-key.ts';
import type { Middle } from './middle.ts';
import type { Chat, PressAnswer } from './ports.ts';
import { BELOW, IN_A_MOMENT, inWords, NOT_BY_ITSELF, UNKNOWN } from './press-answer.ts';
import { decides, type Pressed, readPress } from './pressed.ts';
import { stopped, tooMany } from './problems.ts';
import { answerWith, showLate, type Way } from './show-press.ts';
import { viewOfPress } from './view-of-press.ts';

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

const answerPress = async (middle: Middle, way: Way, press: Press, chat: Chat): Promise<PressAnswer> => {
  const { ports, settings, background } = middle;
  const button = readPress(press);
  if (!button) return UNKNOWN;
  if (press.trigger === 'automatic') return NOT_BY_ITSELF;
  const admission = middle.admit(press.person.id, ports.clock());
  if (admission !== 'answer') return { message: inWords(tooMany(settings.questionsPerMinute)) };

  const asker = { ...press, isAlone: await isAloneWith(middle, press, button) };
  const pressing = { way, press, button, asker, chat };
  const work = viewOfPress(middle, press, button);
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
