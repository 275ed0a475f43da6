import { createHash } from 'node:crypto';
import type { DemoPerson } from '../tenant/people.ts';

/** A chat, or a channel with its threads. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'group' | 'channel';
  readonly name: string;
  /** Object ids. */
  readonly memberIds: readonly string[];
  /** Only of a channel. */
  readonly team?: { readonly id: string; readonly name: string };
}

const THREAD = ';messageid=';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A person's Teams id, which differs from bot to bot. */
export const personMri = (appId: string, personId: string): string => `29:1${digest(`${appId}/${personId}`)}`;

/** The bot's Teams id. */
export const botMri = (appId: string): string => `28:${appId}`;

/** The id that a reply in a channel carries: the channel and the thread's first message. */
export const threadId = (channelId: string, rootId: string): string => `${channelId}${THREAD}${rootId}`;

/** The chat or channel that an id stands for; a thread's id leads to its channel. */
export const channelOf = (conversationId: string): string =>
  conversationId.split(THREAD)[0] ?? conversationId;

/** Whether the id names a thread of a channel. */
export const isThread = (conversationId: string): boolean => conversationId.includes(THREAD);

/** A personal chat for everyone, a group chat and a team's channel with everyone in it. */
export const layOut = (people: readonly DemoPerson[], appId: string): readonly Conversation[] => {
  const memberIds = people.map(({ oid }) => oid);
  return [
    ...people.map(({ oid }) => ({
      id: `a:1${digest(`${appId}+${oid}`)}`,
      kind: 'personal' as const,
      name: 'Flagman',
      memberIds: [oid],
    })),
    {
      id: `19:${digest(`${appId}-group`).slice(0, 32)}@thread.v2`,
      kind: 'group',
      name: 'SOC night shift',
      memberIds,
    },
    {
      id: `19:${digest(`${appId}-channel`).slice(0, 32)}@thread.tacv2`,
      kind: 'channel',
      name: 'Incidents',
      memberIds,
      team: { id: `19:${digest(`${appId}-team`).slice(0, 32)}@thread.tacv2`, name: 'Contoso Security' },
    },
  ];
};
