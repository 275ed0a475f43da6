import { h } from './dom.ts';
import { icon } from './icons.ts';

/** What a message box needs to know. */
export interface ComposeOptions {
  readonly id?: string;
  /** Says what is written here: the label and the empty box's text. */
  readonly label: string;
  /** Whether the bot hears only what mentions it. */
  readonly mentions: boolean;
  readonly send: (text: string, mention: boolean) => void;
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
export const makeCompose = ({ id, label, mentions, send, leave }: ComposeOptions): HTMLFormElement => {
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
    h('div', { class: 'compose-box' }, ...(mentions ? [mention] : []), box, sendButton()),
  );
};

const sendButton = (): HTMLElement =>
  h(
    'button',
    { type: 'submit', class: 'icon-button send', 'aria-label': 'Send', title: 'Send (Enter)' },
    icon('send'),
  );
