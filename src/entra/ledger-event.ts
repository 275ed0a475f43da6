import type { Person } from './person.ts';

/** Whom and what a question named, as it was asked: lower-case user names or ids, addresses or ranges. */
export interface Named {
  readonly users: readonly string[];
  readonly addresses: readonly string[];
}

/** What is written down of one question or refusal before anything about it may be shown. */
export interface LedgerEvent {
  readonly kind: 'question' | 'refusal';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly person: Pick<Person, 'id' | 'name'>;
  readonly conversationId: string;
  /** The command or the button, by its name. */
  readonly command: string;
  /** What Graph was asked, as OData; empty where it was not asked. */
  readonly filter: string;
  readonly named: Named;
  /** How many rows the answer holds. */
  readonly rows: number;
  /** `finished`, why the reading stopped early, `failed`, or why it was refused. */
  readonly verdict: string;
}

/** One entry about a user, as far as its personal facts are still kept. */
export interface AskedAbout {
  readonly at: number;
  /** Object id of whoever asked. */
  readonly personId: string;
  /** Their display name at the time: untrusted text. */
  readonly name: string;
  readonly kind: LedgerEvent['kind'];
  readonly command: string;
  readonly rows: number;
  readonly verdict: string;
}

/** The ledger could not be written or read, so that nothing may be answered. */
export class LedgerFailure extends Error {
  override readonly name = 'LedgerFailure';
}
