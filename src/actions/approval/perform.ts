import { createHash } from 'node:crypto';
import type { Performed } from '../../entra/effects.ts';
import type { GraphProblem } from '../../entra/graph-problem.ts';
import { type ChangeEvent, FLAGMAN } from '../../entra/ledger-event.ts';
import type { Action } from '../action.ts';
import type { Approval, ApprovalState, Moved, Target } from '../approval.ts';
import type { Ballot } from './decide.ts';
import { eachTarget, move, moveOn, moveQuietly, outcome, targetAt } from './move.ts';
import { isSettled, type Progress, type ProgressAt } from './progress.ts';
import { FIRST_PAUSE_MS, leaseOf, pauseAfter, type Step, stepTo, type Turn } from './step.ts';

// How an approval is carried out, as a pure machine: the worker does what these functions decide. Times are epoch
// milliseconds, durations milliseconds.

/** What a process sent that is gone may have been done as late as its lease allowed: the log has its time from then on. */
const sentUntil = (approval: Approval, until: number): Approval['targets'] =>
  eachTarget(approval, (target) => {
    const { progress } = target;
    return progress.at === 'sent' ? { ...target, progress: { ...progress, since: until } } : target;
  });

/** Takes an approval that is due; undefined when it is not due, or another owner has it. */
export const claim = (approval: Approval, turn: Turn): Moved | undefined => {
  const { state, lease, dueAt } = approval;
  if (state !== 'approved' && state !== 'running') return undefined;
  if (dueAt === undefined || dueAt > turn.now || (lease && lease.until > turn.now)) return undefined;
  const fence = approval.fence + 1;
  const targets = lease ? sentUntil(approval, lease.until) : approval.targets;
  return move(
    approval,
    { state: 'running', lease: leaseOf(turn), fence, targets },
    { kind: 'claimed', by: FLAGMAN, at: turn.now, facts: { fence }, unseen: state === 'running' },
  );
};

/** The intent, which has to be on record before a byte of the change is sent. */
export const intend = (approval: Approval, action: Action, step: Step, clientRequestId: string): Moved => {
  const { signIn, progress } = targetAt(approval, step.index);
  if (progress.at !== 'waiting') throw new RangeError('Only what waits can be sent.');
  const { now } = step.turn;
  const attempts = progress.attempts + 1;
  const sent = { at: 'sent', attempts, doubts: progress.doubts + 1, since: now, reads: 0 } as const;
  const effect = JSON.stringify(action.perform(signIn));
  return stepTo(
    approval,
    step,
    { ...sent, dueAt: now + FIRST_PAUSE_MS },
    {
      kind: 'intent',
      unseen: true,
      facts: {
        attempt: attempts,
        fence: approval.fence,
        clientRequestId,
        effect: createHash('sha256').update(effect).digest('base64'),
      },
    },
  );
};

/**
 * Whether what was intended can still be sent: the change has its own end, and the other half of the lease is for the
 * POST, so that whoever takes over finds nothing under way.
 */
export const mayStillSend = ({ lease, performBy = 0 }: Approval, { now, leaseMs }: Turn): boolean =>
  lease !== undefined && now < performBy && now < lease.until - leaseMs / 2;

const problemFacts = ({ kind, status, requestId }: GraphProblem): ChangeEvent['facts'] => ({
  problem: kind,
  ...(status !== undefined && { status }),
  ...(requestId !== undefined && { graphRequest: requestId }),
});

/** How the POST ended. */
export const answered = (approval: Approval, step: Step, performed: Performed): Moved => {
  const { progress } = targetAt(approval, step.index);
  if (progress.at !== 'sent') throw new RangeError('Nothing was sent.');
  const { now } = step.turn;
  const { attempts, doubts } = progress;
  const facts = {
    outcome: performed.outcome,
    ...('problem' in performed && problemFacts(performed.problem)),
  };
  const end = (to: Progress, unseen = false): Moved =>
    stepTo(approval, step, to, { kind: 'outcome', facts, unseen });
  switch (performed.outcome) {
    case 'done':
      return end({ at: 'done', how: 'accepted', since: now, reads: 0, dueAt: now + FIRST_PAUSE_MS });
    case 'refused':
      return end({ at: 'failed', why: performed.problem.kind });
    case 'not-done': {
      const asked = (performed.problem.retryAfter ?? 0) * 1000;
      const dueAt = now + Math.max(asked, pauseAfter(attempts));
      return end({ at: 'waiting', attempts, doubts: doubts - 1, dueAt }, true);
    }
    case 'ambiguous':
      // It may have been done at the very end.
      return end({ ...progress, since: now, dueAt: now + FIRST_PAUSE_MS });
  }
};

/** Gives up what was not sent yet; what was sent is still read back. */
export const stop = (
  approval: Approval,
  why: ProgressAt<'stopped'>['why'],
  { now, ...turn }: Turn,
  facts: ChangeEvent['facts'],
): Moved =>
  move(
    approval,
    {
      lease: leaseOf({ now, ...turn }),
      targets: eachTarget(approval, (target) =>
        target.progress.at === 'waiting' ? { ...target, progress: { at: 'stopped', why } } : target,
      ),
    },
    { kind: 'outcome', by: FLAGMAN, at: now, facts: { ...facts, why } },
  );

/** Waits with everything that was not sent yet, since something could not be read now. */
export const putOff = (approval: Approval, turn: Turn): Moved => {
  const { now } = turn;
  const isTooLate = approval.performBy === undefined || now >= approval.performBy;
  const targets = eachTarget(approval, (target): Target => {
    const { progress } = target;
    if (progress.at !== 'waiting') return target;
    if (isTooLate) return { ...target, progress: { at: 'failed', why: 'too-late' } };
    const attempts = progress.attempts + 1;
    return { ...target, progress: { ...progress, attempts, dueAt: now + pauseAfter(attempts) } };
  });
  const next = { targets, lease: leaseOf(turn) };
  if (!isTooLate) return moveQuietly(approval, next);
  return move(approval, next, { kind: 'outcome', by: FLAGMAN, at: now, facts: { why: 'too-late' } });
};

/** How it ended, from how each target did; all of them are settled. */
const endOf = (targets: readonly Target[]): ApprovalState => {
  const all = targets.map(({ progress }) => progress);
  const rest = all.filter(({ at }) => at !== 'done');
  if (rest.length === 0) return 'done';
  if (rest.some(({ at }) => at === 'unknown')) return 'unknown';
  if (rest.every(({ at }) => at === 'conflict')) return 'conflict';
  if (rest.length < all.length) return 'failed';
  const stopped = rest.filter((one) => one.at === 'stopped');
  if (stopped.length < rest.length) return 'failed';
  return stopped.every(({ why }) => why === 'role') ? 'revoked' : 'void';
};

/** Lets go of an approval: ended, or to be taken up again when it is due. */
export const release = (approval: Approval, { now }: Pick<Turn, 'now'>): Moved => {
  const { lease: _lease, ...free } = approval;
  const { targets } = approval;
  if (targets.every(({ progress }) => isSettled(progress)))
    return move(
      free,
      { state: endOf(targets) },
      { kind: 'ended', by: FLAGMAN, at: now, notices: outcome(approval) },
    );
  const isSent = targets.some(({ progress }) => progress.at === 'sent');
  return move(
    free,
    { state: isSent ? 'running' : 'approved' },
    { kind: 'released', by: FLAGMAN, at: now, unseen: true },
  );
};

/**
 * The store does not hold what the ledger says: nothing more is sent, and people have to look at what was. All in one
 * change, since the ledger takes over what its entries are about.
 */
export const endAsEdited = (approval: Approval, now: number): Moved => {
  const { lease: _lease, ...free } = approval;
  const targets = eachTarget(approval, (target): Target => {
    const { at } = target.progress;
    // Nothing was sent before anybody claimed it; after that not even what waits or is done is known from such a row.
    if (at === 'waiting' && approval.fence === 0)
      return { ...target, progress: { at: 'stopped', why: 'edited' } };
    const isOpenOrDone = at === 'waiting' || at === 'sent' || at === 'done';
    return isOpenOrDone ? { ...target, progress: { at: 'unknown', since: now } } : target;
  });
  const facts = { why: 'edited' };
  const stopped = move(free, { targets }, { kind: 'outcome', by: FLAGMAN, at: now, facts });
  return moveOn(stopped, (one) => release(one, { now }));
};

/** A role holder says how what nobody can tell has ended. Undefined when there is nothing to say. */
export const resolve = (
  approval: Approval,
  { by, at, version, role, activityId }: Ballot,
  as: 'done' | 'failed',
): Moved | undefined => {
  if (approval.state !== 'unknown' || version !== approval.version) return undefined;
  const to: Progress =
    as === 'done' ? { at: 'done', how: 'resolved', since: at, reads: 0 } : { at: 'failed', why: 'resolved' };
  const targets = eachTarget(approval, (target) =>
    target.progress.at === 'unknown' ? { ...target, progress: to } : target,
  );
  return move(
    approval,
    { targets, state: endOf(targets) },
    {
      kind: 'resolved',
      by,
      at,
      facts: { as, activity: activityId, ...(role !== undefined && { role }) },
      notices: outcome(approval),
    },
  );
};
