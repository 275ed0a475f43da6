import { render, summaryOf } from '../cards/render.ts';
import type { View } from '../cards/view.ts';
import type { Middle } from './middle.ts';
import type { Chat } from './ports.ts';

/** Where cards are posted and edited: a conversation, or what one person sees of it. */
export type CardChat = Pick<Chat, 'send' | 'update'>;

/** Posts a view as a card of its own; gives its id, where Teams gives one. */
export const post = (chat: CardChat, view: View): Promise<string | undefined> =>
  chat.send(render(view), summaryOf(view));

/**
 * Puts a view in the place of a card, or posts it where the card is gone: somebody waits for the answer. Gives the id of
 * the card that shows it, where Teams gives one.
 */
export const replace = async (
  chat: CardChat,
  cardId: string | undefined,
  view: View,
): Promise<string | undefined> => {
  if (cardId !== undefined) {
    try {
      await chat.update(cardId, render(view), summaryOf(view));
      return cardId;
    } catch {
      // Said anew below; if that fails too, it is reported.
    }
  }
  return post(chat, view);
};

/**
 * Remembers what a card shows: an answer, so that a reply to it can mean its rows (in the background, as nobody waits
 * for it); or an approval, so that it can be decided there and follows its state.
 */
export const rememberCard = async (
  { ports, background }: Middle,
  card: { readonly conversationId: string; readonly cardId: string | undefined; readonly personId?: string },
  view: View,
): Promise<void> => {
  const { cardId, conversationId } = card;
  if (cardId === undefined) return;
  if (view.card === 'approval' && view.confirmsOwn !== true) {
    const { number, edition } = view.approval;
    await ports.posts.add(number, conversationId, cardId, edition);
    return;
  }
  if (!('resultId' in view)) return;
  const { resultId, first = 0 } = view;
  const showing = { ...card, cardId, resultId, first };
  background.run(() => ports.store.results.showOn(showing, ports.clock()));
};
