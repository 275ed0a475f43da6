import type { Match } from './clause.ts';
import { eq, not } from './conditions.ts';

/** Sign-ins that ended well: error code 0. */
export const succeeded = (next: number): Match => ({
  next,
  topic: 'outcome',
  either: [eq('status/errorCode', 0)],
});

/** Everything else. Graph documents only `eq` for the code, so the rows are tested. */
export const failed = (next: number): Match => ({
  next,
  topic: 'outcome',
  either: [not(eq('status/errorCode', 0))],
});
