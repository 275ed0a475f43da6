import type { Seen } from '../chat/messages.ts';
import { makeCompose } from './compose.ts';
import { h } from './dom.ts';
import { exchange } from './exchange.ts';
import type { Finding } from './finder.ts';
import { type MessageHooks, renderMessage } from './render-message.ts';
import { messagesIn, type Screen } from './state.ts';
import { talkHead, typingDots } from './talk-head.ts';
import { makeThread, type Thread } from './thread.ts';

/** What can be done in a conversation. */
export interface TalkHooks extends MessageHooks {
  /** Says something, with the bot mentioned or not. */
  send(conversationId: string, text: string, mention: boolean): void;
  /** The bot's search in a chat or thread. */
  findingIn(conversationId: string): Finding;
  /** Goes to the list, on a narrow screen. */
  back(): void;
  /** A card came into sight. */
  seen(message: Seen): void;
}

interface Drawn {
  readonly message: Seen;
  readonly element: HTMLElement;
}

/** The conversation in front. It is drawn anew only when another one comes to the front. */
interface Front {
  readonly key: string;
  readonly log: HTMLElement;
  readonly drawn: Map<string, Drawn>;
  readonly threads: Map<string, Thread>;
}

const LABELS = {
  personal: 'Message Flagman',
  group: 'Message the group',
  channel: 'Start a post in the channel',
};

const open = (root: HTMLElement, { at, me }: Screen, hooks: TalkHooks): Front => {
  const log = h('div', {
    class: `log ${at.kind}`,
    role: 'log',
    'aria-label': `Messages in ${at.name}`,
    tabindex: '0',
  });
  const compose = makeCompose({
    id: 'compose',
    label: LABELS[at.kind],
    mentions: at.kind !== 'personal',
    send: (text, mention) => hooks.send(at.id, text, mention),
    finding: hooks.findingIn(at.id),
  });
  root.replaceChildren(talkHead(at, hooks.back), log, compose);
  return { key: `${me.oid} ${at.id}`, log, drawn: new Map(), threads: new Map() };
};

/** Where a message belongs: straight into the log, or into its thread. */
const placeFor = (
  { log, threads }: Front,
  { at }: Screen,
  conversationId: string,
  hooks: TalkHooks,
): HTMLElement => {
  if (at.kind !== 'channel') return log;
  const known = threads.get(conversationId);
  if (known !== undefined) return known.messages;
  const thread = makeThread(
    (text, mention) => hooks.send(conversationId, text, mention),
    hooks.findingIn(conversationId),
  );
  threads.set(conversationId, thread);
  log.append(thread.element);
  return thread.messages;
};

/** Draws what is new or changed, and answers what of it one should see. */
const drawMessages = (front: Front, screen: Screen, hooks: TalkHooks): HTMLElement | undefined => {
  const messages = messagesIn(screen, screen.at);
  const keyOf = ({ conversationId, id }: Seen): string => `${conversationId} ${id}`;
  const keys = new Set(messages.map(keyOf));
  for (const [key, { element }] of front.drawn) {
    if (keys.has(key)) continue;
    element.remove();
    front.drawn.delete(key);
  }
  let newest: HTMLElement | undefined;
  for (const message of messages) {
    const old = front.drawn.get(keyOf(message));
    if (old?.message === message) continue;
    const element = renderMessage(screen, message, hooks);
    if (old === undefined) placeFor(front, screen, message.conversationId, hooks).append(element);
    // Somebody else's change further up must not move what one is reading.
    const matters = old === undefined || exchange(old.element, element) || message === messages.at(-1);
    front.drawn.set(keyOf(message), { message, element });
    hooks.seen(message);
    if (matters) newest = element;
  }
  return newest;
};

const drawTyping = ({ log, threads }: Front, { at, typing }: Screen): void => {
  for (const dots of log.querySelectorAll('.typing')) dots.remove();
  if (typing.has(at.id)) log.append(typingDots());
  for (const [id, { messages }] of threads) if (typing.has(id)) messages.append(typingDots());
};

/** Brings what is new into sight: its end, or its beginning when it is taller than the log. */
const reveal = (log: HTMLElement, newest: HTMLElement): void =>
  newest.scrollIntoView({ block: newest.offsetHeight > log.clientHeight * 0.8 ? 'start' : 'end' });

/** Makes the middle of the page; the answer draws it. */
export const makeTalk = (root: HTMLElement, hooks: TalkHooks): ((screen: Screen) => void) => {
  let front: Front | undefined;
  return (screen) => {
    const isSame = front?.key === `${screen.me.oid} ${screen.at.id}`;
    const now = isSame && front !== undefined ? front : open(root, screen, hooks);
    front = now;
    const newest = drawMessages(now, screen, hooks);
    drawTyping(now, screen);
    if (newest !== undefined) reveal(now.log, newest);
  };
};
