import { approve, type Ballot, reject, type VoteProblem, withdraw } from '../../actions/approval/decide.ts';
import { resolve } from '../../actions/approval/perform.ts';
import type { Approval, Moved } from '../../actions/approval.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { ChangeStep } from '../../policy/authorize-change.ts';
import type { ChangeSettings } from '../change-ports.ts';

/** A decision about an approval, as a button or a phrase says it. */
export type Decision =
  | { readonly verb: 'approve' | 'approve-own' | 'withdraw' | 'resolve-done' | 'resolve-failed' }
  | { readonly verb: 'reject'; readonly reason: string };

/** Which step of the policy a decision is. */
export const stepOf = ({ verb }: Decision): ChangeStep => {
  switch (verb) {
    case 'approve':
    case 'approve-own':
      return 'approve';
    case 'resolve-done':
    case 'resolve-failed':
      return 'resolve';
    default:
      return verb;
  }
};

/** What a decision that is permitted does to the approval, or why it does not count. */
export const cast = (
  approval: Approval,
  ballot: Ballot,
  decision: Decision,
  { performMs, mode }: ChangeSettings,
): Result<Moved, VoteProblem> => {
  switch (decision.verb) {
    case 'approve':
    case 'approve-own':
      return approve(approval, ballot, { performMs, mayBeOwn: mode === 'single' });
    case 'reject':
      return reject(approval, ballot, decision.reason);
    case 'withdraw':
      return withdraw(approval, ballot);
    case 'resolve-done':
    case 'resolve-failed': {
      const moved = resolve(approval, ballot, decision.verb === 'resolve-done' ? 'done' : 'failed');
      return moved ? ok(moved) : fail(approval.state === 'unknown' ? 'stale' : 'decided');
    }
  }
};

const APPROVED: ReadonlySet<Approval['state']> = new Set([
  'approved',
  'running',
  'unknown',
  'done',
  'failed',
  'conflict',
  'revoked',
]);

/** Whether this very decision by this very person has counted before: a press that Teams sends again. */
export const isRepeat = ({ state, decided }: Approval, personId: string, decision: Decision): boolean => {
  if (decided?.by.id !== personId) return false;
  switch (decision.verb) {
    case 'approve':
    case 'approve-own':
      return APPROVED.has(state);
    case 'reject':
      return state === 'rejected';
    case 'withdraw':
      return state === 'withdrawn';
    default:
      return false;
  }
};
