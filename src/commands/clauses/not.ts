import type { Condition } from '../../entra/condition.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, placeOf, sayings } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { readCountry } from '../values/country.ts';
import { readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import { skipFillers } from './beyond.ts';
import type { Clause, ClauseReading, Match, Phrase } from './clause.ts';
import { either, eq, not } from './conditions.ts';

const EXAMPLE = 'failed sign-ins for user@contoso.com not from US last 24h';

/** What must not hold. Flags turn round; of event types Graph itself can test "another than". */
const opposite = (condition: Condition): Condition => {
  if (condition.op === 'eq' && typeof condition.value === 'boolean') {
    return { ...condition, value: !condition.value };
  }
  if (condition.op === 'any' && condition.property === 'signInEventTypes' && condition.values.length === 1) {
    return { ...condition, is: condition.is === 'eq' ? 'ne' : 'eq' };
  }
  return not(condition);
};

const demandsOf = (match: Match): readonly Condition[] => [
  ...(match.either ? [either(match.either)] : []),
  ...(match.must ?? []),
];

/** "except Norway": a country without its preposition. */
const countryAt = (phrase: Phrase, at: number): ClauseReading => {
  const list = readList(phrase, at, readCountry);
  if (list === undefined || isProblem(list)) return list;
  return { next: list.next, either: list.values.map((code) => eq('location/countryOrRegion', code)) };
};

const notUnderstood = (phrase: Phrase, at: number, isTime: boolean): Problem => {
  const token = phrase.tokens[at];
  if (token === undefined) return missing(phrase, at, 'something to leave out', EXAMPLE);
  return {
    problem: 'unknown-word',
    what: isTime
      ? 'A time cannot be left out.'
      : `What is to be left out with "${token.text}" was not understood.`,
    why: 'Apps, users, addresses, countries, codes and the like can be left out; times cannot.',
    next: `For example: ${EXAMPLE}`,
    suggestions: isTime ? sayings(EXAMPLE) : [],
    at: placeOf(token, token),
  };
};

/** "everything but …"; elsewhere "but" goes on: "failed but flagged". */
const ALL = new Set(
  wordsIn(`
  everything, all, everyone, everybody, anyone, anything, anywhere, everywhere
`),
);

/** "not from US", "except app Teams": Graph has no such operator, so the rows are tested. */
export const except: Clause = {
  name: 'except',
  doc: 'Leaves out what follows; Flagman tests it itself.',
  examples: [
    EXAMPLE,
    'sign-ins for user@contoso.com except app Teams',
    'sign-ins for user@contoso.com excluding 203.0.113.7',
  ],
  words: [
    ...['not', 'except', 'except for', 'excluding', 'exclude', 'excludes', 'without', 'but', 'other than'],
    ...['ignoring', 'ignore', 'minus', 'apart from', 'aside from', 'leaving out', 'non'],
  ],
  read: (phrase, at, said, start) => {
    if (said === 'but' && !ALL.has(wordAt(phrase.tokens, start - 1))) return undefined;
    const articles = skipArticles(phrase, at);
    const found = countryAt(phrase, articles);
    const from = found ? articles : skipFillers(phrase, articles);
    const match = found ?? phrase.clauseAt(from);
    if (isProblem(match)) return match;
    const demands = match === undefined ? [] : demandsOf(match);
    const [only, ...others] = demands;
    if (match === undefined || only === undefined) {
      return notUnderstood(phrase, from, match?.window !== undefined);
    }
    const condition: Condition = others.length === 0 ? only : { op: 'and', of: demands };
    return { next: match.next, must: [opposite(condition)], ...(match.noun && { noun: match.noun }) };
  },
};
