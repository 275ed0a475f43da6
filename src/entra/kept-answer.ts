import type { SignInAnswer } from './query.ts';

/** An answer to certain words, kept for "next page", "#2" and the buttons of its cards. */
export interface KeptAnswer {
  readonly id: string;
  /** Object id of whoever asked first; it matters when the answer is about them. */
  readonly personId: string;
  /** What was asked, in the person's words. */
  readonly asked: string;
  /** The language's remarks. */
  readonly notes: readonly string[];
  /** True when only the asker may see it again without a role. */
  readonly aboutMe: boolean;
  readonly answer: SignInAnswer;
}

/** To whom, where and from which row on an answer is shown. */
export interface Showing {
  readonly personId: string;
  readonly conversationId: string;
  /** Index of the first row, from 0. */
  readonly first: number;
}

/** An answer, and from which row on it was shown. */
export interface ShownAnswer extends KeptAnswer {
  /** Index of the first row, from 0. */
  readonly first: number;
}

/** Which answer a card shows. */
export interface CardShowing {
  readonly conversationId: string;
  /** The activity id of the card. */
  readonly cardId: string;
  /** Who alone sees this on the card, having pressed a button of it; absent: everybody. */
  readonly personId?: string;
  readonly resultId: string;
  /** Index of the first row, from 0. */
  readonly first: number;
}
