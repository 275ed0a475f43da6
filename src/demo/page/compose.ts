import { h } from './dom.ts';
import { type Finding, makeFinder } from './finder.ts';
import { icon } from './icons.ts';

/** What a message box needs to know. */
export interface ComposeOptions {
  readonly id?: string;
  /** Says what is written here: the label and the empty box's text. */
  readonly label: string;
  /** Whether the bot hears only what mentions it. */
  readonly mentions: boolean;
  readonly send: (text: string, mention: boolean) => void;
  /** The bot's search, for the conversation that is written to. */
  readonly finding: Finding;
  /** Escape in an empty box. */
  readonly leave?: () => void;
}

const MENTION = /^@flagman[\s,:]*/i;

const mentionButton = (): HTMLButtonElement => {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'mention-toggle',
      'aria-pressed': 'true',
      title: 'In groups and channels Flagman hears only what mentions it',
    },
    '@Flagman',
  );
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
  });
  return button;
};

/** A message box: Enter sends, Shift+Enter starts a line, Escape empties it. */
export const makeCompose = ({
  id,
  label,
  mentions,
  send,
  finding,
  leave,
}: ComposeOptions): HTMLFormElement => {
  const mention = mentionButton();
  const box = h('textarea', {
    ...(id === undefined ? {} : { id }),
    rows: '1',
    placeholder: label,
    'aria-label': label,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const typed = box.value.trim();
    // A typed mention counts as one, whatever the switch says.
    const text = mentions ? typed.replace(MENTION, '') : typed;
    if (text === '') return;
    box.value = '';
    send(text, mentions && (text !== typed || mention.getAttribute('aria-pressed') === 'true'));
  };
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
    if (event.key !== 'Escape') return;
    if (box.value === '') leave?.();
    box.value = '';
  });
  return h(
    'form',
    { class: 'compose', onsubmit: submit },
    h(
      'div',
      { class: 'compose-box' },
      ...(mentions ? [mention] : []),
      box,
      findButton(finding),
      sendButton(),
    ),
  );
};

/** Opens the bot's search over the message box, and closes it. */
const findButton = (finding: Finding): HTMLElement => {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': 'Search with Flagman',
      'aria-expanded': 'false',
      title: 'Search sign-ins with Flagman, and send one',
    },
    icon('more'),
  );
  const close = (): void => {
    button.closest('form')?.querySelector('.finder')?.remove();
    button.setAttribute('aria-expanded', 'false');
    button.focus();
  };
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-expanded') === 'true') return close();
    const finder = makeFinder(finding, close);
    button.closest('form')?.prepend(finder);
    button.setAttribute('aria-expanded', 'true');
    finder.querySelector('input')?.focus();
  });
  return button;
};

const sendButton = (): HTMLElement =>
  h(
    'button',
    { type: 'submit', class: 'icon-button send', 'aria-label': 'Send', title: 'Send (Enter)' },
    icon('send'),
  );
