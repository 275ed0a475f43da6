import type { Conversation } from '../chat/conversations.ts';
import type { Seen } from '../chat/messages.ts';
import type { PageEvent } from '../chat/wire.ts';
import type { DemoPerson } from '../tenant/people.ts';

/** Everything that the page shows. */
export interface Screen {
  readonly me: DemoPerson;
  readonly people: readonly DemoPerson[];
  readonly conversations: readonly Conversation[];
  /** In the order in which they came. */
  readonly messages: readonly Seen[];
  /** The conversation in front. */
  readonly at: Conversation;
  /** Ids of conversations with something new. */
  readonly unread: ReadonlySet<string>;
  /** Ids of chats and threads in which the bot is typing. */
  readonly typing: ReadonlySet<string>;
}

/** Whether a message's conversation id names this chat or channel, or a thread of it. */
const isIn = ({ id }: Conversation, conversationId: string): boolean =>
  conversationId === id || conversationId.startsWith(`${id};`);

/** What is said in a chat or channel, threads included. */
export const messagesIn = ({ messages }: Screen, conversation: Conversation): readonly Seen[] =>
  messages.filter(({ conversationId }) => isIn(conversation, conversationId));

const IDS = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/g;

/** Ids that stand on the cards of the conversation in front, those of the newest card first. */
export const idsOnCards = (screen: Screen): readonly string[] => {
  const cards = messagesIn(screen, screen.at).map(({ card }) => JSON.stringify(card));
  return [...new Set(cards.reverse().flatMap((card) => card.match(IDS) ?? []))];
};

/** Goes to a conversation, which is read by that. */
export const goTo = (screen: Screen, at: Conversation): Screen => ({
  ...screen,
  at,
  unread: new Set([...screen.unread].filter((id) => id !== at.id)),
});

const without = (set: ReadonlySet<string>, value: string): ReadonlySet<string> =>
  new Set([...set].filter((one) => one !== value));

const put = (messages: readonly Seen[], message: Seen): readonly Seen[] => {
  const same = (one: Seen): boolean => one.id === message.id && one.conversationId === message.conversationId;
  return messages.some(same) ? messages.map((one) => (same(one) ? message : one)) : [...messages, message];
};

const begin = (old: Screen | null, event: Extract<PageEvent, { kind: 'everything' }>): Screen | null => {
  const { me, people, conversations, messages } = event;
  // Another person stays where the last one was; a personal chat becomes the own one.
  const at = conversations.find(({ id }) => id === old?.at.id) ?? conversations[0];
  return at === undefined
    ? null
    : { me, people, conversations, messages, at, unread: new Set(), typing: new Set() };
};

/** What the page shows after an event; null while nothing is known. */
export const receive = (screen: Screen | null, event: PageEvent): Screen | null => {
  if (event.kind === 'everything') return begin(screen, event);
  if (screen === null) return null;
  switch (event.kind) {
    case 'message': {
      const { conversationId, authorId } = event.message;
      const home = screen.conversations.find((one) => isIn(one, conversationId))?.id ?? conversationId;
      const isNews = home !== screen.at.id && authorId !== screen.me.oid;
      return {
        ...screen,
        messages: put(screen.messages, event.message),
        unread: isNews ? new Set([...screen.unread, home]) : screen.unread,
        typing: authorId === null ? without(screen.typing, conversationId) : screen.typing,
      };
    }
    case 'removed':
      return { ...screen, messages: screen.messages.filter(({ id }) => id !== event.id) };
    case 'typing':
      return { ...screen, typing: new Set([...screen.typing, event.conversationId]) };
  }
};

/** The bot stopped typing, or so it seems. */
export const stopTyping = (screen: Screen, conversationId: string): Screen => ({
  ...screen,
  typing: without(screen.typing, conversationId),
});
