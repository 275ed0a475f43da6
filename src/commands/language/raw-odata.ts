import { type Problem, placeOf, sayings } from '../problem.ts';
import type { Token } from './tokens.ts';

/** Operators of OData that are no words of any other kind. */
const OPERATORS = new Set(['eq', 'le']);

/** Operators that are also country codes (Niger, Georgia, Lithuania, Guatemala): the neighbours decide. */
const AMBIGUOUS = new Set(['ne', 'ge', 'lt', 'gt']);

const CALLS = ['startswith(', 'endswith(', 'contains(', 'substringof(', 'tolower(', 'any(', 'all(', 'not('];

/** Whether one word by itself is OData: an operator, a function call, a quote with a bracket, an option. */
export const seemsRaw = ({ lower, quoted }: Token): boolean =>
  !quoted &&
  (OPERATORS.has(lower) ||
    lower.startsWith('$') ||
    lower.includes("')") ||
    lower.includes("('") ||
    CALLS.some((call) => lower.includes(call)));

const isLiteral = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.quoted || /^[\d'-]/.test(token.lower) || ['true', 'false', 'null'].includes(token.lower));

const isProperty = (token: Token | undefined): boolean =>
  token !== undefined && !token.quoted && /^[a-z]+(?:[A-Z/]|datetime$)/.test(token.text);

/** The first word that is OData and stands outside quotes. */
const findRaw = (tokens: readonly Token[]): Token | undefined =>
  tokens.find((token, at) => {
    if (seemsRaw(token)) return true;
    if (token.quoted) return false;
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    if (AMBIGUOUS.has(token.lower)) return isProperty(before) || (isLiteral(after) && isLiteral(before));
    return (token.lower === 'filter' || token.lower === 'odata') && (isProperty(after) || at === 0);
  });

/**
 * Raw OData is never passed on, whatever it says: the question is built from words that are understood, and
 * from literals that are quoted.
 */
export const rawOData = (tokens: readonly Token[]): Problem | undefined => {
  const raw = findRaw(tokens);
  return (
    raw && {
      problem: 'raw-odata',
      what: 'That looks like a filter in OData.',
      why: 'Flagman writes the filter itself, so that nothing typed can change its meaning.',
      next: 'Ask in plain words. A name that holds such words belongs in double quotes.',
      suggestions: sayings('flagged for user@contoso.com since yesterday', 'sign-ins to app "foo" today'),
      at: placeOf(raw, raw),
    }
  );
};
