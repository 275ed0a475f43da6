import type { Actor } from '../../entra/ledger-event.ts';
import { type ChangeEvent, FLAGMAN } from '../../entra/ledger-event.ts';
import { riskOf } from '../../entra/risk.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { Action, SignInTarget } from '../action.ts';
import { type Approval, type Decided, hashOf, type Moved, type Target } from '../approval.ts';
import { LOOK_EVERY_MS } from './look.ts';
import { eachTarget, move, outcome } from './move.ts';

/** What a request is made of, all of it checked: roles, targets, the words of the reason. */
export interface Request {
  readonly number: number;
  readonly action: Action;
  readonly signIns: readonly [SignInTarget, ...SignInTarget[]];
  readonly reason: string;
  readonly requester: Actor;
  readonly conversationId: string;
  readonly alsoIn?: string;
  /** The incidents that it belongs to: INC-204. */
  readonly incidents?: readonly string[];
  readonly now: number;
  /** Milliseconds: how long it can be decided, and how long before the end it is reminded of (0: never). */
  readonly lifeMs: number;
  readonly reminderMs: number;
}

/** A new approval, pending, on its way to its card. */
export const request = (asked: Request): Moved => {
  const { number, action, reason, requester, conversationId, alsoIn, incidents = [] } = asked;
  const { now, lifeMs, reminderMs } = asked;
  const targetOf = (signIn: SignInTarget): Target => ({
    signIn,
    before: riskOf(signIn),
    progress: { at: 'waiting', attempts: 0, doubts: 0, dueAt: now },
  });
  const [first, ...others] = asked.signIns.toSorted((one, other) => one.id.localeCompare(other.id));
  const targets = [targetOf(first ?? asked.signIns[0]), ...others.map(targetOf)] as const;
  const places = [...new Set([conversationId, ...(alsoIn === undefined ? [] : [alsoIn])])];
  const draft: Omit<Approval, 'hash'> = {
    number,
    version: 0,
    revision: 0,
    edition: 0,
    state: 'pending',
    action: action.name,
    targets,
    reason,
    requester,
    conversationId,
    ...(alsoIn !== undefined && { alsoIn }),
    createdAt: now,
    expiresAt: now + lifeMs,
    ...(reminderMs > 0 && reminderMs < lifeMs && { remindAt: now + lifeMs - reminderMs }),
    lookAt: now + LOOK_EVERY_MS,
    fence: 0,
  };
  return move(
    { ...draft, hash: hashOf(draft) },
    {},
    {
      kind: 'requested',
      by: requester,
      at: now,
      reason,
      factsChanged: true,
      facts: {
        action: action.name,
        targets: targets.map(({ signIn }) => signIn.id),
        expiresAt: now + lifeMs,
        ...(incidents.length > 0 && { incidents }),
      },
      notices: places.map((place) => ({ kind: 'card', conversationId: place })),
    },
  );
};

/** Why a decision does not count, whoever makes it. */
export type VoteProblem = 'decided' | 'expired' | 'stale' | 'own-request' | 'not-the-requester';

/** One decision that the policy permitted. */
export interface Ballot {
  readonly by: Actor;
  readonly at: number;
  /** The version that the card showed. */
  readonly version: number;
  /** The activity that carried it. */
  readonly activityId: string;
  readonly role?: string;
}

const problemOf = (approval: Approval, { at, version }: Ballot): VoteProblem | undefined => {
  if (approval.state !== 'pending') return 'decided';
  if (at >= approval.expiresAt) return 'expired';
  return version === approval.version ? undefined : 'stale';
};

const evidenceOf = ({ activityId, role }: Ballot): ChangeEvent['facts'] => ({
  activity: activityId,
  ...(role !== undefined && { role }),
});

const decidedBy = ({ by, at, role }: Ballot, reason?: string): Decided => ({
  by,
  at,
  ...(role !== undefined && { role }),
  ...(reason !== undefined && { reason }),
});

/** Somebody approves. The requester never counts, unless the mode lets a role holder confirm an own request. */
export const approve = (
  approval: Approval,
  ballot: Ballot,
  { performMs, mayBeOwn }: { readonly performMs: number; readonly mayBeOwn: boolean },
): Result<Moved, VoteProblem> => {
  const { by, at } = ballot;
  if (by.id === approval.requester.id && !mayBeOwn) return fail('own-request');
  const problem = problemOf(approval, ballot);
  if (problem) return fail(problem);
  const performBy = at + performMs;
  const targets = eachTarget(approval, (target) => ({
    ...target,
    progress: { at: 'waiting', attempts: 0, doubts: 0, dueAt: at },
  }));
  return ok(
    move(
      approval,
      { state: 'approved', decided: decidedBy(ballot), performBy, targets },
      { kind: 'approved', by, at, facts: { ...evidenceOf(ballot), performBy } },
    ),
  );
};

/** Somebody rejects, and says why. */
export const reject = (approval: Approval, ballot: Ballot, reason: string): Result<Moved, VoteProblem> => {
  const { by, at } = ballot;
  if (by.id === approval.requester.id) return fail('own-request');
  const problem = problemOf(approval, ballot);
  if (problem) return fail(problem);
  return ok(
    move(
      approval,
      { state: 'rejected', decided: decidedBy(ballot, reason) },
      { kind: 'rejected', by, at, reason, facts: evidenceOf(ballot), notices: outcome(approval) },
    ),
  );
};

/** The requester takes it back. */
export const withdraw = (approval: Approval, ballot: Ballot): Result<Moved, VoteProblem> => {
  const { by, at } = ballot;
  if (by.id !== approval.requester.id) return fail('not-the-requester');
  const problem = problemOf(approval, ballot);
  if (problem) return fail(problem);
  return ok(
    move(
      approval,
      { state: 'withdrawn', decided: decidedBy(ballot) },
      { kind: 'withdrawn', by, at, facts: evidenceOf(ballot) },
    ),
  );
};

/** What time does to a pending approval: nothing, a reminder, or its end. */
export const pass = (approval: Approval, now: number): Moved | undefined => {
  if (approval.state !== 'pending') return undefined;
  const change = { by: FLAGMAN, at: now };
  if (now >= approval.expiresAt)
    return move(approval, { state: 'expired' }, { ...change, kind: 'expired', notices: outcome(approval) });
  const { remindAt, ...reminded } = approval;
  if (remindAt === undefined || now < remindAt) return undefined;
  const { conversationId, alsoIn = conversationId } = approval;
  const moved = move(reminded, {}, { ...change, kind: 'facts', unseen: true, facts: { reminded: 1 } });
  return { ...moved, notices: [{ kind: 'reminder', conversationId: alsoIn }] };
};

/** The store does not hold what the ledger says; nobody may decide on it. */
export const voidAsEdited = (approval: Approval, now: number): Moved =>
  move(
    approval,
    { state: 'void' },
    { kind: 'voided', by: FLAGMAN, at: now, facts: { why: 'edited' }, notices: outcome(approval) },
  );
