import { offsetAt } from '../../lib/zones.ts';

export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** A date of the calendar. Elsewhere days are numbers, counted from 1970-01-01. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days in 400 years. `Date.UTC` takes the years 0 to 99 for 1900 to 1999, so dates are shifted by them. */
const DAYS_IN_ERA = 146_097;

/** The day number of a date; months beyond 1 to 12 run into other years. */
export const dayOf = (year: number, month: number, day: number): number =>
  Date.UTC(year + 400, month - 1, day) / DAY - DAYS_IN_ERA;

/** The date of a day number. */
export const dateOf = (day: number): CalendarDate => {
  const date = new Date(day * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** How many days a month has; without a year, February has 29. */
export const daysIn = (year: number | undefined, month: number): number =>
  dayOf(year ?? 2000, month + 1, 1) - dayOf(year ?? 2000, month, 1);

/** The day of the ISO week; Monday is 0. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** The same day of another month, or that month's last day where it is shorter. */
export const addMonths = (day: number, months: number): number => {
  const { year, month, day: dayOfMonth } = dateOf(day);
  const first = dateOf(dayOf(year, month + months, 1));
  return dayOf(first.year, first.month, Math.min(dayOfMonth, daysIn(first.year, first.month)));
};

/** "2026-11-20" */
export const isoDate = (day: number): string => {
  const { year, month, day: dayOfMonth } = dateOf(day);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
};

/** "14:05", "14:05:30": a time of day as short as it can be said; 24:00 stays 24:00. */
export const clockText = (clock: number): string => {
  const hour = String(Math.floor(clock / HOUR)).padStart(2, '0');
  const rest = new Date(clock).toISOString().slice(13, 23);
  return hour + rest.replace(/(?::00)?\.000$/, '');
};

/** The day that an instant falls on in a zone. */
export const localDay = (instant: number, zone: string): number =>
  Math.floor((instant + offsetAt(zone, instant)) / DAY);

/**
 * The instants that a local time can mean. `overlap`: the clocks were put back and it came twice.
 * `gap`: the clocks were put forward over it; `early` is when that happened and `late` the time
 * that a clock which was not put forward would have shown.
 */
export interface LocalInstants {
  readonly early: number;
  readonly late: number;
  readonly why?: 'overlap' | 'gap';
}

/** The instant between two others at which the zone's offset stops being what it is at the first. */
const changeBetween = (zone: string, from: number, to: number): number => {
  const before = offsetAt(zone, from);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
};

/** The instants at which a zone's clocks show a time: `sinceMidnight` milliseconds into a day. */
export const instantsOf = (zone: string, day: number, sinceMidnight: number): LocalInstants => {
  const local = day * DAY + sinceMidnight;
  const before = offsetAt(zone, local - DAY);
  const after = offsetAt(zone, local + DAY);
  if (before === after) return { early: local - before, late: local - before };
  const first = local - before;
  const second = local - after;
  const firstHolds = offsetAt(zone, first) === before;
  const secondHolds = offsetAt(zone, second) === after;
  if (firstHolds && secondHolds) return { early: first, late: second, why: 'overlap' };
  if (firstHolds) return { early: first, late: first };
  if (secondHolds) return { early: second, late: second };
  return { early: changeBetween(zone, second, first), late: first, why: 'gap' };
};

/** The first instant of a day in a zone. */
export const startOfDay = (zone: string, day: number): number => instantsOf(zone, day, 0).early;
