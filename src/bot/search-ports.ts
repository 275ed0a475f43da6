import type { AdaptiveCard } from '../cards/card.ts';

/** One line of a search's results: plain text, cleaned. */
export interface FoundItem {
  readonly title: string;
  readonly text: string;
  /** What comes back when it is picked: ids. */
  readonly pick: Readonly<Record<string, string>>;
  /** What a client sends into the chat that does not ask when it is picked. */
  readonly unasked: string;
}

/** What a search leads to: results, never none of them, or a sentence. */
export type SearchAnswer = { readonly items: readonly FoundItem[] } | { readonly message: string };

/** What picking a result leads to: the card that is sent, with a line for the compose box, or a sentence. */
export type PickAnswer =
  | { readonly card: AdaptiveCard; readonly summary: string }
  | { readonly message: string };

/** How long is waited in the compose box, in milliseconds. */
export interface SearchSettings {
  /** Without a letter for so long, what is typed is a question. */
  readonly pauseMs: number;
  /** An answer that is not there by then is shown when the next letter is typed. */
  readonly answerMs: number;
}
