import type { Actor } from './ledger-event.ts';
import type { SignInAnswer } from './query.ts';

/** What the policy of a place can leave out of what is shared there. */
export const REDACTIONS = ['address', 'device', 'user'] as const;

export type Redaction = (typeof REDACTIONS)[number];

/** Rows of an answer, as they were when somebody shared them. */
export interface Snapshot {
  /** What was asked, in the words of whoever asked. */
  readonly asked: string;
  readonly notes: readonly string[];
  /** The answer with the shared rows alone; scope, filter, verdict and time of reading are those of the whole. */
  readonly answer: SignInAnswer;
  /** How many rows the whole answer has. */
  readonly of: number;
}

/** What somebody shares, before it has a number. */
export interface Sharing {
  readonly at: number;
  readonly by: Actor;
  /** INC-204. */
  readonly incident?: string;
  /** Where it is posted; absent when a message extension handed it out, for whatever chat it was asked in. */
  readonly conversationId?: string;
  /** What its card leaves out. */
  readonly redacted: readonly Redaction[];
  readonly snapshot: Snapshot;
}

/** By which Teams knows whoever shares, and the conversation in which they did: where to write to them later. */
export interface SharedFrom {
  readonly teamsId: string;
  readonly conversationId: string;
}

/**
 * Why the card of a share was given up.
 *
 * - `gone`: the thread is no more, or Flagman is not in it.
 * - `address`: the address that is known of it is not one of Teams.
 * - `refused`: Teams does not take it, or not such a large one.
 * - `edited`: what is stored is not what the ledger recorded.
 */
export const GIVEN_UP = ['gone', 'address', 'refused', 'edited'] as const;

export type GivenUp = (typeof GIVEN_UP)[number];

/** Share n: what was shared, frozen. */
export interface Share extends Omit<Sharing, 'snapshot'> {
  readonly number: number;
  /** SHA-256 of the stored snapshot, as 64 hexadecimal digits; it stands on the card and in the ledger. */
  readonly hash: string;
  /** Absent once its facts were erased, as those of the ledger are, and where it is edited. */
  readonly snapshot?: Snapshot;
  /** What is stored is not what the ledger recorded, so nothing of it may be shown. */
  readonly isEdited?: true;
  /** Its card was given up, and nobody has shared the same again since. */
  readonly isGivenUp?: true;
}

/** What checking share n came to. */
export interface Verified {
  readonly share: Share;
  /** What of the stored share is not as the ledger recorded it: "its rows", "who shared it". */
  readonly edited: readonly string[];
  /** What the ledger recorded when it was shared, if that entry is genuine. */
  readonly recorded?: { readonly seq: number; readonly at: number; readonly hash: string };
}
