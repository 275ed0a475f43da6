import type { Conversation } from '../chat/conversations.ts';
import { botAvatar, conversationAvatar } from './avatar.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

const noteOf = ({ kind, memberIds, team }: Conversation): string => {
  switch (kind) {
    case 'personal':
      return 'Your own chat with the bot';
    case 'group':
      return `Group chat · ${memberIds.length} people and Flagman`;
    case 'channel':
      return `Channel of ${team?.name ?? ''} · Flagman answers in the thread`;
  }
};

/** The top of a conversation: what it is and who hears. */
export const talkHead = (conversation: Conversation, back: () => void): HTMLElement =>
  h(
    'header',
    { class: 'talk-head' },
    h(
      'button',
      { type: 'button', class: 'icon-button back', 'aria-label': 'Back to chats', onclick: back },
      icon('back'),
    ),
    conversationAvatar(conversation),
    h(
      'div',
      { class: 'talk-name' },
      h('h1', {}, conversation.name),
      h('p', { class: 'talk-note' }, noteOf(conversation)),
    ),
  );

/** The three dots of a bot that is typing. */
export const typingDots = (): HTMLElement =>
  h(
    'div',
    { class: 'typing' },
    botAvatar(),
    h('span', { class: 'sr-only' }, 'Flagman is typing'),
    h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
  );
