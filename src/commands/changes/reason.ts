import type { Phrase } from '../clauses/clause.ts';
import { isPoliteEnd, pastPolite } from '../language/fillers.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

/** The longest reason, in UTF-16 units: it stands on every card of the request. */
const LONGEST = 500;

/** A reason as it is kept, of one line; absent when there is nothing to read in it. */
export interface Told {
  readonly reason?: string;
}

const WORD =
  /^[\s,;.)]*(?:(?:with|for|the|my|and)\s+)*(?:reason|because(?:\s+of)?|due\s+to)(?![\p{L}\p{N}])/iu;

// "#1 - #3" and "#1 - 3" may be meant as a range, so that a dash before these announces nothing.
const DASH = /^[\s,;.)]*(?:--?|[\u2013\u2014:])(?!\s*(?:#|\d+\s*$|[\da-f]{8}-))/i;

const LEADING = /^[\s:=,;\u2013\u2014-]+/;

const tooLong = (phrase: Phrase, length: number): Problem => {
  const end = phrase.text.length;
  return {
    problem: 'too-long',
    what: `This reason has ${length} characters; ${LONGEST} fit.`,
    why: 'It is shown to whoever decides, and stands beside the ledger in full.',
    next: 'Say it in a sentence or two, or name the ticket that holds the rest.',
    suggestions: [],
    at: placeOf({ start: end - length }, { end }),
  };
};

const told = (phrase: Phrase, text: string): Told | Problem => {
  const reason = text.replace(LEADING, '').replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(reason)) return {};
  return reason.length > LONGEST ? tooLong(phrase, reason.length) : { reason };
};

/** The text behind the words before this token. */
const textFrom = ({ tokens, text }: Phrase, at: number): string => text.slice(tokens[at - 1]?.end ?? 0);

/**
 * Reads what is said behind the targets: the reason, to the end of the phrase, whatever it holds. Undefined where
 * words stand that no "reason:", "because", "due to" or dash announces.
 */
export const readReason = (phrase: Phrase, at: number): Told | Problem | undefined => {
  if (isPoliteEnd(phrase.tokens, at)) return {};
  const rest = textFrom(phrase, pastPolite(phrase.tokens, at));
  const mark = WORD.exec(rest) ?? DASH.exec(rest);
  return mark === null ? undefined : told(phrase, rest.slice(mark[0].length));
};

/** Reads the reason of a rejection, which is everything that follows, announced or not. */
export const readRest = (phrase: Phrase, at: number): Told | Problem => {
  if (isPoliteEnd(phrase.tokens, at)) return {};
  const rest = textFrom(phrase, at);
  return told(phrase, rest.slice(WORD.exec(rest)?.[0].length ?? 0));
};

// What names another sign-in, or leaves one out, is no reason that one forgot to announce.
const REASON_LIKE = /^(?!and\b|or\b|but\b|not\b|except\b)\p{L}[^#]*$/iu;

/** Words behind the targets that nothing announces: most likely the reason, and then the button says so. */
export const unannounced = ({ text, tokens }: Phrase, at: number): Problem => {
  const { start } = tokens[at] ?? { start: text.length };
  const rest = text.slice(start);
  const isReason = rest.length <= LONGEST && REASON_LIKE.test(rest);
  return {
    problem: 'missing-argument',
    what: `"${rest}" was not understood.`,
    why: 'Behind the sign-ins stands the reason, and a word has to announce it.',
    next: 'If this is the reason, put "reason:" before it.',
    suggestions: sayings(...(isReason ? [`${text.slice(0, start).trimEnd()} reason: ${rest}`] : [])),
    at: placeOf({ start }, { end: text.length }),
  };
};
