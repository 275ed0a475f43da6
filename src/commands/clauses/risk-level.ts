import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { placeOf, sayings } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { missing } from '../values/missing.ts';
import type { Clause } from './clause.ts';
import { finish, LEVELS, type Level, levelFirst, levelsAt, OR_MORE } from './levels.ts';
import { atRisk } from './risk-state.ts';

const HYPHENATED: ReadonlyMap<string, Level> = new Map<string, Level>([
  ['high-risk', 'high'],
  ['medium-risk', 'medium'],
  ['low-risk', 'low'],
]);

/** "high risk sign-ins": the level before its name. */
export const riskBefore: Clause = {
  name: 'high risk',
  variant: true,
  doc: 'The risk level: low, medium, high, "medium or higher"; "at sign-in time" for the level as it was then.',
  examples: [
    'high risk sign-ins for user@contoso.com',
    'medium or higher risk today',
    'high risk at sign-in time since Monday',
  ],
  words: [...LEVELS.keys(), ...OR_MORE.keys(), 'at least', 'minimum', 'at most', ...HYPHENATED.keys()],
  read: (phrase, at, said, start) => {
    const level = HYPHENATED.get(said);
    if (level === undefined) return levelFirst(phrase, start);
    const next = ['level', 'levels'].includes(wordAt(phrase.tokens, at)) ? at + 1 : at;
    return finish(phrase.tokens, { levels: [level], next }, false);
  },
};

const THEN = new Set(
  wordsIn(`
  risklevelduringsignin, real-time risk, real-time risk level, risk level during sign-in,
  risk during sign-in, risk level at sign-in, risk at sign-in, risk at sign-in time,
  risk level at sign-in time
`),
);

/** "risk level high": the level after its name. */
export const riskLevel: Clause = {
  name: 'risk level',
  doc: 'The risk level: none, low, medium, high or hidden; real-time risk is the level at sign-in time.',
  examples: ['risk level high last 24h', 'sign-ins with real-time risk medium or higher today'],
  words: [
    'risk level',
    'risk levels',
    'level',
    'risk',
    'at risk level',
    'aggregated risk',
    'aggregated risk level',
    'risklevelaggregated',
    'risklevel',
    'sign-in risk',
    'sign-in risk level',
    ...THEN,
  ],
  read: (phrase, at, said) => {
    const start = skipArticles(phrase, at);
    const list = levelsAt(phrase.tokens, start);
    if (list !== undefined) return finish(phrase.tokens, list, THEN.has(said));
    if (said === 'risk') return atRisk(at);
    const token = phrase.tokens[start];
    if (token === undefined || phrase.begins(start)) {
      return missing(phrase, at, 'a level', 'risk level high last 24h');
    }
    return {
      problem: 'bad-value',
      what: `"${token.text}" is not a risk level.`,
      why: 'The levels are none, low, medium, high and hidden.',
      next: 'For example: risk level high last 24h',
      suggestions: sayings(
        ...['high', 'medium or higher'].map(
          (level) => phrase.text.slice(0, token.start) + level + phrase.text.slice(token.end),
        ),
      ),
      at: placeOf(token, token),
    };
  },
};
