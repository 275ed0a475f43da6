// For the rest of the language: the context must carry `text`, the cleaned phrase that the tokens'
// offsets point into, because the suggestions of a Problem are that whole phrase with one part replaced.
import type { Window } from '../../entra/query.ts';
import type { Token } from '../language/tokens.ts';
import type { Problem } from '../problem.ts';
import { SHIFTS } from './day.ts';
import { PREPOSITIONS, readExpression } from './expression.ts';
import { splitRange } from './joined-range.ts';
import { WHICH } from './relative.ts';
import { isDigit, NAMED_CLOCKS } from './scan.ts';
import type { WhenContext } from './scene.ts';
import { readWindow } from './window.ts';
import { AMOUNTS, MONTHS, WEEKDAYS } from './words.ts';

export { splice, type WhenContext } from './scene.ts';

/** A time expression that was understood. */
export interface WhenReading {
  /** Index of the first token after it. */
  readonly next: number;
  readonly window: Window;
  /** What was assumed, a sentence each. */
  readonly notes: readonly string[];
}

/** Every word, apart from figures, that a time expression can begin with. */
const STARTS: ReadonlySet<string> = new Set(
  [PREPOSITIONS, WHICH, SHIFTS, MONTHS, WEEKDAYS, AMOUNTS, NAMED_CLOCKS]
    .flatMap((words) => [...words.keys()])
    .concat('the', 'day', 'now', 'tonight', 'overnight', 'weekend'),
);

/** After these a dash is the sign of an offset ("since 14:00-05:00"). */
const SINGLE: ReadonlySet<string> = new Set(['since', 'until', 'till', 'til', 'before', 'after', 'around']);

const readFrom = (
  tokens: readonly Token[],
  at: number,
  context: WhenContext,
): WhenReading | Problem | undefined => {
  const scene = { tokens, context };
  const said = readExpression(scene, at);
  if (said === undefined || 'problem' in said) return said;
  const read = readWindow(scene, said);
  return 'problem' in read ? read : { next: said.next, ...read };
};

/**
 * Reads the time expression that begins at a token, its preposition included. Gives the window in UTC,
 * what was assumed, and the token after it; a Problem with whole corrected phrases when there clearly is
 * one but it cannot be carried out; undefined when none begins here. Throws nothing.
 */
export const readWhen = (
  tokens: readonly Token[],
  at: number,
  context: WhenContext,
): WhenReading | Problem | undefined => {
  const first = tokens[at];
  if (first === undefined || first.quoted) return undefined;
  if (!isDigit(first.lower, 0) && !STARTS.has(first.lower)) return undefined;
  const split = splitRange(tokens, at, !SINGLE.has(first.lower));
  if (split !== undefined) {
    const read = readFrom(split.tokens, 0, context);
    if (read === undefined || 'problem' in read) return read;
    if (read.next < split.joint) return { ...read, next: at + read.next };
    if (read.next > split.joint + 1) return { ...read, next: at + read.next - 2 };
  }
  return readFrom(tokens, at, context);
};
