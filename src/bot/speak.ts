import { render, summaryOf } from '../cards/render.ts';
import type { View } from '../cards/view.ts';
import type { Chat } from './ports.ts';

/** Posts a view as a card of its own; gives its id, where Teams gives one. */
export const post = (chat: Chat, view: View): Promise<string | undefined> =>
  chat.send(render(view), summaryOf(view));

/** Puts a view in the place of a card, or posts it where the card is gone: somebody waits for the answer. */
export const replace = async (chat: Chat, cardId: string | undefined, view: View): Promise<void> => {
  if (cardId !== undefined) {
    try {
      return await chat.update(cardId, render(view), summaryOf(view));
    } catch {
      // Said anew below; if that fails too, it is reported.
    }
  }
  await post(chat, view);
};
