import { MOST_TARGETS } from '../../actions/list.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { Wish } from '../command.ts';
import { type Token, wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, placeOf, sayings } from '../problem.ts';
import { readGuid } from '../values/guid.ts';
import type { Item } from '../values/list.ts';

/** The sign-ins that a change is asked for. */
export type Targets = Extract<Wish, { readonly wish: 'request' }>['targets'];

/** Words that may stand before a target. */
const BEFORE = new Set(
  wordsIn(`
    the, of, for, on, sign-in, sign-ins, signin, signins, sign, in, login, logins, logon, logons, with,
    request, trace, id, ids, these, those, this, that, both, risk
  `),
);

/** Words after which a row may be named without its #. */
const ROWS = new Set(['row', 'rows', 'number', 'numbers', 'line', 'lines']);

const JOINTS = new Set(['and', '&', 'plus', '+']);

const TO = new Set(['to', 'through', 'thru']);

/** More rows than a card or an answer has. */
const LAST_ROW = 1000;

const badRow = (token: Token): Problem => ({
  problem: 'bad-number',
  what: `"${token.text}" is not the number of a row.`,
  why: `Rows count from #1 to #${LAST_ROW}; several are named as #1 #3 or #1-3.`,
  next: 'For example: confirm compromised #1 #3 reason: user denies travel',
  suggestions: [],
  at: placeOf(token, token),
});

const tooMany = (first: Token, last: Token): Problem => ({
  problem: 'too-broad',
  what: `One request holds at most ${MOST_TARGETS} sign-ins.`,
  why: 'Whoever decides has to look at each of them.',
  next: 'Ask for several requests, one after the other.',
  suggestions: [],
  at: placeOf(first, last),
});

const mixed = (first: Token, last: Token): Problem => ({
  problem: 'contradiction',
  what: 'Rows and request ids cannot be named together.',
  why: 'Rows belong to one card, and ids to any sign-in: mixed, it is easily the wrong one.',
  next: 'Name all of them as rows, or all of them by their ids.',
  suggestions: sayings('help confirm compromised'),
  at: placeOf(first, last),
});

/** A row, or some in a row. */
interface Rows {
  readonly from: number;
  readonly to: number;
}

type Named = Rows | { readonly id: string };

/** The rows that one token names; without a # only where a word says that they are rows. */
const rowsIn = (token: Token, isBare: boolean): Rows | Problem | undefined => {
  const { lower } = token;
  if (!lower.startsWith('#') && !(isBare && /^\d/.test(lower))) return undefined;
  const [, first, last = first] = /^#?(\d{1,4})(?:-#?(\d{1,4}))?$/.exec(lower) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return from >= 1 && from <= to && to <= LAST_ROW ? { from, to } : badRow(token);
};

/** "#1 to #3": the rows up to the one that follows, if one does. */
const upTo = ({ tokens }: Phrase, { value, next }: Item<Rows>, isBare: boolean): Item<Rows> | Problem => {
  const token = tokens[next + 1];
  const end = token && TO.has(wordAt(tokens, next)) ? rowsIn(token, isBare) : undefined;
  if (token === undefined || end === undefined) return { value, next };
  if (isProblem(end)) return end;
  return end.to < value.from ? badRow(token) : { value: { from: value.from, to: end.to }, next: next + 2 };
};

const namedAt = (phrase: Phrase, at: number, isBare: boolean): Item<Named> | Problem | undefined => {
  const token = phrase.tokens[at];
  if (token === undefined || token.quoted) return undefined;
  const rows = rowsIn(token, isBare);
  if (isProblem(rows)) return rows;
  if (rows) return upTo(phrase, { value: rows, next: at + 1 }, isBare);
  const id = readGuid(phrase, at);
  return id === undefined || isProblem(id) ? id : { value: { id: id.value }, next: id.next };
};

/** Index of the first token that does not stand before targets, and whether rows need no # there. */
export const skipBefore = (
  { tokens }: Phrase,
  at: number,
): { readonly next: number; readonly isBare: boolean } => {
  let next = at;
  let isBare = false;
  while (BEFORE.has(wordAt(tokens, next)) || ROWS.has(wordAt(tokens, next))) {
    isBare ||= ROWS.has(wordAt(tokens, next));
    next += 1;
  }
  return { next, isBare };
};

/** A colon ends the targets: what follows is the reason, whatever it begins with. */
const isAnnounced = ({ tokens, text }: Phrase, at: number): boolean =>
  text.slice(tokens[at - 1]?.end, tokens[at]?.start).includes(':');

/** Where the next target may begin: behind a joint, and there and behind a comma behind words like "row". */
const nextTarget = (phrase: Phrase, at: number) => {
  if (isAnnounced(phrase, at)) return undefined;
  const isJoined = JOINTS.has(wordAt(phrase.tokens, at));
  if (isJoined) return skipBefore(phrase, at + 1);
  return phrase.tokens[at]?.comma ? skipBefore(phrase, at) : { next: at, isBare: false };
};

interface Found {
  readonly named: readonly Named[];
  readonly next: number;
}

/** Everything that is named in a row, with "and", commas or nothing between. */
const allNamed = (phrase: Phrase, at: number): Found | Problem => {
  const named: Named[] = [];
  let start: ReturnType<typeof nextTarget> = skipBefore(phrase, at);
  let isBare = false;
  let next = at;
  while (start !== undefined) {
    isBare ||= start.isBare;
    const found = namedAt(phrase, start.next, isBare);
    if (isProblem(found)) return found;
    if (found === undefined) break;
    named.push(found.value);
    next = found.next;
    start = nextTarget(phrase, next);
  }
  return { named, next };
};

const numbersOf = ({ from, to }: Rows): readonly number[] =>
  Array.from({ length: Math.min(to - from, MOST_TARGETS) + 1 }, (_, index) => from + index);

/**
 * Reads rows ("#1 #3", "#1-3", "rows 1 and 3") or request ids, each once, in the order in which they were named;
 * undefined where there are none.
 */
export const readTargets = (phrase: Phrase, at: number): Item<Targets> | Problem | undefined => {
  const found = allNamed(phrase, at);
  if (isProblem(found)) return found;
  const { named, next } = found;
  const [row, ...rows] = new Set(named.flatMap((one) => ('from' in one ? numbersOf(one) : [])));
  const [id, ...ids] = new Set(named.flatMap((one) => ('id' in one ? [one.id] : [])));
  const [first, last] = [phrase.tokens[at], phrase.tokens[next - 1]];
  if (first === undefined || last === undefined) return undefined;
  if (row !== undefined && id !== undefined) return mixed(first, last);
  if (rows.length >= MOST_TARGETS || ids.length >= MOST_TARGETS) return tooMany(first, last);
  if (row !== undefined) return { value: { rows: [row, ...rows] }, next };
  return id === undefined ? undefined : { value: { ids: [id, ...ids] }, next };
};
