import type { HelpView } from '../../cards/view.ts';
import type { Phrase } from '../clauses/clause.ts';
import { type Token, wordAt } from '../language/tokens.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';
import type { Item } from '../values/list.ts';

const WHOLE = /^#?cr[-_#]?0*([1-9]\d{0,8})$/;
const BEGUN = /^#?cr(?:[-_#\d]|$)/;

/** Whether somebody means the number of a request here: "CR-1042", "CR1042", "cr 1042". */
export const resemblesNumber = (tokens: readonly Token[], at: number): boolean => {
  const word = wordAt(tokens, at);
  // CR alone is also a country.
  return BEGUN.test(word) && (!/^#?cr$/.test(word) || /^#?\d/.test(wordAt(tokens, at + 1)));
};

const badNumber = (first: Token, last: Token, text: string): Problem => ({
  problem: 'bad-number',
  what: `"${text.slice(first.start, last.end)}" is not the number of a request.`,
  why: 'Requests are called CR-1, CR-2 and so on.',
  next: 'For example: approve CR-1042, or ask for the pending approvals.',
  suggestions: sayings('pending approvals'),
  at: placeOf(first, last),
});

/** Reads the n of CR-n; leading zeros do not count. Undefined where no number of a request stands. */
export const readNumber = ({ tokens, text }: Phrase, at: number): Item<number> | Problem | undefined => {
  const token = tokens[at];
  if (token === undefined || !resemblesNumber(tokens, at)) return undefined;
  const follower = /^#?cr$/.test(token.lower) ? tokens[at + 1] : undefined;
  const [, digits] = WHOLE.exec(token.lower + (follower?.lower ?? '')) ?? [];
  if (digits === undefined) return badNumber(token, follower ?? token, text);
  return { value: Number(digits), next: follower ? at + 2 : at + 1 };
};

/** A bare "1042" or "#3", which may be a row or the number of anything. */
export const bareNumber = (phrase: Phrase, at: number): Problem | undefined => {
  const token = phrase.tokens[at];
  const [, hash, digits] = /^(#?)0*([1-9]\d{0,8})$/.exec(wordAt(phrase.tokens, at)) ?? [];
  if (token === undefined || digits === undefined) return undefined;
  const { text } = phrase;
  const say = `${text.slice(0, token.start)}CR-${digits}${text.slice(token.end)}`;
  const problem = badNumber(token, token, text);
  // "#3" is a row of some card.
  return hash ? problem : { ...problem, suggestions: sayings(say, 'pending approvals') };
};

/** A number is needed and none is there. */
export const whichRequest = ({ tokens }: Phrase, example: string): Problem => {
  const last = tokens.at(-1) ?? { start: 0, end: 0 };
  return {
    problem: 'missing-argument',
    what: 'Which request? None is named.',
    why: 'Requests are called CR-1, CR-2 and so on.',
    next: `For example: ${example}`,
    suggestions: sayings('pending approvals', 'help approvals'),
    at: placeOf(last, last),
  };
};

/** What there is to say of a number that no request has. */
export const noSuchRequest = (number: number): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: `There is no CR-${number}`,
  paragraphs: ['No request has this number, or it is no longer kept.'],
  sections: [],
  suggestions: sayings('pending approvals', 'help approvals'),
});
