/** PostgreSQL's codes for what was undone as a whole and may succeed when it is tried again. */
const CODES: ReadonlySet<unknown> = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '57014', // statement_timeout
  '53300', // too many connections
]);

// The pool gives its own failures no code.
const POOL_IS_EXHAUSTED = 'timeout exceeded when trying to connect';

/**
 * Whether a transaction certainly changed nothing and may be tried again. A lost connection is not among these: the
 * commit may have reached the server before.
 */
export const isTransient = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && CODES.has(error.code)) || error.message === POOL_IS_EXHAUSTED);
