import type { GraphProblem } from '../../entra/graph-problem.ts';
import type { ChangeEvent } from '../../entra/ledger-event.ts';
import { type Risk, riskChange } from '../../entra/risk.ts';
import type { Action } from '../action.ts';
import type { Approval, Moved, Target } from '../approval.ts';
import type { Progress } from './progress.ts';
import { pauseAfter, type Step, stepTo, wait } from './step.ts';

/** When it is no longer hoped that Graph will tell, and when the proof of a change is no longer waited for. */
const GIVE_UP_MS = 30 * 60_000;
const PROOF_MS = 15 * 60_000;

/** What is known of a target when it is its turn. */
export type Known =
  | { readonly known: true; readonly risk: Risk }
  | { readonly known: false; readonly problem: GraphProblem };

/** What to do about one target: settle it or wait (`move`), or send the change (`send`). */
export type Verdict = { readonly do: 'move'; readonly moved: Moved } | { readonly do: 'send' };

const settled = (moved: Moved): Verdict => ({ do: 'move', moved });

/** The last check before a change is sent. */
const check = (approval: Approval, action: Action, step: Step, target: Target, known: Known): Verdict => {
  const { progress, before } = target;
  const { now } = step.turn;
  if (progress.at !== 'waiting') throw new RangeError('Only what waits can be checked.');
  const end = (to: Progress, facts: ChangeEvent['facts'] = {}): Verdict =>
    settled(stepTo(approval, step, to, { kind: 'outcome', facts }));
  if (approval.performBy === undefined || now >= approval.performBy)
    return end({ at: 'failed', why: 'too-late' }, { why: 'too-late' });
  if (!known.known) {
    if (known.problem.kind === 'not-found')
      return end({ at: 'failed', why: 'not-found' }, { why: 'not-found' });
    const attempts = progress.attempts + 1;
    return settled(wait(approval, step, { ...progress, attempts, dueAt: now + pauseAfter(attempts) }));
  }
  if (action.isWished(known.risk))
    return end({ at: 'done', how: 'already', since: now, reads: 0, now: known.risk }, { how: 'already' });
  const change = riskChange(before, known.risk);
  if (change === 'decided') return end({ at: 'conflict', now: known.risk });
  return change === 'lower' ? end({ at: 'stopped', why: 'lower' }, { why: 'lower' }) : { do: 'send' };
};

/** What reading back tells of a change of which nobody knows how it ended. */
const readBack = (
  approval: Approval,
  action: Action,
  step: Step,
  target: Target,
  known: Known,
  settleMs: number,
): Moved => {
  const { progress, before } = target;
  const { now } = step.turn;
  if (progress.at !== 'sent') throw new RangeError('Only what was sent can be read back.');
  const end = (to: Progress, facts: ChangeEvent['facts'] = {}): Moved =>
    stepTo(approval, step, to, { kind: 'outcome', facts });
  if (known.known) {
    const { risk } = known;
    if (action.isWished(risk)) {
      const how = action.isOurs(risk) ? 'read-back' : 'already';
      return end({ at: 'done', how, since: now, reads: 0, now: risk }, { how });
    }
    if (riskChange(before, risk) === 'decided') return end({ at: 'conflict', now: risk });
    const isSettling = now - progress.since < settleMs;
    const mayRepeat = progress.doubts <= action.repeats && now < (approval.performBy ?? 0);
    if (!isSettling && mayRepeat) {
      const { attempts, doubts } = progress;
      return end({ at: 'waiting', attempts, doubts, dueAt: now }, { how: 'read-back' });
    }
  }
  if (now - progress.since >= GIVE_UP_MS) return end({ at: 'unknown', since: now });
  const reads = progress.reads + 1;
  return wait(approval, step, { ...progress, reads, dueAt: now + pauseAfter(reads) });
};

/** Looks for the proof of what Graph accepted. */
const prove = (approval: Approval, action: Action, step: Step, target: Target, known: Known): Moved => {
  const { progress, before } = target;
  const { now } = step.turn;
  if (progress.at !== 'done') throw new RangeError('Only what was done can be proven.');
  const { dueAt: _due, ...rest } = progress;
  if (known.known && (action.isWished(known.risk) || riskChange(before, known.risk) === 'decided'))
    return stepTo(
      approval,
      step,
      { ...rest, now: known.risk },
      { kind: 'proof', facts: { state: known.risk.state, detail: known.risk.detail } },
    );
  const reads = progress.reads + 1;
  const dueAt = now + pauseAfter(reads);
  return wait(approval, step, { ...rest, reads, ...(dueAt < progress.since + PROOF_MS && { dueAt }) });
};

/** Whether it is the turn of a target. */
export const isDue = ({ progress }: Target, now: number): boolean =>
  'dueAt' in progress && progress.dueAt !== undefined && progress.dueAt <= now;

/** Decides about one target that is due, by what was just read of it. */
export const judge = (
  approval: Approval,
  action: Action,
  step: Step,
  known: Known,
  settleMs: number,
): Verdict => {
  const target = approval.targets[step.index];
  if (target === undefined) throw new RangeError('There is no such target.');
  switch (target.progress.at) {
    case 'waiting':
      return check(approval, action, step, target, known);
    case 'sent':
      return settled(readBack(approval, action, step, target, known, settleMs));
    default:
      return settled(prove(approval, action, step, target, known));
  }
};
