import type { Phrase } from '../clauses/clause.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

/** Words that need an argument and have none; `what` is the argument with its article, `example` a whole phrase. */
export const missing = (
  phrase: Phrase,
  at: number,
  what: string,
  example = 'sign-ins for user@contoso.com today',
): Problem => {
  const before = phrase.tokens[at - 1] ?? { start: 0, end: 0, text: '' };
  return {
    problem: 'missing-argument',
    what: `Something is missing after "${before.text}".`,
    why: `These words need ${what}.`,
    next: `For example: ${example}`,
    suggestions: sayings(example),
    at: placeOf(before, before),
  };
};
