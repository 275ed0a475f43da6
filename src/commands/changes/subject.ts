import type { Phrase } from '../clauses/clause.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, placeOf, sayings } from '../problem.ts';
import { bareNumber, readNumber, resemblesNumber } from './number.ts';

/** The request that a decision is about; without a number the one that is replied to. */
export interface Subject {
  readonly number?: number;
  /** Index of the first token after it. */
  readonly next: number;
}

const BEFORE = new Set(wordsIn('the, this, that, it, my, request, approval, change, number'));

const SEVERAL = new Set(['all', 'everything', 'both', 'every', 'each', 'any', 'them']);

const JOINTS = new Set(['and', '&', 'or', 'plus', '+', 'to', '-']);

const oneAtATime = ({ tokens }: Phrase, at: number): Problem => {
  const token = tokens[at] ?? { start: 0, end: 0 };
  return {
    problem: 'too-broad',
    what: 'Requests are decided one at a time.',
    why: 'Whoever decides has to have looked at what each of them changes.',
    next: 'Look at the pending ones, and decide about each.',
    suggestions: sayings('pending approvals'),
    at: placeOf(token, token),
  };
};

const skipBefore = ({ tokens }: Phrase, at: number): number => {
  let next = at;
  while (BEFORE.has(wordAt(tokens, next))) next += 1;
  return next;
};

/** Whether a second number follows: "CR-1 CR-2", "CR-1 and CR-2". */
const namesAnother = ({ tokens }: Phrase, at: number): boolean =>
  resemblesNumber(tokens, JOINTS.has(wordAt(tokens, at)) ? at + 1 : at);

/** Whether what is left says nothing: politeness, or a remark in parentheses, as in "CR-991 (expired)". */
export const isEnd = ({ tokens, text }: Phrase, at: number): boolean =>
  isPoliteEnd(tokens, at) || /^\s*\([^()]*\)[\s.!]*$/.test(text.slice(tokens[at - 1]?.end ?? 0));

/** Reads which request is meant: "CR-1042", "the request CR-1042", "this request", or nothing. */
export const readSubject = (phrase: Phrase, at: number): Subject | Problem => {
  const start = skipBefore(phrase, at);
  if (SEVERAL.has(wordAt(phrase.tokens, start))) return oneAtATime(phrase, start);
  const number = readNumber(phrase, start);
  if (isProblem(number)) return number;
  if (number === undefined)
    return bareNumber(phrase, start) ?? { next: isPoliteEnd(phrase.tokens, start) ? start : at };
  const { value, next } = number;
  return namesAnother(phrase, next) ? oneAtATime(phrase, next) : { number: value, next };
};
