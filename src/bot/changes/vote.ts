import {
  approve,
  type Ballot,
  pass,
  reject,
  type VoteProblem,
  voidAsEdited,
  withdraw,
} from '../../actions/approval/decide.ts';
import { resolve } from '../../actions/approval/perform.ts';
import { type Approval, isAsRecorded, type Moved } from '../../actions/approval.ts';
import type { View } from '../../cards/view.ts';
import type { Risk } from '../../entra/risk.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { ChangeRefusal, ChangeStep } from '../../policy/authorize-change.ts';
import type { Asker } from '../asker.ts';
import { decideChange, rulesFor } from '../authority.ts';
import type { ChangeSettings } from '../change-ports.ts';
import type { Middle } from '../middle.ts';
import { risksNow, seen } from './look-now.ts';
import {
  decidedElsewhere,
  noReasonToReject,
  notAsRecorded,
  notCounted,
  nothingToResolve,
  overtaken,
} from './problems.ts';
import { notPermitted } from './refusals.ts';
import { recordDeclined, viewFor } from './show.ts';

/** A decision about an approval, as a button or a phrase says it. */
export type Decision =
  | { readonly verb: 'approve' | 'approve-own' | 'withdraw' | 'resolve-done' | 'resolve-failed' }
  | { readonly verb: 'reject'; readonly reason: string };

/** Whose decision, about which version, and which activity carried it. */
export interface Voting {
  readonly asker: Asker;
  readonly approval: Approval;
  readonly version: number;
  readonly activityId: string;
  readonly decision: Decision;
}

const stepOf = ({ verb }: Decision): ChangeStep => {
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

const cast = (
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
const isRepeat = ({ state, decided }: Approval, { asker, decision }: Voting): boolean => {
  if (decided?.by.id !== asker.person.id) return false;
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

/** What somebody can decide about. */
const WAITS: ReadonlySet<Approval['state']> = new Set(['pending', 'unknown']);

/** What a decision that does not count is answered with. */
const uncounted = async (middle: Middle, voting: Voting, why: VoteProblem): Promise<View> => {
  const { ports, settings, tending } = middle;
  const { approval, asker, decision } = voting;
  if (why === 'decided' && stepOf(decision) === 'resolve') return nothingToResolve(approval);
  if (isRepeat(approval, voting)) return viewFor(ports, settings, asker, approval);
  const passed = why === 'expired' ? pass(approval, await ports.now()) : undefined;
  if (passed && (await ports.approvals.save(passed))) await tending.soon();
  return notCounted(approval, why);
};

const count = async (middle: Middle, voting: Voting, role: string | undefined): Promise<View> => {
  const { ports, settings, tending } = middle;
  const { approval, asker, version, activityId, decision } = voting;
  const { id, name } = asker.person;
  const at = await ports.now();
  const ballot = { by: { id, name }, at, version, activityId, ...(role !== undefined && { role }) };
  const moved = cast(approval, ballot, decision, settings.changes);
  if (!moved.ok) return uncounted(middle, voting, moved.error);
  if (await ports.approvals.save(moved.value)) {
    tending.wake();
    return viewFor(ports, settings, asker, moved.value.approval);
  }
  const current = await ports.approvals.find(approval.number);
  if (current === undefined || current.version === version) return overtaken(approval.number);
  return uncounted(middle, { ...voting, approval: current }, 'decided');
};

/** Voids a request that is not what the ledger says of it, before a word of it is relied on; undefined where it is. */
const edited = async ({ ports, tending }: Middle, approval: Approval): Promise<View | undefined> => {
  if (isAsRecorded(approval, await ports.approvals.evidence(approval.number))) return undefined;
  const current = await ports.approvals.find(approval.number);
  // Somebody may have decided between the two readings; only what stands still is compared.
  if (current?.revision !== approval.revision) return overtaken(approval.number);
  await ports.approvals.save(voidAsEdited(approval, await ports.now()));
  await tending.soon();
  return notAsRecorded(approval.number);
};

/** Counts a decision on what stands now: what was decided elsewhere since, or is no longer as risky, was not approved. */
const countSeen = async (
  middle: Middle,
  voting: Voting,
  role: string | undefined,
  risks: readonly Risk[] | undefined,
): Promise<View> => {
  if (WAITS.has(voting.approval.state)) {
    const problem = await edited(middle, voting.approval);
    if (problem) return problem;
  }
  const approval = await seen(middle, voting.approval, risks);
  if (approval === undefined) return overtaken(voting.approval.number);
  if (approval.state !== voting.approval.state) return decidedElsewhere(approval);
  return count(middle, { ...voting, approval }, role);
};

/** Reasons that are of no use to anybody once there is nothing left to decide. */
const WHILE_PENDING: ReadonlySet<ChangeRefusal> = new Set([
  'own-request',
  'not-the-requester',
  'confirm-own',
]);

/**
 * Decides about an approval, through whichever door it comes: who may is asked of the policy with facts read now, and
 * the change counts only if nobody else was faster. Throws `LedgerFailure`.
 */
export const vote = async (middle: Middle, voting: Voting): Promise<View> => {
  const { ports, settings } = middle;
  const { approval, asker, decision } = voting;
  if (decision.verb === 'reject' && decision.reason === '') return noReasonToReject(approval.number);
  const step = stepOf(decision);
  const [permit, risks] = await Promise.all([
    decideChange(ports, {
      step,
      actorId: asker.person.id,
      requesterId: approval.requester.id,
      mode: settings.changes.mode,
      confirmedOwn: decision.verb === 'approve-own',
      rules: rulesFor(settings.changes, approval.action),
    }),
    step === 'approve' ? risksNow(middle, approval) : undefined,
  ]);
  if (permit.permitted) return countSeen(middle, voting, permit.roleUsed, risks);
  if (permit.why === 'confirm-own' && approval.state === 'pending')
    return { ...(await viewFor(ports, settings, asker, approval)), confirmsOwn: true };
  await recordDeclined(ports, asker, step, permit.why, approval.number);
  const isLate = approval.state !== 'pending' && WHILE_PENDING.has(permit.why);
  return isLate ? notCounted(approval, 'decided') : notPermitted(permit);
};
