import { readFileSync } from 'node:fs';
import { type Call, type ChangeCall, isChange, type ReadContext } from '../../src/commands/command.ts';
import { isProblem, type Problem } from '../../src/commands/problem.ts';
import { readPhrase } from '../../src/commands/read.ts';
import { compile } from '../../src/graph/compile.ts';
import { GRAPH_SETTINGS } from '../../src/graph/settings.ts';

/** The moment of the phrase file, a Saturday. */
export const context: ReadContext = {
  now: Date.parse('2026-11-21T12:00:00Z'),
  zone: 'UTC',
  me: '{callerAadObjectId}',
};

export interface Sample {
  readonly phrase: string;
  readonly entity: string;
  readonly filter: string | null;
  readonly needs?: string;
}

const file = new URL('../data/phrases.json', import.meta.url);

export const { phrases }: { phrases: readonly Sample[] } = JSON.parse(readFileSync(file, 'utf8'));

/** Reads a phrase that must be understood, whatever it means. */
export const meant = (phrase: string): Call | ChangeCall => {
  const reading = readPhrase(phrase, context);
  if (isProblem(reading)) throw new Error(`${phrase}: ${reading.problem}: ${reading.what}`);
  return reading;
};

/** Reads a phrase that must be understood and only reads. */
export const understood = (phrase: string): Call => {
  const call = meant(phrase);
  if (isChange(call)) throw new Error(`${phrase}: is a wish to ${call.wish.wish}`);
  return call;
};

/** Reads a phrase that must be understood as a wish for a change. */
export const wished = (phrase: string): ChangeCall => {
  const call = meant(phrase);
  if (!isChange(call)) throw new Error(`${phrase}: only reads (${call.command.name})`);
  return call;
};

/** Reads a phrase that must not be understood. */
export const refused = (phrase: string): Problem => {
  const reading = readPhrase(phrase, context);
  if (!isProblem(reading)) throw new Error(`${phrase}: was understood as ${reading.command.name}`);
  return reading;
};

/** What Graph would be asked for a question; the empty text where it can be asked nothing. */
const compiled = (call: Call) =>
  call.query &&
  compile(call.query, {
    ...GRAPH_SETTINGS,
    now: context.now,
    graphUrl: 'https://graph.microsoft.com',
  })[0];

/** The literal filter of a phrase. */
export const filterOf = (phrase: string): string | null => compiled(understood(phrase))?.literal ?? null;

/** Everything that a phrase means, short enough to be read in a list. */
export const meaningOf = (phrase: string): Readonly<Record<string, unknown>> => {
  const reading = readPhrase(phrase, context);
  if (isProblem(reading)) return { problem: reading.problem, suggestion: reading.suggestions[0]?.say };
  const { command, notes } = reading;
  if (isChange(reading))
    return { command: command.name, wish: reading.wish, notes: notes.length > 0 ? notes : undefined };
  const { query } = reading;
  const asked = compiled(reading);
  return {
    command: command.name,
    filter: asked?.literal,
    secondPass: asked?.secondPass.length ? asked.secondPass : undefined,
    top: query?.limit,
    groupBy: query?.groupBy,
    otherwise: query?.otherwise ? true : undefined,
    notes: notes.length > 0 ? notes : undefined,
  };
};

/** The AND clauses of a filter, in one order; "startsWith" is written "startswith" on the wire. */
export const clausesOf = (filter: string): readonly string[] => {
  const clauses: string[] = [];
  let [depth, quoted, clause] = [0, false, ''];
  for (const part of filter.split(/( and |[()'])/)) {
    if (part === "'") quoted = !quoted;
    if (!quoted && part === '(') depth += 1;
    if (!quoted && part === ')') depth -= 1;
    if (part === ' and ' && !quoted && depth === 0) {
      clauses.push(clause);
      clause = '';
    } else clause += part;
  }
  return [...clauses, clause].map((one) => one.replace('startsWith(', 'startswith(')).sort();
};
