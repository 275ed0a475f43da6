import { pass, type VoteProblem, voidAsEdited } from '../../actions/approval/decide.ts';
import { type Approval, isAsRecorded } from '../../actions/approval.ts';
import type { View } from '../../cards/view.ts';
import type { Risk } from '../../entra/risk.ts';
import type { ChangeRefusal } from '../../policy/authorize-change.ts';
import type { Asker } from '../asker.ts';
import { decideChange, rulesFor } from '../authority.ts';
import type { Middle } from '../middle.ts';
import { cast, type Decision, isRepeat, stepOf } from './decision.ts';
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

/** Whose decision, about which version, and which activity carried it. */
export interface Voting {
  readonly asker: Asker;
  readonly approval: Approval;
  readonly version: number;
  readonly activityId: string;
  readonly decision: Decision;
}

/** What somebody can decide about. */
const WAITS: ReadonlySet<Approval['state']> = new Set(['pending', 'unknown']);

/** What a decision that does not count is answered with. */
const uncounted = async (middle: Middle, voting: Voting, why: VoteProblem): Promise<View> => {
  const { ports, settings, tending } = middle;
  const { approval, asker, decision } = voting;
  if (why === 'decided' && stepOf(decision) === 'resolve') return nothingToResolve(approval);
  if (isRepeat(approval, asker.person.id, decision)) return viewFor(ports, settings, asker, approval);
  const passed = why === 'expired' ? pass(approval, await ports.now()) : undefined;
  if (passed && (await ports.approvals.save(passed))) await tending.soon();
  return notCounted(approval, why);
};

/** What a decision is answered with that met a change of the request: who decided by now, or what else has changed. */
const uncountedNow = async (middle: Middle, voting: Voting): Promise<View> => {
  const { number, state } = voting.approval;
  const approval = await middle.ports.approvals.find(number);
  if (approval === undefined) return overtaken(number);
  const current = { ...voting, approval };
  if (approval.state !== state) return uncounted(middle, current, 'decided');
  return approval.version === voting.version ? overtaken(number) : uncounted(middle, current, 'stale');
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
  return uncountedNow(middle, voting);
};

/** Voids a request that is not what the ledger says of it, before a word of it is relied on; undefined where it is. */
const edited = async (middle: Middle, voting: Voting): Promise<View | undefined> => {
  const { ports, tending } = middle;
  const { approval } = voting;
  if (isAsRecorded(approval, await ports.approvals.evidence(approval.number))) return undefined;
  const current = await ports.approvals.find(approval.number);
  // Somebody may have decided between the two readings; only what stands still is compared.
  if (current?.revision !== approval.revision) return uncountedNow(middle, voting);
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
    const problem = await edited(middle, voting);
    if (problem) return problem;
  }
  const approval = await seen(middle, voting.approval, risks);
  if (approval === undefined) return uncountedNow(middle, voting);
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
