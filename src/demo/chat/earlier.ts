import type { EarlierThread } from '../tenant/shift.ts';
import { threadId } from './conversations.ts';
import type { Rooms } from './rooms.ts';

const MINUTE_MS = 60_000;

/** Puts what people had said into the channel, before the bot was there to hear it. */
export const recall = (
  { conversations, messages, clock }: Rooms,
  threads: readonly EarlierThread[],
): void => {
  const channel = conversations.find(({ kind }) => kind === 'channel');
  if (channel === undefined) return;
  const now = clock();
  for (const thread of threads) {
    // A message's id is its time in milliseconds.
    const timeOf = ({ minutesAgo }: { readonly minutesAgo: number }): number => now - minutesAgo * MINUTE_MS;
    const conversationId = threadId(channel.id, String(timeOf(thread[0])));
    for (const said of thread)
      messages.add({
        id: String(timeOf(said)),
        conversationId,
        authorId: said.by.oid,
        mention: false,
        at: new Date(timeOf(said)).toISOString(),
        text: said.text,
        format: 'plain',
        card: null,
        summary: '',
        suggestions: [],
        edited: false,
      });
  }
};
