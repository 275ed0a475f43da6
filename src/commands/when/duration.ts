import type { Token } from '../language/tokens.ts';
import { digitsEnd, isDigit } from './scan.ts';
import { AMOUNTS, UNITS, type Unit } from './words.ts';

/** A length of time as said, and the token after it. */
export interface Duration {
  readonly seconds: number;
  readonly months: number;
  /** The smallest unit that was said. */
  readonly unit: Unit;
  readonly next: number;
  readonly notes: readonly string[];
}

/** The index after a number with an optional fraction: "90", "1.5". */
const numberEnd = (text: string, from: number): number => {
  const end = digitsEnd(text, from);
  return text[end] === '.' && isDigit(text, end + 1) ? digitsEnd(text, end + 1) : end;
};

const lettersEnd = (text: string, from: number): number => {
  let end = from;
  while (end < text.length && !isDigit(text, end)) end += 1;
  return end;
};

/** "24h", "7days", "1h30m": numbers with their units in one token. */
const scanCompact = (text: string): Omit<Duration, 'next' | 'notes'> | undefined => {
  let seconds = 0;
  let months = 0;
  let smallest: Unit | undefined;
  for (let at = 0; at < text.length; ) {
    const amountEnd = numberEnd(text, at);
    const unitEnd = lettersEnd(text, amountEnd);
    const unit = UNITS.get(text.slice(amountEnd, unitEnd));
    if (unit === undefined || amountEnd === at) return undefined;
    const amount = Number(text.slice(at, amountEnd));
    seconds += amount * unit.seconds;
    months += amount * unit.months;
    smallest = unit;
    at = unitEnd;
  }
  return smallest && { seconds, months, unit: smallest };
};

/** "90 min", "a week", "couple of hours", "half an hour": an amount and its unit in words of their own. */
const readPair = (tokens: readonly Token[], at: number): Duration | undefined => {
  const word = tokens[at]?.lower ?? '';
  const isNumber = isDigit(word, 0) && numberEnd(word, 0) === word.length;
  const amount = isNumber ? Number(word) : AMOUNTS.get(word);
  if (amount === undefined) return undefined;
  let unitAt = at + 1;
  const link = tokens[unitAt]?.lower;
  if (word === 'a' && (link === 'few' || link === 'couple')) return readPair(tokens, unitAt);
  if ((link === 'of' && word === 'couple') || ((link === 'an' || link === 'a') && word === 'half'))
    unitAt += 1;
  const unit = UNITS.get(tokens[unitAt]?.lower ?? '');
  if (unit === undefined) return undefined;
  const notes = word === 'few' ? [`"a few" is taken as 3 ${unit.name}s.`] : [];
  return { seconds: amount * unit.seconds, months: amount * unit.months, unit, next: unitAt + 1, notes };
};

const readOne = (tokens: readonly Token[], at: number): Duration | undefined => {
  const token = tokens[at];
  if (token === undefined || token.quoted) return undefined;
  const compact = isDigit(token.lower, 0) ? scanCompact(token.lower) : undefined;
  return compact === undefined ? readPair(tokens, at) : { ...compact, next: at + 1, notes: [] };
};

/** Reads a length of time: "24h", "2 weeks", "1 hour 30 minutes", "half an hour", "a couple of days". */
export const readDuration = (tokens: readonly Token[], at: number): Duration | undefined => {
  const first = readOne(tokens, at);
  if (first === undefined || !isDigit(tokens[at]?.lower ?? '', 0)) return first;
  const more = isDigit(tokens[first.next]?.lower ?? '', 0) ? readOne(tokens, first.next) : undefined;
  const isSmaller = more !== undefined && more.months === 0 && more.unit.seconds < first.unit.seconds;
  return isSmaller ? { ...more, seconds: first.seconds + more.seconds, months: first.months } : first;
};
