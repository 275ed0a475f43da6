import type { SignInTarget } from '../../src/actions/action.ts';
import {
  approve,
  type Ballot,
  type Request,
  request,
  type VoteProblem,
} from '../../src/actions/approval/decide.ts';
import { claim, intend } from '../../src/actions/approval/perform.ts';
import type { Progress } from '../../src/actions/approval/progress.ts';
import type { Step, Turn } from '../../src/actions/approval/step.ts';
import type { Approval, Moved, Target } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import type { Risk } from '../../src/entra/risk.ts';
import type { Result } from '../../src/lib/result.ts';

// Approvals as they are at each point of their lives; a test changes one thing of them.

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const NOW = Date.parse('2026-11-21T12:00:00Z');
export const LATER = NOW + 2 * MINUTE;
export const PERFORM_MS = 15 * MINUTE;
export const LEASE_MS = 30 * SECOND;
export const SETTLE_MS = MINUTE;

export const ANA = { id: 'a0000000-0000-4000-8000-000000000001', name: 'Ana' };
export const BEN = { id: 'b0000000-0000-4000-8000-000000000002', name: 'Ben' };

export const ACTION = ACTIONS['confirm-sign-in-compromised'];

export const AT_RISK: Risk = {
  state: 'atRisk',
  detail: 'none',
  level: 'medium',
  events: ['anonymizedIPAddress'],
};
export const COMPROMISED: Risk = {
  state: 'confirmedCompromised',
  detail: 'adminConfirmedSigninCompromised',
  level: 'high',
  events: ['anonymizedIPAddress'],
};
export const SAFE: Risk = {
  state: 'confirmedSafe',
  detail: 'adminConfirmedSigninSafe',
  level: 'none',
  events: [],
};

export const idOf = (n: number): string => `5c7a1c52-0000-4000-8000-00000000000${n}`;

export const signIn = (n: number): SignInTarget => ({
  id: idOf(n),
  createdDateTime: '2026-11-21T11:00:00Z',
  userId: `user-${n}`,
  userPrincipalName: 'Kim@contoso.com',
  riskState: AT_RISK.state,
  riskDetail: AT_RISK.detail,
  riskLevelAggregated: AT_RISK.level,
  riskEventTypes_v2: [...AT_RISK.events],
});

export const asked: Request = {
  number: 1001,
  action: ACTION,
  signIns: [signIn(1)],
  reason: 'user denies travel',
  requester: ANA,
  conversationId: 'chat',
  now: NOW,
  lifeMs: 30 * MINUTE,
  reminderMs: 5 * MINUTE,
};

/** An approval that Ana has asked for, on so many sign-ins. */
export const pending = (count = 1, changed: Partial<Request> = {}): Approval => {
  const others = Array.from({ length: count - 1 }, (_, index) => signIn(index + 2));
  return request({ ...asked, signIns: [signIn(1), ...others], ...changed }).approval;
};

export const ballot: Ballot = { by: BEN, at: LATER, version: 1, activityId: 'press', role: 'admin' };

/** The change that a decision made. */
export const movedIn = (result: Result<Moved, VoteProblem>): Moved => {
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

/** The approval after a change that was made. */
export const movedBy = (moved: Moved | undefined): Approval => {
  if (moved === undefined) throw new Error('Nothing moved.');
  return moved.approval;
};

/** One that Ben has approved. */
export const approved = (count = 1): Approval =>
  movedIn(approve(pending(count), ballot, { performMs: PERFORM_MS, mayBeOwn: false })).approval;

export const turn: Turn = { owner: 'here', now: LATER, leaseMs: LEASE_MS };

/** The step of one target, at a time. */
export const at = (now: number, index = 0): Step => ({ index, turn: { ...turn, now } });

export const running = (count = 1): Approval => movedBy(claim(approved(count), turn));

/** One whose first change was intended, and nobody knows yet how it ended. */
export const sent = (count = 1): Approval =>
  intend(running(count), ACTION, { index: 0, turn }, 'request-1').approval;

/** The same approval with these progresses of its targets, the first ones first. */
export const withProgress = (approval: Approval, ...all: readonly Progress[]): Approval => {
  const [first, ...others] = approval.targets;
  const changed = (target: Target, index: number): Target => ({
    ...target,
    progress: all[index] ?? target.progress,
  });
  return {
    ...approval,
    targets: [changed(first, 0), ...others.map((target, index) => changed(target, index + 1))],
  };
};

export const progressOf = ({ targets }: Pick<Approval, 'targets'>): readonly Progress[] =>
  targets.map(({ progress }) => progress);

export const waiting = { at: 'waiting', attempts: 0, doubts: 0, dueAt: NOW } as const;
export const done = { at: 'done', how: 'accepted', since: NOW, reads: 0 } as const;

/** The word that tells how it ended, where it was asked for. */
export const OUTCOME = [{ kind: 'outcome', conversationId: 'chat' }];
