import type { Performed } from '../../src/entra/effects.ts';
import type { GraphProblem } from '../../src/entra/graph-problem.ts';

/** How Graph fails a POST: what it does before, and what is heard of it. */
export const FAULTS = [
  '429',
  'refused connection',
  '404',
  '503 before',
  '504 after',
  'cut before',
  'cut after',
  'hangs, then done',
] as const;

export type Fault = (typeof FAULTS)[number];

/** What is heard of a POST, what it did, and how long it took. */
export interface Answer {
  readonly performed: Performed;
  readonly isDone: boolean;
  readonly afterMs: number;
}

/** A call that ends at once. */
const SOON_MS = 20;

/** A call that takes nearly as long as it may. */
const LATE_MS = 9_500;

const answer = (
  outcome: Exclude<Performed['outcome'], 'done'>,
  problem: GraphProblem,
  isDone = false,
  afterMs = SOON_MS,
): Answer => ({ performed: { outcome, problem }, isDone, afterMs });

const ANSWERS: Readonly<Record<Fault, Answer>> = {
  '429': answer('not-done', { kind: 'throttled', status: 429, retryAfter: 7 }),
  'refused connection': answer('not-done', { kind: 'unreachable' }),
  '404': answer('refused', { kind: 'not-found', status: 404 }),
  '503 before': answer('ambiguous', { kind: 'server-error', status: 503 }),
  '504 after': answer('ambiguous', { kind: 'gateway-timeout', status: 504 }, true),
  'cut before': answer('ambiguous', { kind: 'unreachable' }),
  'cut after': answer('ambiguous', { kind: 'unreachable' }, true),
  'hangs, then done': answer('ambiguous', { kind: 'timeout' }, true, LATE_MS),
};

const WELL: Answer = { performed: { outcome: 'done' }, isDone: true, afterMs: SOON_MS };

/** How Graph answers a POST that meets this fault, or none. */
export const answerTo = (fault: Fault | undefined): Answer => (fault === undefined ? WELL : ANSWERS[fault]);
