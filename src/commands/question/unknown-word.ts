import type { Phrase } from '../clauses/clause.ts';
import { nearest } from '../language/did-you-mean.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

/** A word that nobody claims. */
export const unknownWord = (phrase: Phrase, at: number): Problem | undefined => {
  const token = phrase.tokens[at];
  if (token === undefined) return undefined;
  const said = token.quoted
    ? {
        what: `It is not clear what "${token.text}" belongs to.`,
        why: 'A name in quotes needs a word before it that says what it is.',
        next: 'Say app, city, user agent or the like before it.',
      }
    : {
        what: `"${token.text}" was not understood.`,
        why: 'It is neither a word of the language nor a value that some word announces.',
        next: 'Leave it out, or put names in quotes.',
      };
  return { problem: 'unknown-word', ...said, suggestions: [], at: placeOf(token, token) };
};

/** The literal without its quotes. */
const unquoted = (typed: string): string => (/^["'`]/.test(typed) ? typed.slice(1, -1) : typed);

/** The code of a pasted message: "AADSTS50126: Error validating credentials …". */
const messageCode = ({ tokens, text }: Phrase): string | undefined => {
  const token = tokens.find(({ lower, end }) => lower.startsWith('aadsts') && text[end] === ':');
  return token?.text;
};

/** Whether one word is the other turned round: "unsafe", "undismiss". That is no slip of the finger. */
const isTurned = (typed: string, word: string): boolean =>
  typed.endsWith(word) && /^(?:un|in|non|dis|de|re)-?$/.test(typed.slice(0, -word.length));

/**
 * Adds "did you mean" to a problem with an unknown word: the whole phrase with the word corrected, or taken
 * for the name of an app, as far as `understood` says that the corrected phrase means something.
 */
export const mend = (
  problem: Problem,
  phrase: Phrase,
  words: readonly string[],
  understood: (phrase: string) => boolean,
): Problem => {
  const { at } = problem;
  if (problem.problem !== 'unknown-word' || at === undefined || problem.suggestions.length > 0)
    return problem;
  const code = messageCode(phrase);
  if (code !== undefined) return { ...problem, suggestions: sayings(`what is ${code}`, `${code} last 24h`) };
  const typed = phrase.text.slice(at.start, at.start + at.length);
  const [before, after] = [phrase.text.slice(0, at.start), phrase.text.slice(at.start + at.length)];
  const lower = typed.toLowerCase();
  const similar = nearest(lower, words).filter(
    (word) => !isTurned(lower, word) && understood(before + word + after),
  );
  const [best] = similar;
  if (best === undefined) {
    const asValue = [`from ${typed}`, `app "${unquoted(typed)}"`].map((value) => before + value + after);
    const [likely] = asValue.filter(understood);
    return likely === undefined ? problem : { ...problem, suggestions: sayings(likely) };
  }
  return {
    ...problem,
    next: `Did you mean "${best}"?`,
    suggestions: sayings(...similar.map((word) => before + word + after)),
  };
};
