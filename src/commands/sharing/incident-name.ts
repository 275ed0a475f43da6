import { incidentName } from '../../entra/incident.ts';
import type { Phrase } from '../clauses/clause.ts';
import { wordAt } from '../language/tokens.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';
import type { Item } from '../values/list.ts';

const BEFORE = new Set(['the', 'incident', 'ticket', 'case', 'issue', 'number', 'called', 'named', 'for']);

/** Index of the first token that names something, past "the incident". */
export const pastIncidentWords = ({ tokens }: Phrase, at: number): number => {
  let next = at;
  while (BEFORE.has(wordAt(tokens, next))) next += 1;
  return next;
};

/**
 * Reads "INC-204", "incident INC-204" or "INC 204"; undefined where no incident is named. A name is in capitals,
 * however it was typed.
 */
export const readIncident = (phrase: Phrase, at: number): Item<string> | undefined => {
  const start = pastIncidentWords(phrase, at);
  const [first, second] = [phrase.tokens[start], phrase.tokens[start + 1]];
  if (first === undefined || first.quoted) return undefined;
  const whole = incidentName(first.text.replace(/^#|'s$/gi, ''));
  if (whole !== undefined) return { value: whole, next: start + 1 };
  // "INC 204"
  const isSplit = /^[a-z]{2,10}$/i.test(first.text) && second !== undefined && /^\d+$/.test(second.text);
  const joined = isSplit ? incidentName(`${first.text}-${second.text}`) : undefined;
  return joined === undefined ? undefined : { value: joined, next: start + 2 };
};

/** The name of an incident is needed, and something else or nothing stands there. */
export const notAnIncident = (phrase: Phrase, at: number, example: string): Problem => {
  const start = pastIncidentWords(phrase, at);
  const token = phrase.tokens[start] ?? phrase.tokens.at(-1) ?? { text: '', start: 0, end: 0 };
  const isThere = phrase.tokens[start] !== undefined;
  return {
    problem: isThere ? 'bad-value' : 'missing-argument',
    what: isThere ? `"${token.text}" is not the name of an incident.` : 'Which incident? None is named.',
    why: 'Incidents are called by letters and a number, such as INC-204 or SEC0001234.',
    next: `For example: ${example}`,
    suggestions: sayings('incidents'),
    at: placeOf(token, token),
  };
};
