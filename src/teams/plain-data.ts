/** The data of a button is small and shallow; what lies deeper was not written by the bot. */
const DEEPEST = 6;

// Keys by which a later merge could reach the prototype of all objects.
const POISON = new Set(['__proto__', 'constructor', 'prototype']);

const clean = (value: unknown, depth: number): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  return plainData(value, depth);
};

/** An object of parsed JSON without keys that could poison a prototype and without what is nested too deep. */
export const plainData = (value: unknown, depth = 0): Readonly<Record<string, unknown>> => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(([key]) => !POISON.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, clean(item, depth + 1)]));
};
