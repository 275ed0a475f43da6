/** What an error code tells: a normal prompt interrupts, everything else but success is a failure. */
export type ErrorKind = 'success' | 'failure' | 'interrupt';

/** One of several causes behind a code, told apart by the words of the log entry. */
export interface Cause {
  readonly says: RegExp;
  readonly meaning: string;
  readonly next: string;
}

/** An AADSTS code of the sign-in log, explained. */
export interface ErrorCode {
  readonly code: number;
  /** Microsoft's name; some codes have none. */
  readonly name?: string;
  /** One sentence of at most 110 characters: it stands on a card's row. */
  readonly meaning: string;
  /** The analyst's next step, one or two sentences. */
  readonly next: string;
  /** A failure, if absent. */
  readonly kind?: ErrorKind;
  readonly causes?: readonly Cause[];
}
