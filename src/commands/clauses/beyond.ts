import { isFiller } from '../language/fillers.ts';
import type { ClauseReading, Phrase } from './clause.ts';

/** Index of the first clause from a token on, beyond words that carry no meaning ("not on Chrome"). */
export const skipFillers = (phrase: Phrase, from: number): number => {
  let at = from;
  while (isFiller(phrase.tokens[at]) && phrase.clauseAt(at) === undefined) at += 1;
  return at;
};

/** The clause that stands there. */
export const clauseBeyond = (phrase: Phrase, from: number): ClauseReading =>
  phrase.clauseAt(skipFillers(phrase, from));
