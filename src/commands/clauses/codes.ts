import { wordsIn } from '../language/words-in.ts';
import { isProblem, placeOf } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { type Item, readList } from '../values/list.ts';
import type { Clause, ClauseReading, Phrase } from './clause.ts';
import { eq } from './conditions.ts';
import { failed } from './outcome.ts';

const PREFIX = 'aadsts';

/** The number in "AADSTS50126" or "50126"; AADSTS codes have five to seven digits, and 0 is success. */
export const codeIn = (lower: string, announced: boolean): number | undefined => {
  const prefixed = lower.startsWith(PREFIX);
  const digits = prefixed ? lower.slice(PREFIX.length).replace(/^-/, '') : lower;
  const shape = announced || prefixed ? /^(?:0|[1-9]\d{3,6})$/ : /^[1-9]\d{4,6}$/;
  return shape.test(digits) ? Number(digits) : undefined;
};

const readCode =
  (announced: boolean) =>
  ({ tokens }: Phrase, at: number): Item<number> | undefined => {
    const token = tokens[at];
    const number = token === undefined || token.quoted ? undefined : codeIn(token.lower, announced);
    return number === undefined ? undefined : { value: number, next: at + 1 };
  };

const readCodes = (phrase: Phrase, at: number, announced: boolean): ClauseReading => {
  const list = readList(phrase, at, readCode(announced));
  if (list === undefined || isProblem(list)) return list;
  return {
    next: list.next,
    topic: 'code',
    either: list.values.map((code) => eq('status/errorCode', code)),
  };
};

const ERRORS = new Set(['error', 'errors']);

/** "errors 50126 or 50053", "AADSTS50053": exact codes. */
export const code: Clause = {
  name: 'error code',
  doc: 'The AADSTS code; several with "or".',
  examples: [
    'AADSTS50053 lockouts today',
    'errors 50126 or 50053 last 6h',
    'sign-ins blocked with 53011 last 7 days',
  ],
  words: wordsIn(`
    error, errors, error code, error codes, errorcode, errorcodes, code, codes, aadsts,
    status code, result code
  `),
  read: (phrase, at, said) => {
    const start = skipArticles(phrase, at);
    const found = readCodes(phrase, start, true);
    if (found !== undefined) return found;
    const token = phrase.tokens[start];
    if (token !== undefined && /^[-+]?\d/.test(token.lower) && phrase.clauseAt(start) === undefined) {
      return {
        problem: 'bad-number',
        what: `"${token.text}" is not an error code.`,
        why: 'AADSTS codes have five to seven digits; 0 means success.',
        next: 'For example: errors 50126 or 50053 last 6h',
        suggestions: [],
        at: placeOf(token, token),
      };
    }
    return ERRORS.has(said) ? failed(at) : undefined;
  },
  bare: (phrase, at) => readCodes(phrase, at, false),
};
