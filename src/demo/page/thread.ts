import { makeCompose } from './compose.ts';
import { h } from './dom.ts';
import type { Finding } from './finder.ts';
import { icon } from './icons.ts';

/** A thread of a channel: its messages, and a place to answer. */
export interface Thread {
  readonly element: HTMLElement;
  readonly messages: HTMLElement;
}

/** Draws an empty thread; the button under it turns into a message box. */
export const makeThread = (send: (text: string, mention: boolean) => void, finding: Finding): Thread => {
  const messages = h('div', { class: 'thread-messages' });
  const foot = h('footer', { class: 'thread-foot' });
  const rest = (): void => foot.replaceChildren(replyButton);
  const write = (): void => {
    const box = makeCompose({ label: 'Reply in this thread', mentions: true, send, finding, leave });
    foot.replaceChildren(box);
    box.querySelector('textarea')?.focus();
    box.scrollIntoView({ block: 'nearest' });
  };
  const leave = (): void => {
    rest();
    replyButton.focus();
  };
  const replyButton = h(
    'button',
    { type: 'button', class: 'reply', onclick: write },
    icon('reply'),
    h('span', {}, 'Reply'),
  );
  rest();
  return { element: h('section', { class: 'thread', 'aria-label': 'Thread' }, messages, foot), messages };
};
