import { createHash } from 'node:crypto';
import type { Actor, ChangeEvent, Evidence } from '../entra/ledger-event.ts';
import type { Risk } from '../entra/risk.ts';
import type { ActionName, SignInTarget } from './action.ts';
import type { Progress } from './approval/progress.ts';

/** Where an approval stands. Only the first three and `unknown` can still change. */
export type ApprovalState =
  | 'pending'
  | 'approved'
  | 'running'
  | 'unknown'
  | 'rejected'
  | 'expired'
  | 'withdrawn'
  | 'void'
  | 'revoked'
  | 'done'
  | 'failed'
  | 'conflict';

const OPEN: ReadonlySet<ApprovalState> = new Set(['pending', 'approved', 'running', 'unknown']);

/** Whether an approval can still change; what is closed stays as it is. */
export const isOpen = ({ state }: Pick<Approval, 'state'>): boolean => OPEN.has(state);

/** One target: as it was when the request was made, and what was done about it. */
export interface Target {
  readonly signIn: SignInTarget;
  /** The risk that was shown, and that the decision is bound to. */
  readonly before: Risk;
  /** A higher risk that was seen since, while the decision was open. */
  readonly risen?: Risk;
  readonly progress: Progress;
}

/** Who decided, when, and by which role. */
export interface Decided {
  readonly by: Actor;
  readonly at: number;
  /** Template id of the role that allowed it; absent where none was needed. */
  readonly role?: string;
  readonly reason?: string;
}

/** The right to carry an approval out, for a while; the fence grows with every owner. */
export interface Lease {
  readonly owner: string;
  readonly until: number;
}

/** One request for an action on exact targets, and its life. Times are epoch milliseconds. */
export interface Approval {
  /** The n of CR-n. */
  readonly number: number;
  /** Grows with the state and the hashed facts; a button counts only for the version that it was shown with. */
  readonly version: number;
  /** Grows with every change; a write that comes late meets another one. */
  readonly revision: number;
  /** Grows with whatever the card shows. */
  readonly edition: number;
  readonly state: ApprovalState;
  readonly action: ActionName;
  /** Sorted by id. */
  readonly targets: readonly [Target, ...Target[]];
  readonly hash: string;
  readonly reason: string;
  readonly requester: Actor;
  /** The conversation in which it was asked for. */
  readonly conversationId: string;
  /** The configured conversation in which it is posted too. */
  readonly alsoIn?: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** When to remind of it; absent when there is no reminder, or it was given. */
  readonly remindAt?: number;
  /** When to look at the facts of a pending one again. */
  readonly lookAt: number;
  readonly decided?: Decided;
  /** Nothing is sent from then on. */
  readonly performBy?: number;
  readonly lease?: Lease;
  readonly fence: number;
  /** When it needs attention without anybody asking; absent: never. */
  readonly dueAt?: number;
}

/** A message that has to be posted: the card itself, or a short word that makes phones ring. */
export interface Notice {
  readonly kind: 'card' | 'reminder' | 'outcome';
  readonly conversationId: string;
}

/** An approval after a change, with everything that has to be written in the same transaction. */
export interface Moved {
  readonly approval: Approval;
  readonly entries: readonly ChangeEvent[];
  readonly notices: readonly Notice[];
}

/** What was asked for, as one hash: targets with their users and decisions, action, reason, requester. */
export const hashOf = ({
  action,
  reason,
  requester,
  targets,
}: Pick<Approval, 'action' | 'reason' | 'requester' | 'targets'>): string => {
  const facts = targets.map(({ signIn: { id, userId }, before: { state, detail } }) => [
    id,
    userId,
    state,
    detail,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([action, reason, requester.id, facts]))
    .digest('base64');
};

/** Whether the row in the store is what the ledger says of it: whoever edits a table does not have the ledger's key. */
export const isAsRecorded = (approval: Approval, evidence: Evidence | undefined): boolean =>
  evidence !== undefined &&
  // What was read a moment before can be another row than the one that was checked.
  evidence.document === JSON.stringify(approval) &&
  (evidence.revision ?? 0) <= approval.revision &&
  hashOf(approval) === approval.hash &&
  evidence.hash === approval.hash &&
  evidence.requesterId === approval.requester.id &&
  evidence.state === approval.state &&
  evidence.version === approval.version &&
  evidence.expiresAt === approval.expiresAt &&
  evidence.performBy === approval.performBy &&
  (approval.state !== 'approved' && approval.state !== 'running'
    ? true
    : evidence.approved?.personId === approval.decided?.by.id);
