/** PostgreSQL's codes for what was undone as a whole and may succeed when it is tried again. */
const CODES: ReadonlySet<unknown> = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '57014', // statement_timeout
  '53300', // too many connections
]);

// The pool gives its own failures no code.
const POOL_IS_EXHAUSTED = 'timeout exceeded when trying to connect';

/** The code that a database's own errors carry. Native modules make errors that are no instance of our Error. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/**
 * Whether a transaction certainly changed nothing and may be tried again. A lost connection is not among these: the
 * commit may have reached the server before.
 */
export const isTransient = (error: unknown): boolean =>
  CODES.has(codeOf(error)) || (error instanceof Error && error.message === POOL_IS_EXHAUSTED);
