import { isoOf } from '../lib/time.ts';
import type { Bound, Query } from './query.ts';

const roll = (bound: Bound, now: number, outwards: (seconds: number) => number): Bound =>
  bound.secondsAgo === undefined
    ? bound
    : { ...bound, at: isoOf(outwards(now / 1000 - bound.secondsAgo) * 1000) };

/**
 * The same question at another moment: bounds that roll with the clock ("last 24h") move on, fixed ones stay.
 * `now` is epoch milliseconds; bounds become whole seconds, rounded outwards.
 */
export const rollForward = (query: Query, now: number): Query => {
  const { from, to } = query.window;
  return {
    ...query,
    window: {
      ...(from ? { from: roll(from, now, Math.floor) } : {}),
      ...(to ? { to: roll(to, now, Math.ceil) } : {}),
    },
    ...(query.otherwise ? { otherwise: rollForward(query.otherwise, now) } : {}),
  };
};
