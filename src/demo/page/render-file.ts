import type { Seen } from '../chat/messages.ts';
import { h } from './dom.ts';

const KILO = 1024;

/** A size as people read it. */
const sizeOf = (bytes: number): string =>
  bytes < KILO ? `${bytes} bytes` : `${Math.ceil(bytes / KILO).toLocaleString('en')} KB`;

const button = (title: string, kind: string, press: () => void): HTMLElement =>
  h('button', { type: 'button', class: `file-button ${kind}`, onclick: press }, title);

/** Draws the offer of a file. */
export const renderOffer = (
  { name, description, size }: NonNullable<Seen['offered']>,
  answer: (answer: 'accept' | 'decline') => void,
): HTMLElement =>
  h(
    'div',
    { class: 'card file', role: 'group', 'aria-label': `File ${name}` },
    h('strong', {}, name),
    h('p', {}, description),
    h('p', { class: 'file-size' }, `${sizeOf(size)}, into your OneDrive`),
    h(
      'div',
      { class: 'file-buttons' },
      button('Accept', 'first', () => answer('accept')),
      button('Decline', 'second', () => answer('decline')),
    ),
  );

/** Draws a file that stands in the pretended OneDrive. */
export const renderFile = ({ name, id }: NonNullable<Seen['file']>): HTMLElement =>
  h(
    'div',
    { class: 'card file', role: 'group', 'aria-label': `File ${name}` },
    h('strong', {}, name),
    h('p', { class: 'file-size' }, 'In your OneDrive'),
    h('a', { class: 'file-link', href: `/files/${id}`, download: name }, 'Download'),
  );
