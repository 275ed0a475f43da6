import type { Conversation } from '../chat/conversations.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

const TONES = 8;

const toneOf = (name: string): number =>
  [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % TONES;

const initialsOf = (name: string): string => {
  const words = name.split(' ');
  return `${words.at(0)?.at(0) ?? ''}${words.length > 1 ? (words.at(-1)?.at(0) ?? '') : ''}`;
};

/** A person's round picture. Decoration: the name always stands beside it. */
export const personAvatar = (name: string): HTMLElement =>
  h('span', { class: `avatar tone-${toneOf(name)}`, 'aria-hidden': 'true' }, initialsOf(name));

/** The bot's picture, six-sided as bots have it in Teams. */
export const botAvatar = (): HTMLElement =>
  h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, icon('flag'));

/** The picture of a chat or channel. */
export const conversationAvatar = ({ kind }: Conversation): HTMLElement => {
  if (kind === 'personal') return botAvatar();
  const picture = icon(kind === 'group' ? 'teams' : 'hash');
  return h('span', { class: `avatar ${kind}`, 'aria-hidden': 'true' }, picture);
};
