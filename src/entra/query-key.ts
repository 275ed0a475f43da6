import type { Condition } from './condition.ts';
import type { Query, Window } from './query.ts';

/** Equal for what means the same before "now" is filled in: a bound that rolls with the clock counts by its distance. */
export const keyOf = (asked: Query | Window | Condition): string =>
  JSON.stringify(asked, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && 'secondsAgo' in value && value.secondsAgo !== undefined
      ? { ...value, at: '' }
      : value,
  );
