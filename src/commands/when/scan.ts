import { offsetZone } from '../../lib/zones.ts';
import { HOUR, MINUTE, SECOND } from './calendar.ts';

/** Whether the character at an index is an ASCII digit. */
export const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
};

/** The index after the digits that begin at `from`. */
export const digitsEnd = (text: string, from: number): number => {
  let end = from;
  while (isDigit(text, end)) end += 1;
  return end;
};

/** The whole number that stands between two indexes; undefined unless all of it is digits. */
export const numberBetween = (text: string, from: number, to: number): number | undefined =>
  to > from && digitsEnd(text, from) >= to ? Number(text.slice(from, to)) : undefined;

/** A time of day in one token: "14:00", "9am", "22:15:07.123z", "22:15+01:00". */
export interface ClockShape {
  /** Milliseconds after midnight; undefined for a time that no clock shows ("25:61"). */
  readonly clock: number | undefined;
  readonly zone?: string;
}

/** Times of day that have names, in milliseconds after midnight. */
export const NAMED_CLOCKS: ReadonlyMap<string, number> = new Map([
  ['noon', 12 * HOUR],
  ['midday', 12 * HOUR],
  ['midnight', 0],
]);

/** "am" and "pm", also with the dots that a sentence may leave of "a.m.". */
export const isHalfDay = (text: string): boolean =>
  text === 'am' || text === 'pm' || text === 'a.m' || text === 'p.m' || text === 'a.m.' || text === 'p.m.';

/** Milliseconds after midnight; undefined for numbers that no clock shows. 24:00 is the end of the day. */
const clockOf = (hour: number, minute: number, ms: number, half: string): number | undefined => {
  if (minute > 59 || ms >= 60 * SECOND) return undefined;
  const rest = minute * MINUTE + ms;
  if (half === '') return hour < 24 || (hour === 24 && rest === 0) ? hour * HOUR + rest : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (half[0] === 'p' ? 12 : 0)) * HOUR + rest;
};

/** Seconds and their fraction, in milliseconds (more digits are dropped), and the index after them. */
const secondsFrom = (text: string, from: number): { ms: number; end: number } => {
  const end = digitsEnd(text, from);
  if (end === from) return { ms: Number.NaN, end };
  const fraction = text[end] === '.' || text[end] === ',' ? digitsEnd(text, end + 1) : end;
  const ms = fraction > end + 1 ? Math.floor(Number(`0.${text.slice(end + 1, fraction)}`) * SECOND) : 0;
  return { ms: Number(text.slice(from, end)) * SECOND + ms, end: fraction };
};

/**
 * Reads a time of day that fills the text from `from` on. `half` is the word after it ("9 pm").
 * Undefined when the text is not written like one; a bare number is one only with am or pm, or where
 * `hourAlone` allows it (after the T of a date-time).
 */
export const scanClock = (
  text: string,
  from: number,
  half = '',
  hourAlone = false,
): ClockShape | undefined => {
  const named = NAMED_CLOCKS.get(text);
  if (named !== undefined) return { clock: named };
  const hourEnd = digitsEnd(text, from);
  if (hourEnd === from || hourEnd > from + 2) return undefined;
  const hour = Number(text.slice(from, hourEnd));
  if (text[hourEnd] !== ':') {
    const rest = text.slice(hourEnd) || half;
    if (isHalfDay(rest)) return { clock: clockOf(hour, 0, 0, rest) };
    return hourAlone ? withZone(clockOf(hour, 0, 0, ''), text.slice(hourEnd)) : undefined;
  }
  const minuteEnd = digitsEnd(text, hourEnd + 1);
  if (minuteEnd !== hourEnd + 3) return undefined;
  const minute = Number(text.slice(hourEnd + 1, minuteEnd));
  const seconds = text[minuteEnd] === ':' ? secondsFrom(text, minuteEnd + 1) : { ms: 0, end: minuteEnd };
  if (Number.isNaN(seconds.ms)) return undefined;
  const rest = text.slice(seconds.end) || half;
  if (isHalfDay(rest)) return { clock: clockOf(hour, minute, seconds.ms, rest) };
  return withZone(clockOf(hour, minute, seconds.ms, ''), text.slice(seconds.end));
};

const withZone = (clock: number | undefined, rest: string): ClockShape | undefined => {
  if (rest === '') return { clock };
  const zone = rest === 'z' ? 'UTC' : offsetZone(rest);
  return zone === undefined ? undefined : { clock, zone };
};

/** A date in one token, with whatever follows its T. The numbers need not exist ("2026-13-45"). */
export interface DateShape {
  readonly numbers: readonly [number, number, number];
  readonly order: 'year-first' | 'year-last' | 'year-missing';
  /** Index of the time after "t"; the text's length when there is none. */
  readonly timeAt: number;
}

/** Reads "2026-11-20", "2026/11/20", "2026-11-20t14:05z", "1/11/2026", "21.11.2026", "21-11-26", "21/11". */
export const scanDate = (text: string): DateShape | undefined => {
  const firstEnd = digitsEnd(text, 0);
  const separator = text[firstEnd];
  if (firstEnd === 0 || firstEnd > 6 || separator === undefined || !'-/.'.includes(separator))
    return undefined;
  const secondEnd = digitsEnd(text, firstEnd + 1);
  const first = Number(text.slice(0, firstEnd));
  const second = numberBetween(text, firstEnd + 1, secondEnd);
  if (second === undefined || secondEnd > firstEnd + 3) return undefined;
  if (secondEnd === text.length) {
    const short = separator === '/' && firstEnd <= 2;
    return short ? { numbers: [first, second, 0], order: 'year-missing', timeAt: secondEnd } : undefined;
  }
  const thirdEnd = digitsEnd(text, secondEnd + 1);
  const third = numberBetween(text, secondEnd + 1, thirdEnd);
  if (text[secondEnd] !== separator || third === undefined) return undefined;
  const hasTime = text[thirdEnd] === 't';
  if (thirdEnd < text.length && !hasTime) return undefined;
  const timeAt = hasTime ? thirdEnd + 1 : thirdEnd;
  if (firstEnd >= 4) return { numbers: [first, second, third], order: 'year-first', timeAt };
  const yearDigits = thirdEnd - secondEnd - 1;
  // With dots and two digits it could be the beginning of an IP address.
  if (firstEnd > 2 || (yearDigits !== 4 && (yearDigits !== 2 || separator === '.'))) return undefined;
  return { numbers: [first, second, yearDigits === 2 ? third + 2000 : third], order: 'year-last', timeAt };
};
