import type { Phrase } from '../clauses/clause.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

/**
 * Words behind a whole phrase that it has no place for; `why` says what belongs there, `otherwise` what to ask where
 * the phrase without them is no whole one.
 */
export const leftOver = (
  { tokens, text }: Phrase,
  at: number,
  why: string,
  otherwise = 'pending approvals',
): Problem => {
  const { start } = tokens[at] ?? { start: text.length };
  const before = text.slice(0, start).replace(/[\s,;:(.?!-]+$/, '');
  // A decision without a number would be about another request than the words that are left out may say.
  const instead = /\d$|approvals$/i.test(before) ? before : otherwise;
  return {
    problem: 'unknown-word',
    what: `"${text.slice(start)}" was not understood.`,
    why,
    next: `Leave it out, or ask: ${instead}`,
    suggestions: sayings(instead),
    at: placeOf({ start }, { end: text.length }),
  };
};
