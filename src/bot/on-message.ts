import type { View } from '../cards/view.ts';
import { isChange } from '../commands/command.ts';
import { isProblem } from '../commands/problem.ts';
import { readPhrase } from '../commands/read.ts';
import type { Message } from '../entra/inbound.ts';
import { LATE, within } from '../lib/within.ts';
import { answer } from './answer.ts';
import { messageKey } from './message-key.ts';
import type { Middle } from './middle.ts';
import type { Once } from './once.ts';
import type { Chat } from './ports.ts';
import { stopped, tooMany } from './problems.ts';
import { DONE, showAnswer, showOrSay, showWorking, type Working } from './show-answer.ts';
import { post } from './speak.ts';

/** Whether it asks for a change or decides about one; its zone would change nothing about that. */
const isAboutChange = ({ text, person }: Message, now: number): boolean => {
  const reading = readPhrase(text, { now, zone: 'UTC', me: person.id });
  return !isProblem(reading) && isChange(reading);
};

/**
 * Answers a message. Returns within the time that a turn may take; what takes longer is shown as work going on,
 * and the finished answer takes that card's place.
 */
const respond = async (middle: Middle, message: Message, chat: Chat, now: number): Promise<void> => {
  const { ports, settings, background } = middle;
  await ports.store.places.remember(message.place, now);

  const admission = middle.admit(message.person.id, now);
  if (admission === 'ignore') return;
  if (admission === 'say-too-many') {
    await post(chat, tooMany(settings.questionsPerMinute));
    return;
  }

  const { activityId, person, place, replyToId, text } = message;
  const asker = { person, place, activityId, ...(replyToId !== undefined && { cardId: replyToId }) };
  const work = answer(middle, asker, text);
  const typing = setTimeout(() => background.run(() => chat.typing()), settings.typingMs);
  const view = await within(work, settings.turnMs);
  clearTimeout(typing);
  if (view === undefined) return;
  const show = (shown: View, working?: Working): Promise<void> =>
    showOrSay(middle, { chat: working?.aside?.chat ?? chat, cardId: working?.cardId }, () =>
      showAnswer(middle, asker, chat, shown, working),
    );
  if (view !== LATE) return show(view);
  const working = await showWorking(middle, asker, chat, text);
  background.run(
    async () => show((await work) ?? DONE, working),
    () => show(stopped(text), working),
  );
};

/**
 * Answers a message once, however often it arrives. What changes something is taken up only when it is done: if the
 * process dies before, Teams sends it again, and it counts then. To do it twice is harmless, as to ask twice is.
 */
export const onMessage = async (
  middle: Middle,
  once: Once<void>,
  message: Message,
  chat: Chat,
): Promise<void> => {
  const { handled } = middle.ports.store;
  const key = messageKey(message);
  const now = middle.ports.clock();
  if (!isAboutChange(message, now)) {
    if (await handled.claim(key, now)) await respond(middle, message, chat, now);
    return;
  }
  await once([key, key], async () => {
    if (await handled.has(key)) return;
    await respond(middle, message, chat, now);
    await handled.claim(key, now);
  });
};
