import type { Problem } from '../problem.ts';
import { type CalendarDate, daysIn } from './calendar.ts';
import { noSuchDate } from './problems.ts';
import type { DaySaid, Pieces } from './said.ts';
import { digitsEnd, isHalfDay, numberBetween, scanClock, scanDate } from './scan.ts';
import type { Scene } from './scene.ts';
import { MONTHS, WEEKDAYS } from './words.ts';

/** Pieces of a moment that were read together, and the token after them. */
export interface PiecesRead extends Pieces {
  readonly next: number;
}

const read = (day: DaySaid, next: number): PiecesRead => ({ day, next, notes: [] });

/** ISO 8601 writes four digits. */
const isYear = (year = 2000): boolean => year >= 1 && year <= 9999;

const exists = ({ year, month, day }: Partial<CalendarDate> & { month: number; day: number }): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && isYear(year);

const two = (value: number): string => String(value).padStart(2, '0');

const FIRST_NAMES: ReadonlySet<string> = new Set(['jan', 'april', 'may', 'june', 'august']);

/** The last day of a month where only the day does not exist: what "31/02/2026" may have meant. */
const nearestDate = (year: number | undefined, month: number, day: number): string | undefined =>
  year !== undefined && isYear(year) && month >= 1 && month <= 12 && day > 28 && day <= 31
    ? `${String(year).padStart(4, '0')}-${two(month)}-${two(daysIn(year, month))}`
    : undefined;

const dated = (
  scene: Scene,
  start: number,
  next: number,
  date: Partial<CalendarDate> & { month: number; day: number },
): PiecesRead | Problem =>
  exists(date)
    ? read({ kind: 'date', ...date }, next)
    : noSuchDate(scene, { start, next }, nearestDate(date.year, date.month, date.day));

/** 21/11/2026: day first, month first, or either. */
const yearLast = (
  scene: Scene,
  at: number,
  one: number,
  other: number,
  year?: number,
): PiecesRead | Problem => {
  const ofYear = year === undefined ? {} : { year };
  const dayFirst = { ...ofYear, month: other, day: one };
  const monthFirst = { ...ofYear, month: one, day: other };
  if (one !== other && exists(dayFirst) && exists(monthFirst)) {
    return read({ kind: 'either', one, other, token: at, ...ofYear }, at + 1);
  }
  return dated(scene, at, at + 1, exists(monthFirst) ? monthFirst : dayFirst);
};

/** A date in figures, with the time and offset that may follow its T. */
const readFigures = (scene: Scene, at: number, word: string): PiecesRead | Problem | undefined => {
  const shape = scanDate(word);
  if (shape === undefined) return undefined;
  const [first, second, third] = shape.numbers;
  const day =
    shape.order === 'year-first'
      ? dated(scene, at, at + 1, { year: first, month: second, day: third })
      : yearLast(scene, at, first, second, shape.order === 'year-last' ? third : undefined);
  if ('problem' in day || shape.timeAt === word.length) return day;
  const time = scanClock(word, shape.timeAt, '', true);
  if (time?.clock === undefined) return noSuchDate(scene, { start: at, next: at + 1 });
  return { ...day, clock: time.clock, ...(time.zone !== undefined && { zone: time.zone }) };
};

/** "18", "18th": a day of a month in one token. */
const dayNumber = (word: string): { day: number; ordinal: boolean } | undefined => {
  const end = digitsEnd(word, 0);
  if (end === 0 || end > 2) return undefined;
  const suffix = word.slice(end);
  const ordinal = suffix === 'th' || suffix === 'st' || suffix === 'nd' || suffix === 'rd';
  return ordinal || suffix === '' ? { day: Number(word.slice(0, end)), ordinal } : undefined;
};

/** A year in a token of its own. */
const yearAt = ({ tokens }: Scene, at: number): number | undefined => {
  const word = tokens[at]?.lower ?? '';
  const year = word.length === 4 ? numberBetween(word, 0, 4) : undefined;
  return year !== undefined && year >= 1900 ? year : undefined;
};

const withYear = (
  scene: Scene,
  at: number,
  next: number,
  month: number,
  day: number,
): PiecesRead | Problem => {
  const year = yearAt(scene, next);
  return year === undefined
    ? dated(scene, at, next, { month, day })
    : dated(scene, at, next + 1, { year, month, day });
};

/** "18-Nov-2026", "18Nov": a date in one token with the name of its month. */
const readNamed = (scene: Scene, at: number, word: string): PiecesRead | Problem | undefined => {
  const [, day = '', name = '', year] = /^(\d{1,2})[-/.]?([a-z]{3,9})(?:[-/.]?(\d{4}))?$/.exec(word) ?? [];
  const month = MONTHS.get(name);
  if (month === undefined) return undefined;
  return dated(scene, at, at + 1, {
    month,
    day: Number(day),
    ...(year !== undefined && { year: Number(year) }),
  });
};

/** "1 Nov", "18th of November 2026", "the 18th", "18" (of a range); where `wholeMonths`, "2026", "2026-11". */
const readNumber = (
  scene: Scene,
  at: number,
  word: string,
  options: DayOptions,
): PiecesRead | Problem | undefined => {
  const number = dayNumber(word);
  if (number !== undefined) {
    const monthAt = scene.tokens[at + 1]?.lower === 'of' ? at + 2 : at + 1;
    const month = MONTHS.get(scene.tokens[monthAt]?.lower ?? '');
    if (month !== undefined) return withYear(scene, at, monthAt + 1, month, number.day);
    const isDay = number.day >= 1 && number.day <= 31;
    return isDay ? read({ kind: 'day-of-month', day: number.day, bare: !number.ordinal }, at + 1) : undefined;
  }
  if (!options.wholeMonths) return undefined;
  const year = yearAt(scene, at);
  if (year !== undefined) return read({ kind: 'year', year }, at + 1);
  const month = word.length === 7 && word[4] === '-' ? numberBetween(word, 5, 7) : undefined;
  const ofYear = numberBetween(word, 0, 4);
  if (month === undefined || ofYear === undefined) return undefined;
  if (month < 1 || month > 12 || ofYear < 1) return noSuchDate(scene, { start: at, next: at + 1 });
  return read({ kind: 'month', year: ofYear, month, which: 'nearest' }, at + 1);
};

/** "Nov 18th", "November 18, 2026", "Nov 2026"; a month alone where `wholeMonths`. */
const readMonth = (
  scene: Scene,
  at: number,
  month: number,
  options: DayOptions,
): PiecesRead | Problem | undefined => {
  const number = dayNumber(scene.tokens[at + 1]?.lower ?? '');
  if (number !== undefined && !isHalfDay(scene.tokens[at + 2]?.lower ?? '')) {
    return withYear(scene, at, at + 2, month, number.day);
  }
  const year = yearAt(scene, at + 1);
  if (year !== undefined) return read({ kind: 'month', year, month, which: 'nearest' }, at + 2);
  const isName = options.mayBeName && FIRST_NAMES.has(scene.tokens[at]?.lower ?? '');
  return options.wholeMonths && !isName
    ? read({ kind: 'month', month, which: 'nearest' }, at + 1)
    : undefined;
};

/** What may be a day at this place of the phrase. */
export interface DayOptions {
  /** "in October", "since 2025": not without a preposition, where "may" is a word and 2025 a number. */
  readonly wholeMonths: boolean;
  /** "for April": a word that is a first name as well is not the month. */
  readonly mayBeName: boolean;
}

/** Days by their distance from today. */
export const SHIFTS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['yesterday', -1],
  ['tomorrow', 1],
]);

/** Reads a day, a month or a year, with the time that an ISO date-time carries. */
export const readDay = (scene: Scene, at: number, options: DayOptions): PiecesRead | Problem | undefined => {
  const token = scene.tokens[at];
  if (token === undefined || token.quoted) return undefined;
  const word = token.lower;
  if (digitsEnd(word, 0) > 0) {
    return readFigures(scene, at, word) ?? readNamed(scene, at, word) ?? readNumber(scene, at, word, options);
  }
  const days = SHIFTS.get(word);
  if (days !== undefined) return read({ kind: 'shift', days, months: 0 }, at + 1);
  const weekday = WEEKDAYS.get(word);
  if (weekday !== undefined) return read({ kind: 'weekday', weekday, which: 'nearest' }, at + 1);
  const month = MONTHS.get(word);
  if (month !== undefined) return readMonth(scene, at, month, options);
  const beforeYesterday = word === 'day' && scene.tokens[at + 1]?.lower === 'before';
  return beforeYesterday && scene.tokens[at + 2]?.lower === 'yesterday'
    ? read({ kind: 'shift', days: -2, months: 0 }, at + 3)
    : undefined;
};
