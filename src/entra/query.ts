import type { Condition } from './condition.ts';
import type { GraphProblem } from './graph-problem.ts';
import type { EventType, SignIn } from './sign-in.ts';

/** One end of a time window. */
export interface Bound {
  /** The instant, ISO 8601 in UTC with seconds or milliseconds. */
  readonly at: string;
  /** Whether a row at exactly this instant belongs to the window ("before" does not). */
  readonly inclusive: boolean;
  /** For a bound that rolls with the clock ("last 24h"): how many seconds before now it lies. */
  readonly secondsAgo?: number;
}

/** From when to when; an absent end is open (no `from`: as far back as there is; no `to`: until now). */
export interface Window {
  readonly from?: Bound;
  readonly to?: Bound;
}

/** A question about sign-ins as data: nothing in it is OData text. */
export interface Query {
  readonly entity: 'signIns';
  /** Every one of these must hold. */
  readonly where: readonly Condition[];
  readonly window: Window;
  /** How many rows to show at most ("top 5"); absent: all. */
  readonly limit?: number;
  /** Rows grouped by user with counts ("who signed in from …"). */
  readonly groupBy?: 'user';
  /**
   * For a pasted error footer: where the query finds nothing, this one is asked instead
   * (the trace id may be missing from the log while the correlation id is there).
   */
  readonly otherwise?: Query;
}

/** What was asked at all, so that "none" can be understood. Times are ISO 8601 in UTC. */
export interface Scope {
  readonly from: string;
  readonly to: string;
  /** asked: said in the phrase; default: the usual window was added; id: the whole retention, for exact ids. */
  readonly why: 'asked' | 'default' | 'id';
  /** Present when the phrase asked for earlier than Graph keeps: what it asked for. */
  readonly clippedFrom?: string;
  /** True when the window has no end of its own. */
  readonly untilNow: boolean;
  /** True when the window ended so shortly before the reading that sign-ins may still reach the log. */
  readonly settling: boolean;
  readonly eventTypes: readonly EventType[];
}

/**
 * Whether everything in the scope was read. Nothing is ever said to be absent unless `finished`.
 * retention: the whole window lies before what Entra ID keeps, so Graph was not asked.
 */
export type Verdict =
  | { readonly finished: true }
  | { readonly finished: false; readonly why: 'capped' | 'throttled' | 'failed' | 'timeout' | 'retention' };

/** A row that belongs to the answer; not confirmed when it lacks a property that the question is about. */
export interface Found {
  readonly signIn: SignIn;
  readonly confirmed: boolean;
}

/** What reading Graph for one query gave: rows newest first, and how far they can be trusted. */
export interface SignInAnswer {
  /** Equal for every question that was served by the same reading. */
  readonly readingId: string;
  readonly query: Query;
  readonly rows: readonly Found[];
  /** Rows that Graph returned, after removing repeats. */
  readonly read: number;
  /** Rows that the re-check or the second pass dropped because they contradict the question. */
  readonly dropped: number;
  /** Rows that could not be understood at all. */
  readonly unreadable: number;
  readonly scope: Scope;
  readonly verdict: Verdict;
  /** Why the reading stopped early, if it did. */
  readonly problem?: GraphProblem;
  /** The decoded `$filter` of the first request that Graph answered. */
  readonly filter: string;
  /** The words for each condition that was tested on the rows and not by Graph. */
  readonly secondPass: readonly string[];
  /** Remarks for the reader: widened filter, fallback, skew. */
  readonly notes: readonly string[];
  /** When Graph was asked, ISO 8601 in UTC. */
  readonly fetchedAt: string;
  readonly pages: number;
}
