import type { Phrase } from '../clauses/clause.ts';
import { isProblem, type Problem } from '../problem.ts';

/** One value of a list, and the index of the first token after it. */
export interface Item<Value> {
  readonly value: Value;
  readonly next: number;
}

export interface List<Value> {
  readonly values: readonly Value[];
  readonly next: number;
}

const JOINTS = new Set(['or', 'and', '&', 'and/or', 'plus', 'nor']);

/** Index of the value after a comma, "or" or "and"; undefined where the list ends. */
const afterJoint = (phrase: Phrase, at: number): number | undefined => {
  const token = phrase.tokens[at];
  if (token === undefined) return undefined;
  if (!token.quoted && JOINTS.has(token.lower)) return at + 1;
  return token.comma ? at : undefined;
};

/**
 * Reads "a, b and c". The first value decides whether there is a list at all; a later one that is no value of
 * this kind ends it ("from US and flagged"), one that is wrong is a problem.
 */
export const readList = <Value>(
  phrase: Phrase,
  at: number,
  readOne: (phrase: Phrase, at: number) => Item<Value> | Problem | undefined,
): List<Value> | Problem | undefined => {
  const first = readOne(phrase, at);
  if (first === undefined || isProblem(first)) return first;
  const values = [first.value];
  let next = first.next;
  for (;;) {
    const follows = afterJoint(phrase, next);
    const item = follows === undefined ? undefined : readOne(phrase, follows);
    if (isProblem(item)) return item;
    if (item === undefined) return { values, next };
    values.push(item.value);
    next = item.next;
  }
};
