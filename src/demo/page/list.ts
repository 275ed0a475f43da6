import type { Conversation } from '../chat/conversations.ts';
import type { Seen } from '../chat/messages.ts';
import { conversationAvatar } from './avatar.ts';
import { timeOfDay } from './clock.ts';
import { h } from './dom.ts';
import { authorOf } from './render-message.ts';
import { messagesIn, type Screen } from './state.ts';

const previewOf = (screen: Screen, last: Seen | undefined): string => {
  if (last === undefined) return 'Nothing said yet';
  const text = last.text || last.summary || 'sent a card';
  return last.authorId === screen.me.oid ? `You: ${text}` : `${authorOf(screen, last)}: ${text}`;
};

const entry = (
  screen: Screen,
  conversation: Conversation,
  open: (one: Conversation) => void,
): HTMLElement => {
  const last = messagesIn(screen, conversation).at(-1);
  const isNew = screen.unread.has(conversation.id);
  const { zone } = screen.me;
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: `entry${isNew ? ' unread' : ''}`,
        'aria-current': conversation.id === screen.at.id ? 'page' : false,
        onclick: () => open(conversation),
      },
      conversationAvatar(conversation),
      h(
        'span',
        { class: 'entry-text' },
        h('span', { class: 'entry-name' }, conversation.name),
        h('span', { class: 'entry-preview' }, previewOf(screen, last)),
      ),
      h(
        'span',
        { class: 'entry-side' },
        ...(last === undefined ? [] : [h('time', { datetime: last.at }, timeOfDay(last.at, zone))]),
        ...(isNew ? [h('span', { class: 'dot' }), h('span', { class: 'sr-only' }, 'new messages')] : []),
      ),
    ),
  );
};

/** Draws the list of chats, and of teams with their channels. */
export const drawList = (root: HTMLElement, screen: Screen, open: (one: Conversation) => void): void => {
  const chats = screen.conversations.filter(({ team }) => team === undefined);
  const channels = screen.conversations.filter(({ team }) => team !== undefined);
  root.replaceChildren(
    h('h2', { class: 'list-title' }, 'Chat'),
    h('h3', { class: 'list-section' }, 'Chats'),
    h('ul', {}, ...chats.map((one) => entry(screen, one, open))),
    ...channels.flatMap((one) => [
      h('h3', { class: 'list-section' }, `Team · ${one.team?.name ?? ''}`),
      h('ul', {}, entry(screen, one, open)),
    ]),
  );
};
