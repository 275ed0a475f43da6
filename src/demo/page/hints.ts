import { h } from './dom.ts';
import { icon } from './icons.ts';

/** Questions to click, by the stories that the pretended tenant tells. */
const GROUPS: readonly { readonly title: string; readonly phrases: readonly string[] }[] = [
  {
    title: 'Users who asked for help',
    phrases: ['flagged for user@contoso.com since 2021-10-01', 'flagged last 24 hours'],
  },
  {
    title: 'A password spray',
    phrases: ['who signed in from 203.0.113.7 last 48h', 'AADSTS50053 lockouts last 2 days'],
  },
  {
    title: 'An impossible traveller',
    phrases: ['atypical travel sign-ins last 7 days', 'henrik.dahl@contoso.com from Nigeria last 24h'],
  },
  {
    title: 'A change, decided by two',
    phrases: [
      'high risk sign-ins not yet handled last 7 days',
      'confirm compromised #1 reason: user denies travel, INC-204',
      'pending approvals',
      'history CR-1001',
    ],
  },
  {
    title: 'An incident, shared',
    phrases: ['incidents', 'share #1 to incident INC-204', 'timeline INC-204', 'timeline INC-204 as csv'],
  },
  {
    title: 'A stolen token',
    phrases: ['all sign-ins for maria.lopez@contoso.com last 24h incl. non-interactive'],
  },
  { title: 'A rule that breaks people', phrases: ['blocked by conditional access last 3 days'] },
  {
    title: 'What does it mean?',
    phrases: ['what is 53003', 'what does unlikelyTravel mean', 'what filter did you use'],
  },
  {
    title: 'What can I say?',
    phrases: ['help', 'help flagging', 'what can I do', 'my sign-ins last 7 days'],
  },
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
