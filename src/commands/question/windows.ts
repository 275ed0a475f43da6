import type { Bound, Window } from '../../entra/query.ts';

const later = (one: Bound, other: Bound): Bound => {
  const [first, second] = [Date.parse(one.at), Date.parse(other.at)];
  if (first === second) return one.inclusive ? other : one;
  return first > second ? one : other;
};

const earlier = (one: Bound, other: Bound): Bound => {
  const [first, second] = [Date.parse(one.at), Date.parse(other.at)];
  if (first === second) return one.inclusive ? other : one;
  return first < second ? one : other;
};

const both = (
  one: Bound | undefined,
  other: Bound | undefined,
  pick: (one: Bound, other: Bound) => Bound,
): Bound | undefined => (one && other ? pick(one, other) : (one ?? other));

/** The time that two windows share; undefined when they share none. */
export const intersect = (one: Window, other: Window): Window | undefined => {
  const from = both(one.from, other.from, later);
  const to = both(one.to, other.to, earlier);
  if (from && to && Date.parse(from.at) > Date.parse(to.at)) return undefined;
  return { ...(from && { from }), ...(to && { to }) };
};
