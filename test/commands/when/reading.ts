import { tokenize } from '../../../src/commands/language/tokens.ts';
import type { Problem } from '../../../src/commands/problem.ts';
import { readWhen, type WhenReading } from '../../../src/commands/when/read-when.ts';
import type { Bound } from '../../../src/entra/query.ts';

/** Saturday noon, the moment at which the sample phrases are said. */
export const NOW = '2026-11-21T12:00:00Z';

export interface Said {
  readonly zone?: string;
  readonly now?: string;
}

/** Reads the time expression with which a text begins. */
export const readText = (text: string, { zone = 'UTC', now = NOW }: Said = {}) =>
  readWhen(tokenize(text), 0, { now: Date.parse(now), zone, me: '', text });

/** The reading of a text that must be a time expression and nothing else. */
export const reading = (text: string, said: Said = {}): WhenReading => {
  const read = readText(text, said);
  if (read === undefined || 'problem' in read) throw new Error(`${text}: ${read?.problem ?? 'not read'}`);
  return read;
};

/** The problem with a text. */
export const problem = (text: string, said: Said = {}): Problem => {
  const read = readText(text, said);
  if (read === undefined || !('problem' in read)) throw new Error(`${text} has no problem`);
  return read;
};

const showBound = (bound: Bound | undefined): string => {
  if (bound === undefined) return '';
  const rolling = bound.secondsAgo === undefined ? '' : `~${bound.secondsAgo}`;
  return `${bound.inclusive ? '' : '!'}${bound.at}${rolling}`;
};

/** "2026-11-20T12:00:00Z~86400 .. !2026-11-21T00:00:00Z": `~` seconds before now, `!` not included. */
export const showWindow = (text: string, said: Said = {}): string => {
  const read = readText(text, said);
  if (read === undefined) return 'no time';
  if ('problem' in read) return `${read.problem}: ${read.suggestions.map(({ say }) => say).join(' / ')}`;
  const rest = tokenize(text)
    .slice(read.next)
    .map((token) => token.text);
  const left = rest.length === 0 ? '' : ` (left: ${rest.join(' ')})`;
  return `${showBound(read.window.from)} .. ${showBound(read.window.to)}${left}`.trim();
};
