import type { DemoPerson } from '../tenant/people.ts';
import { personAvatar } from './avatar.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import type { Screen } from './state.ts';

/** Draws the button that says who one is. */
export const drawMe = (button: HTMLButtonElement, { me }: Screen): void => {
  button.replaceChildren(
    personAvatar(me.name),
    h('span', { class: 'me-text' }, h('strong', {}, me.name), h('span', {}, me.role)),
  );
  button.setAttribute('aria-label', `You are ${me.name}, ${me.role}. Be somebody else`);
};

const choice = (person: DemoPerson, isMe: boolean, choose: () => void): HTMLElement =>
  h(
    'li',
    {},
    h(
      'button',
      { type: 'button', class: 'person', 'aria-current': isMe ? 'true' : false, onclick: choose },
      personAvatar(person.name),
      h(
        'span',
        { class: 'person-text' },
        h(
          'span',
          { class: 'person-head' },
          h('strong', {}, person.name),
          h('span', { class: 'badge' }, person.role),
        ),
        h('span', { class: 'person-about' }, person.about),
      ),
    ),
  );

/** Opens the choice of people. */
export const choosePerson = (
  dialog: HTMLDialogElement,
  { people, me }: Screen,
  become: (person: DemoPerson) => void,
): void => {
  const close = (): void => dialog.close();
  dialog.replaceChildren(
    h(
      'header',
      { class: 'panel-head' },
      h('h2', { id: 'people-title' }, 'Who do you want to be?'),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: close },
        icon('close'),
      ),
    ),
    h(
      'p',
      { class: 'panel-note' },
      'What Flagman shows depends on the role that the directory gives a person.',
    ),
    h(
      'ul',
      {},
      ...people.map((person) =>
        choice(person, person.oid === me.oid, () => {
          close();
          become(person);
        }),
      ),
    ),
  );
  dialog.showModal();
  dialog.querySelector<HTMLElement>('[aria-current]')?.focus();
};

/** A press beside the dialog closes it. */
export const closeOutside = (dialog: HTMLDialogElement): void =>
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
