import type { GraphProblemKind } from '../../entra/graph-problem.ts';
import type { Risk } from '../../entra/risk.ts';

/**
 * What was done about one target. Times are epoch milliseconds.
 * waiting: nothing was sent, or what was sent was certainly not done; sent: the intent is on record and nobody knows
 * how it ended; done: and `now` is the proof, once it was read; stopped: given up before anything was sent.
 */
export type Progress =
  | { readonly at: 'waiting'; readonly attempts: number; readonly doubts: number; readonly dueAt: number }
  | {
      readonly at: 'sent';
      readonly attempts: number;
      /** How many of the attempts may have been done. */
      readonly doubts: number;
      /** When the last attempt can have been done at the latest, as far as is known. */
      readonly since: number;
      readonly reads: number;
      readonly dueAt: number;
    }
  | {
      readonly at: 'done';
      /** accepted: Graph said so; read-back: it was found done; already: somebody had done it; resolved: a person said so. */
      readonly how: 'accepted' | 'read-back' | 'already' | 'resolved';
      readonly since: number;
      readonly reads: number;
      readonly now?: Risk;
      /** When to look for the proof; absent when it was found, or is not looked for any more. */
      readonly dueAt?: number;
    }
  | { readonly at: 'failed'; readonly why: GraphProblemKind | 'too-late' | 'resolved' }
  | { readonly at: 'conflict'; readonly now: Risk }
  | { readonly at: 'stopped'; readonly why: 'role' | 'lower' | 'edited' }
  | { readonly at: 'unknown'; readonly since: number };

/** The progress of a target that is there. */
export type ProgressAt<At extends Progress['at']> = Extract<Progress, { readonly at: At }>;

/** Whether nothing more is to be done about a target but to look for the proof. */
export const isSettled = ({ at }: Progress): boolean => at !== 'waiting' && at !== 'sent';

const NEVER = Number.POSITIVE_INFINITY;

/** When a target needs attention; infinity where it needs none. */
export const dueAtOf = ({
  dueAt = NEVER,
}: {
  readonly at: Progress['at'];
  readonly dueAt?: number;
}): number => dueAt;

/** When the first of them needs attention; undefined when none does. */
export const soonestIn = (all: readonly Progress[]): number | undefined => {
  const soonest = Math.min(...all.map(dueAtOf));
  return soonest === NEVER ? undefined : soonest;
};
