import { isFiller } from '../language/fillers.ts';
import { type Token, wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';
import { missing } from '../values/missing.ts';
import { UNITS } from '../when/words.ts';
import type { Clause, Phrase } from './clause.ts';

const MOST = 1000;

const badNumber = (phrase: Phrase, token: Token): Problem => ({
  problem: 'bad-number',
  what: `"${token.text}" is not a number of sign-ins.`,
  why: `It has to be a whole number from 1 to ${MOST}, in the digits 0 to 9.`,
  next: 'For example: top 5',
  suggestions: sayings(`${phrase.text.slice(0, token.start)}10${phrase.text.slice(token.end)}`),
  at: placeOf(token, token),
});

const limitIn = (text: string): number | undefined =>
  /^[1-9]\d{0,3}$/.test(text) && Number(text) <= MOST ? Number(text) : undefined;

const isUnit = (token: Token | undefined): boolean => token !== undefined && UNITS.has(token.lower);

const startsNumber = ({ text, quoted }: Token): boolean => !quoted && /^[-+]?\p{Nd}/u.test(text);

const NEWEST = new Set(['latest', 'newest', 'recent', 'most recent']);

/** "sign-in", not "sign-ins": "the last sign-in" is one. */
const ONE = new Set(['sign-in', 'signin', 'login', 'logon']);

const isOne = ({ tokens }: Phrase, at: number): boolean =>
  ONE.has(wordAt(tokens, at)) || (wordAt(tokens, at) === 'sign' && wordAt(tokens, at + 1) === 'in');

/** "top 5", "latest 3": how many rows to show, newest first. */
export const top: Clause = {
  name: 'top',
  doc: `At most so many, newest first: 1 to ${MOST}.`,
  examples: ['top 5 failed sign-ins for user@contoso.com today', 'latest 3 sign-ins for user@contoso.com'],
  words: wordsIn(`
    top, first, latest, newest, recent, most recent, last, limit, limit to, limited to, max,
    maximum, at most, up to, only the last, the last
  `),
  read: (phrase, at, said) => {
    const token = phrase.tokens[at];
    const announced = said === 'top' || said.startsWith('limit');
    if (token === undefined)
      return announced ? missing(phrase, at, 'a number', 'top 5 sign-ins today') : undefined;
    if (isUnit(phrase.tokens[at + 1])) return undefined;
    if (announced || (startsNumber(token) && /^[-+]?\d+$/.test(token.text))) {
      const limit = limitIn(token.text);
      return limit === undefined ? badNumber(phrase, token) : { next: at + 1, limit };
    }
    const single =
      ['latest', 'last', 'newest', 'most recent', 'the last'].includes(said) && isOne(phrase, at);
    if (single) return { next: at, limit: 1 };
    // Answers are newest first anyway.
    return NEWEST.has(said) ? { next: at } : undefined;
  },
  bare: (phrase, at) => {
    const token = phrase.tokens[at];
    const limit = limitIn(token?.text ?? '');
    const follows = phrase.tokens[at + 1];
    if (token === undefined || limit === undefined || follows === undefined) return undefined;
    const mark = phrase.text.charAt(token.end);
    // "1. flagged today" is a line of a list; "from 10. today" means something else.
    if (mark === '.' || mark === ')') return at === 0 ? { next: at + 1 } : undefined;
    if (isUnit(follows) || isFiller(follows)) return undefined;
    // The letter is asked for first: a row of numbers would be looked at again for each of them.
    return /^\p{L}/u.test(follows.text) && phrase.begins(at + 1) ? { next: at + 1, limit } : undefined;
  },
};
