import type { ActionName } from '../actions/action.ts';
import type { Approval, Moved, Notice } from '../actions/approval.ts';
import type { Account, Effect, Inspected, Inspection, Performed } from '../entra/effects.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import type { Evidence, HistoryEntry } from '../entra/ledger-event.ts';
import type { Result } from '../lib/result.ts';
import type { ChangeFacts, ChangeRules } from '../policy/authorize-change.ts';

/** What a decision about a change reads of Microsoft Graph, and what carries it out. Nothing here is remembered. */
export interface ChangingGraph {
  /** Template ids of the roles held tenant-wide and active right now. */
  freshRolesOf(personId: string): Promise<Result<readonly string[], GraphProblem>>;
  accountOf(personId: string): Promise<Result<Account, GraphProblem>>;
  /** `watches` where nobody waits for it: it then leaves the budget to whoever does. */
  inspect(
    inspection: Inspection,
    priority: 'approvals' | 'watches',
  ): Promise<Result<Inspected, GraphProblem>>;
  /**
   * One POST, never a second one. `gate` is asked when nothing is waited for any more: when it says no, nothing is sent
   * and the outcome is `not-done`. Ends within the time that a lease leaves.
   */
  perform(effect: Effect, clientRequestId: string, gate: () => Promise<boolean>): Promise<Performed>;
}

/** Approvals in the store. State, ledger entries and notices change in one transaction. All throw `LedgerFailure`. */
export interface Approvals {
  /**
   * Gives the next number to a new approval and keeps it, unless one of its targets is in an open one (`taken`) or
   * the requester has too many open ones (`full`).
   */
  create(
    make: (number: number) => Moved,
  ): Promise<Approval | { readonly taken: number } | { readonly full: number }>;
  find(number: number): Promise<Approval | undefined>;
  /** The oldest first. */
  open(): Promise<readonly Approval[]>;
  /** Keeps a change; false when somebody else changed the approval first, and then nothing at all is written. */
  save(moved: Moved): Promise<boolean>;
  /** Those that need attention by now, the longest due first. */
  due(now: number, most: number): Promise<readonly Approval[]>;
  /**
   * What the ledger says of it, every seal checked; undefined when it says nothing, or when the row is not as it was
   * written or was newer before.
   */
  evidence(number: number): Promise<Evidence | undefined>;
  history(number: number): Promise<readonly HistoryEntry[]>;
}

/** One message about an approval, posted or to be posted. */
export interface Post {
  readonly id: string;
  readonly number: number;
  readonly kind: Notice['kind'];
  readonly conversationId: string;
  /** The activity that shows it, once it was posted. */
  readonly activityId?: string;
  /** The edition that it shows; 0 before it was posted. */
  readonly shown: number;
  readonly tries: number;
  /** A post of it was begun before, and nobody knows whether it arrived. */
  readonly isDoubtful: boolean;
}

/** The messages about approvals: what is posted where, and what has to be posted or edited yet. */
export interface Posts {
  /** Not posted yet, or a card that shows an older edition; the longest due first. */
  due(now: number, most: number): Promise<readonly Post[]>;
  /** Takes one up for so long; committed before anything is sent, so that a crash leaves a doubt. False: somebody else has. */
  begin(post: Post, now: number, forMs: number): Promise<boolean>;
  /** It shows this edition now. */
  shown(post: Post, activityId: string | undefined, edition: number): Promise<void>;
  /** It has to be tried again then; `isDoubtful` when it may have arrived. */
  later(post: Post, at: number, isDoubtful: boolean): Promise<void>;
  /** The conversation is gone for good. */
  drop(post: Post): Promise<void>;
  /** A card of an approval was posted or shown in the course of a turn. */
  add(number: number, conversationId: string, activityId: string, edition: number): Promise<void>;
  /** Whether a card of this approval stands in the conversation. */
  isIn(number: number, conversationId: string): Promise<boolean>;
  /** The approval that this message is about. */
  about(conversationId: string, activityId: string): Promise<number | undefined>;
  /** The conversations in which cards of this approval stand. */
  places(number: number): Promise<readonly string[]>;
  /** The approvals whose cards stand in a conversation. */
  numbersIn(conversationId: string): Promise<readonly number[]>;
}

/** What was configured about changes. Durations are milliseconds. */
export interface ChangeSettings extends Pick<ChangeRules, 'requesterRoles' | 'guests' | 'onePersonBy'> {
  /** Ids of the roles that may decide about each action. */
  readonly approverRoles: Readonly<Record<ActionName, readonly string[]>>;
  readonly mode: ChangeFacts['mode'];
  /** How long a request can be decided, and how long before its end it is reminded of (0: never). */
  readonly approvalMs: number;
  readonly reminderMs: number;
  /** How long after the approval a change may still be sent. */
  readonly performMs: number;
  /** How long the sign-in log may take to show a change. */
  readonly settleMs: number;
  /** The conversation in which every request is posted too. */
  readonly conversation?: string;
  /** The Entra admin center of the cloud, where people go on. */
  readonly portalUrl: string;
}
