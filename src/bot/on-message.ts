import type { Message } from '../entra/inbound.ts';
import { LATE, within } from '../lib/within.ts';
import { answer } from './answer.ts';
import { messageKey } from './message-key.ts';
import type { Middle } from './middle.ts';
import type { Chat } from './ports.ts';
import { stopped, tooMany } from './problems.ts';
import { post, replace } from './speak.ts';

/**
 * Answers a message. Returns within the time that a turn may take; what takes longer is shown as work going on,
 * and the finished answer takes that card's place.
 */
export const onMessage = async (middle: Middle, message: Message, chat: Chat): Promise<void> => {
  const { ports, settings, background } = middle;
  const now = ports.clock();
  if (!(await ports.store.handled.claim(messageKey(message), now))) return;
  await ports.store.places.remember(message.place, now);

  const admission = middle.admit(message.person.id, now);
  if (admission === 'ignore') return;
  if (admission === 'say-too-many') {
    await post(chat, tooMany(settings.questionsPerMinute));
    return;
  }

  const work = answer(ports, settings, message, message.text);
  const typing = setTimeout(() => background.run(() => chat.typing()), settings.typingMs);
  const view = await within(work, settings.turnMs);
  clearTimeout(typing);
  if (view !== LATE) {
    await post(chat, view);
    return;
  }
  const cardId = await post(chat, { card: 'working', asked: message.text });
  background.run(
    async () => replace(chat, cardId, await work),
    () => replace(chat, cardId, stopped(message.text)),
  );
};
