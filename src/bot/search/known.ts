import { type Condition, isById, namesEventTypes } from '../../entra/condition.ts';
import { isWithin, matches } from '../../entra/matches.ts';
import type { Found, Query, SignInAnswer } from '../../entra/query.ts';
import { keyOf } from '../../entra/query-key.ts';
import { isoOf } from '../../lib/time.ts';

const SECOND = 1_000;

/** What makes Graph look at other rows, not at fewer: other kinds of sign-in, or for an id the whole retention. */
const looksElsewhere = (condition: Condition): boolean => namesEventTypes(condition) || isById(condition);

/** Whether whatever belongs to the one question belongs to the known one too, as far as their words tell. */
export const narrows = (asked: Query, known: Query): boolean => {
  if (known.limit !== undefined || known.otherwise || asked.otherwise) return false;
  if (keyOf(asked.window) !== keyOf(known.window)) return false;
  const kept = new Set(known.where.map(keyOf));
  const more = asked.where.filter((condition) => !kept.has(keyOf(condition)));
  const demanded = new Set(asked.where.map(keyOf));
  return known.where.every((condition) => demanded.has(keyOf(condition))) && !more.some(looksElsewhere);
};

/** From when on the question asks by now: a window that rolls with the clock has rolled on since it was read. */
const fromNow = ({ window }: Query, { scope, fetchedAt }: SignInAnswer, now: number): string => {
  const wholeSeconds = (ms: number): number => Math.floor(ms / SECOND) * SECOND;
  const read = wholeSeconds(Date.parse(fetchedAt));
  const ago = scope.why === 'default' ? (read - Date.parse(scope.from)) / SECOND : window.from?.secondsAgo;
  if (ago === undefined) return scope.from;
  return isoOf(Math.max(Date.parse(scope.from), wholeSeconds(now) - ago * SECOND));
};

const narrowed = (where: readonly Condition[], { signIn, confirmed }: Found): Found[] => {
  const found = where.map((condition) => matches(condition, signIn));
  if (found.includes('no')) return [];
  return [{ signIn, confirmed: confirmed && !found.includes('unknown') }];
};

const NARROWED = 'what the question says more than the one that Graph was asked';

/**
 * What is known of a question from an answer that was read: undefined where it may not be all of it. Every row belongs
 * to what is asked now, and the scope says what was read, not what would be read now.
 *
 * @param now epoch milliseconds
 */
export const answerFrom = (known: SignInAnswer, asked: Query, now: number): SignInAnswer | undefined => {
  const isSame = keyOf(asked) === keyOf(known.query);
  if (!isSame && !(known.verdict.finished && narrows(asked, known.query))) return undefined;
  const from = fromNow(asked, known, now);
  const start = { from: { at: from, inclusive: asked.window.from?.inclusive ?? true } };
  // What was read for this very question was tested then, and may answer what is asked where it finds nothing.
  const rows = known.rows
    .filter(({ signIn }) => isWithin(start, signIn.createdDateTime))
    .flatMap((found) => (isSame ? [found] : narrowed(asked.where, found)));
  return {
    ...known,
    query: asked,
    rows: rows.slice(0, asked.limit),
    dropped: known.dropped + known.rows.length - rows.length,
    scope: { ...known.scope, from },
    ...(!isSame && { secondPass: [...known.secondPass, NARROWED] }),
  };
};
