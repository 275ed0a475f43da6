import { type ChangeEvent, FLAGMAN } from '../../entra/ledger-event.ts';
import type { Approval, Moved } from '../approval.ts';
import { type Change, eachTarget, move, moveQuietly, targetAt } from './move.ts';
import type { Progress } from './progress.ts';

export const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Doubling pauses: 1 s, 2 s, 4 s, … 30 s. */
export const pauseAfter = (tries: number): number => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);

/** Who carries out, until when at least, and the time now. */
export interface Turn {
  readonly owner: string;
  readonly now: number;
  readonly leaseMs: number;
}

/** The lease of whoever does a step; every step makes it longer. */
export const leaseOf = ({ owner, now, leaseMs }: Turn) => ({ owner, until: now + leaseMs });

const withProgress = (approval: Approval, at: number, progress: Progress): Approval['targets'] =>
  eachTarget(approval, (target, index) => (index === at ? { ...target, progress } : target));

/** Which target, and in whose turn. */
export interface Step {
  readonly index: number;
  readonly turn: Turn;
}

const after = (approval: Approval, { index, turn }: Step, progress: Progress) => ({
  targets: withProgress(approval, index, progress),
  ...(approval.lease && { lease: leaseOf(turn) }),
});

/** A target goes from one progress to another. */
export const stepTo = (
  approval: Approval,
  step: Step,
  progress: Progress,
  change: Pick<Change, 'kind' | 'unseen'> & { readonly facts?: ChangeEvent['facts'] },
): Moved =>
  move(approval, after(approval, step, progress), {
    ...change,
    by: FLAGMAN,
    at: step.turn.now,
    facts: { ...change.facts, target: targetAt(approval, step.index).signIn.id, at: progress.at },
  });

/** Waits with a target, without a word in the ledger: nothing happened. */
export const wait = (approval: Approval, step: Step, progress: Progress): Moved =>
  moveQuietly(approval, after(approval, step, progress));
