import type { GraphProblem } from '../../entra/graph-problem.ts';
import type { ChangeEvent } from '../../entra/ledger-event.ts';
import { type Risk, riskChange } from '../../entra/risk.ts';
import type { Action } from '../action.ts';
import type { Approval, Moved, Target } from '../approval.ts';
import { targetAt } from './move.ts';
import { dueAtOf, type Progress, type ProgressAt } from './progress.ts';
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

/** One target whose turn it is, and what was just read of it. */
interface Seen {
  readonly approval: Approval;
  readonly action: Action;
  readonly step: Step;
  readonly before: Risk;
  readonly known: Known;
}

const settled = (moved: Moved): Verdict => ({ do: 'move', moved });

const end = ({ approval, step }: Seen, to: Progress, facts: ChangeEvent['facts'] = {}): Moved =>
  stepTo(approval, step, to, { kind: 'outcome', facts });

/** The last check before a change is sent. */
const check = (seen: Seen, progress: ProgressAt<'waiting'>): Verdict => {
  const { approval, action, step, before, known } = seen;
  const { now } = step.turn;
  if (approval.performBy === undefined || now >= approval.performBy)
    return settled(end(seen, { at: 'failed', why: 'too-late' }, { why: 'too-late' }));
  if (!known.known) {
    if (known.problem.kind === 'not-found')
      return settled(end(seen, { at: 'failed', why: 'not-found' }, { why: 'not-found' }));
    const attempts = progress.attempts + 1;
    return settled(wait(approval, step, { ...progress, attempts, dueAt: now + pauseAfter(attempts) }));
  }
  const { risk } = known;
  if (action.isWished(risk))
    return settled(
      end(seen, { at: 'done', how: 'already', since: now, reads: 0, now: risk }, { how: 'already' }),
    );
  const change = riskChange(before, risk);
  if (change === 'decided') return settled(end(seen, { at: 'conflict', now: risk }));
  if (change === 'lower') return settled(end(seen, { at: 'stopped', why: 'lower' }, { why: 'lower' }));
  return { do: 'send' };
};

/** What reading back tells of a change of which nobody knows how it ended. */
const readBack = (seen: Seen, progress: ProgressAt<'sent'>, settleMs: number): Moved => {
  const { approval, action, step, before, known } = seen;
  const { now } = step.turn;
  if (known.known) {
    const { risk } = known;
    if (action.isWished(risk)) {
      const how = action.isOurs(risk) ? 'read-back' : 'already';
      return end(seen, { at: 'done', how, since: now, reads: 0, now: risk }, { how });
    }
    if (riskChange(before, risk) === 'decided') return end(seen, { at: 'conflict', now: risk });
    const isSettling = now - progress.since < settleMs;
    const mayRepeat = progress.doubts <= action.repeats && now < (approval.performBy ?? 0);
    if (!isSettling && mayRepeat) {
      const { attempts, doubts } = progress;
      return end(seen, { at: 'waiting', attempts, doubts, dueAt: now }, { how: 'read-back' });
    }
  }
  if (now - progress.since >= GIVE_UP_MS) return end(seen, { at: 'unknown', since: now });
  const reads = progress.reads + 1;
  return wait(approval, step, { ...progress, reads, dueAt: now + pauseAfter(reads) });
};

/** Looks for the proof of what Graph accepted. */
const prove = ({ approval, action, step, before, known }: Seen, progress: ProgressAt<'done'>): Moved => {
  const { now } = step.turn;
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
  if (dueAt < progress.since + PROOF_MS) return wait(approval, step, { ...rest, reads, dueAt });
  // The card must not say for ever that the proof is still looked for.
  return stepTo(approval, step, { ...rest, reads }, { kind: 'proof', facts: { why: 'not-shown' } });
};

/** Whether it is the turn of a target. */
export const isDue = ({ progress }: Target, now: number): boolean => dueAtOf(progress) <= now;

/** Decides about one target that is due, by what was just read of it. */
export const judge = (
  approval: Approval,
  action: Action,
  step: Step,
  known: Known,
  settleMs: number,
): Verdict => {
  const { before, progress } = targetAt(approval, step.index);
  const seen = { approval, action, step, before, known };
  switch (progress.at) {
    case 'waiting':
      return check(seen, progress);
    case 'sent':
      return settled(readBack(seen, progress, settleMs));
    case 'done':
      return settled(prove(seen, progress));
    default:
      throw new RangeError('Nothing is left to be done about it.');
  }
};
