import type { Person } from './person.ts';

/** Whom and what a question named, as it was asked: lower-case user names or ids, addresses or ranges. */
export interface Named {
  readonly users: readonly string[];
  readonly addresses: readonly string[];
}

/** Who did something: a person, or Flagman itself (`FLAGMAN`). */
export type Actor = Pick<Person, 'id' | 'name'>;

/** The actor of what happens by itself: an expiry, a change that is carried out. */
export const FLAGMAN: Actor = { id: 'flagman', name: 'Flagman' };

/** What is written down of one question or refusal before anything about it may be shown. */
export interface QuestionEvent {
  readonly kind: 'question' | 'refusal';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly person: Actor;
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

/** What can happen to an approval, in the order in which it usually does. */
export const CHANGE_KINDS = [
  'requested',
  'facts',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'voided',
  'claimed',
  'intent',
  'outcome',
  'released',
  'ended',
  'proof',
  'resolved',
] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One thing that happened to an approval, written in the same transaction as what it did to the approval. */
export interface ChangeEvent {
  readonly kind: ChangeKind;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly person: Actor;
  /** The n of CR-n. */
  readonly approval: number;
  /** State and version after it, and the hash of what was asked for: the tables can be made anew from these. */
  readonly state: string;
  readonly version: number;
  readonly hash: string;
  /** The revision of the row that is written beside it: a row put back is older than that. */
  readonly revision?: number;
  /** More for the chain: ids, counts, times, names of roles and outcomes; no names of people, no free text. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  /** For the side table: the users it is about by name, in lower case, and what a person gave as the reason. */
  readonly users: readonly string[];
  readonly reason?: string;
}

/** Somebody wanted to decide or ask for a change and was refused. */
export interface DeclinedEvent {
  readonly kind: 'declined';
  readonly at: number;
  readonly person: Actor;
  readonly conversationId: string;
  /** What was wanted: request, approve, reject, withdraw, resolve. */
  readonly step: string;
  readonly approval?: number;
  readonly why: string;
}

/** Somebody shared rows of an answer. */
export interface ShareEvent {
  readonly kind: 'shared';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly person: Actor;
  /** Where it is posted; absent for a message extension. */
  readonly conversationId?: string;
  readonly share: number;
  readonly incident?: string;
  /** SHA-256 of the stored snapshot. */
  readonly hash: string;
  readonly rows: number;
  /** As that of a question. */
  readonly verdict: string;
  /** What its card leaves out. */
  readonly redacted: readonly string[];
  /** For the side table: whose sign-ins they are, in lower case, and the filter that found them. */
  readonly users: readonly string[];
  readonly filter: string;
}

/** A thread became the place of an incident. */
export interface IncidentEvent {
  readonly kind: 'incident';
  readonly at: number;
  readonly person: Actor;
  readonly incident: string;
  readonly conversationId: string;
  /** Requests that had been asked for there before: the n of each CR-n. */
  readonly approvals: readonly number[];
  /** The incident whose place the thread was until then. */
  readonly before?: string;
}

export type LedgerEvent = QuestionEvent | ChangeEvent | DeclinedEvent | ShareEvent | IncidentEvent;

/** One entry about a user, as far as its personal facts are still kept. */
export interface AskedAbout {
  readonly at: number;
  /** Object id of whoever asked. */
  readonly personId: string;
  /** Their display name at the time: untrusted text. */
  readonly name: string;
  readonly kind: LedgerEvent['kind'];
  /** The command; for changes the action. */
  readonly command: string;
  readonly rows: number;
  readonly verdict: string;
  /** The n of CR-n, for changes. */
  readonly approval?: number;
}

/** One entry of an approval's history. */
export interface HistoryEntry {
  readonly seq: number;
  readonly at: number;
  readonly personId: string;
  /** Empty when it is no longer kept. */
  readonly name: string;
  readonly kind: ChangeKind | 'declined';
  /** After it; empty for refusals. */
  readonly state: string;
  readonly facts: ChangeEvent['facts'];
  readonly reason?: string;
}

/** One entry of an incident's timeline: its place was named, rows were shared, or something happened to a request. */
export type TimelineEntry =
  | (Pick<HistoryEntry, 'seq' | 'at' | 'personId' | 'name'> &
      /** A thread became the place of `incident`, which may have taken it from another one. */
      (
        | { readonly kind: 'incident'; readonly incident: string }
        | { readonly kind: 'shared'; readonly share: number; readonly rows: number; readonly hash: string }
      ))
  | (HistoryEntry & { readonly approval: number });

/** What the chain itself says of an approval, its seals checked: a table can be edited, these entries cannot. */
export interface Testimony {
  readonly requesterId: string;
  readonly hash: string;
  /** Who approved last and which role they used; absent while nobody has. */
  readonly approved?: { readonly personId: string; readonly version: number };
  /** State and version after the newest entry. */
  readonly state: string;
  readonly version: number;
  /** The revision that the row had with the newest entry; there may have been others without an entry. */
  readonly revision?: number | undefined;
  /** Until when it can be decided and, once approved, be sent. */
  readonly expiresAt: number;
  readonly performBy?: number;
}

/** The same, beside the row of the approval, whose seal was checked too. */
export interface Evidence extends Testimony {
  /** The text that is sealed: the approval as JSON, down to how each target stands and what people are shown. */
  readonly document: string;
}

/** The ledger could not be written or read, so that nothing may be answered. */
export class LedgerFailure extends Error {
  override readonly name = 'LedgerFailure';
}
