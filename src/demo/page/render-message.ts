import type { Seen } from '../chat/messages.ts';
import { botAvatar, personAvatar } from './avatar.ts';
import { fullTime, timeOfDay } from './clock.ts';
import { h } from './dom.ts';
import { draftOf } from './drafts.ts';
import { type Pressed, renderCard, renderMarkdown } from './render-card.ts';
import { renderFile, renderOffer } from './render-file.ts';
import type { Screen } from './state.ts';

/** What can be done with a message. */
export interface MessageHooks {
  press(message: Seen, pressed: Pressed): Promise<void>;
  /** The file that a message offers was accepted or declined. */
  consent(message: Seen, answer: 'accept' | 'decline'): void;
  /** A suggested phrase was chosen. */
  say(conversationId: string, text: string): void;
}

/** Who wrote a message, for people. */
export const authorOf = ({ people }: Screen, { authorId }: Seen): string =>
  authorId === null ? 'Flagman' : (people.find(({ oid }) => oid === authorId)?.name ?? 'Somebody');

const words = ({ authorId, format, mention, text }: Seen): HTMLElement => {
  if (authorId === null && format === 'markdown') return renderMarkdown(text);
  const at = mention ? [h('span', { class: 'mention' }, '@Flagman'), ' '] : [];
  return h('p', { class: 'plain' }, ...at, text);
};

const chips = (message: Seen, hooks: MessageHooks): HTMLElement =>
  h(
    'div',
    { class: 'chips' },
    ...message.suggestions.map((phrase) =>
      h(
        'button',
        { type: 'button', class: 'chip', onclick: () => hooks.say(message.conversationId, phrase) },
        phrase,
      ),
    ),
  );

const filesIn = (message: Seen, hooks: MessageHooks): readonly HTMLElement[] => [
  ...(message.offered ? [renderOffer(message.offered, (answer) => hooks.consent(message, answer))] : []),
  ...(message.file ? [renderFile(message.file)] : []),
];

/** Draws one message: own ones to the right, everybody else's with picture and name. */
export const renderMessage = (screen: Screen, message: Seen, hooks: MessageHooks): HTMLElement => {
  const author = authorOf(screen, message);
  const isOwn = message.authorId === screen.me.oid;
  const { zone } = screen.me;
  const head = h(
    'header',
    { class: 'message-head' },
    h('span', { class: 'author' }, author),
    ...(message.viaBot ? [h('span', {}, 'via Flagman')] : []),
    h('time', { datetime: message.at, title: fullTime(message.at, zone) }, timeOfDay(message.at, zone)),
    ...(message.edited ? [h('span', {}, 'Edited')] : []),
    ...(message.onlyFor === undefined ? [] : [h('span', { class: 'only-you' }, 'Only you can see this')]),
  );
  return h(
    'article',
    {
      class: `message ${isOwn ? 'own' : 'other'} ${message.authorId === null ? 'from-bot' : 'from-person'}${message.onlyFor === undefined ? '' : ' for-one'}`,
      tabindex: '-1',
      'aria-label': `${author}, ${timeOfDay(message.at, zone)}`,
      'data-id': message.id,
    },
    message.authorId === null ? botAvatar() : personAvatar(author),
    h(
      'div',
      { class: 'message-body' },
      head,
      ...(message.text === '' ? [] : [h('div', { class: 'bubble' }, words(message))]),
      ...(message.card === null
        ? []
        : [
            renderCard(message.card, draftOf(screen.me.oid, message), (pressed) =>
              hooks.press(message, pressed),
            ),
          ]),
      ...filesIn(message, hooks),
      ...(message.suggestions.length === 0 ? [] : [chips(message, hooks)]),
    ),
  );
};
