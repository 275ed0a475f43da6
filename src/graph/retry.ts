import type { GraphProblem } from '../entra/graph-problem.ts';

/** How often and how patiently a request is repeated. */
export interface RetryPolicy {
  /** How often a request is repeated after an answer that says "later". */
  readonly retries: number;
  /** Milliseconds: a longer Retry-After is not waited for. */
  readonly longestWait: number;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

const FIRST_WAIT = 1000;

/** How many milliseconds everybody holds back after a 429 that is not repeated. */
export const pauseAfter = (
  { retryAfter = 0 }: GraphProblem,
  { longestWait }: Pick<RetryPolicy, 'longestWait'>,
): number => (retryAfter > 0 ? Math.min(retryAfter * 1000, longestWait) : FIRST_WAIT);

/** Answers that are sometimes a slip of the service: one more try, at once. */
const ONCE: ReadonlySet<GraphProblem['kind']> = new Set(['no-licence', 'token-rejected', 'not-json']);

/** Which answers are repeated at all, and how often at most. */
const attemptsFor = ({ kind, status }: GraphProblem, retries: number): number => {
  if (ONCE.has(kind)) return 1;
  // The window is too wide for the gateway; a second time-out is answered with a narrower one.
  if (kind === 'gateway-timeout') return Math.min(1, retries);
  return kind === 'throttled' || kind === 'unreachable' || status === 503 ? retries : 0;
};

/**
 * How many milliseconds to wait before a GET is repeated, or undefined when it is not: as long as Graph asks, else
 * doubling from about a second. Only for reading.
 *
 * @param repeated how often the request was repeated for this kind of problem already
 */
export const waitBefore = (
  problem: GraphProblem,
  repeated: number,
  { retries, longestWait, random }: RetryPolicy,
): number | undefined => {
  if (repeated >= attemptsFor(problem, retries)) return undefined;
  if (ONCE.has(problem.kind)) return 0;
  const asked = (problem.retryAfter ?? 0) * 1000;
  // "Retry-After: 0", or a date that has passed, is no leave to try at once.
  if (asked > 0) return asked <= longestWait ? asked : undefined;
  return Math.min(longestWait, FIRST_WAIT * 2 ** repeated * (0.5 + random()));
};
