import { h } from './dom.ts';
import { icon } from './icons.ts';

/** Questions to click, by what they are good for. */
const GROUPS: readonly { readonly title: string; readonly phrases: readonly string[] }[] = [
  {
    title: 'Who asked for help?',
    phrases: ['flagged for user@contoso.com since 2021-10-01', 'flagged last 7 days', 'help flagging'],
  },
  {
    title: 'What is going on?',
    phrases: [
      'risky sign-ins last 7 days',
      'failed sign-ins with error 50126 today',
      'non-interactive sign-ins with risk high last 7 days',
      'sign-ins with event type impossibleTravel last 30 days',
      'failed sign-ins with ca failure last 7 days',
    ],
  },
  {
    title: 'What does it mean?',
    phrases: ['what is 50126', 'what does unlikelyTravel mean', 'what filter did you use'],
  },
  { title: 'What can I say?', phrases: ['help', 'help flagged', 'what can I do', 'my sign-ins'] },
];

/** Draws the examples once. */
export const drawHints = (root: HTMLElement, say: (phrase: string) => void, close: () => void): void => {
  const phrase = (text: string): HTMLElement =>
    h('li', {}, h('button', { type: 'button', class: 'hint', onclick: () => say(text) }, text));
  root.replaceChildren(
    h(
      'header',
      { class: 'panel-head' },
      h('h2', {}, 'What to ask'),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': 'Close the examples', onclick: close },
        icon('close'),
      ),
    ),
    h('p', { class: 'panel-note' }, 'Choose a question to say it in the open conversation.'),
    ...GROUPS.flatMap(({ title, phrases }) => [h('h3', {}, title), h('ul', {}, ...phrases.map(phrase))]),
  );
};
