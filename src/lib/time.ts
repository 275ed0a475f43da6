import { offsetAt } from './zones.ts';

const SECOND = 1000;
const DAY = 86_400_000;
/** The instants that ISO 8601 writes with four digits for the year. */
const FIRST = Date.UTC(2001, 0, 1) - 2000 * 365.2425 * DAY;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** `Date.parse` alone also takes "x 1". */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/i;

/** An instant (epoch milliseconds) as ISO 8601 in UTC, without a fraction when it is a whole second. */
export const isoOf = (instant: number): string => {
  const within = Math.min(Math.max(instant, FIRST), LAST);
  const text = new Date(within).toISOString();
  return within % SECOND === 0 ? `${text.slice(0, 19)}Z` : text;
};

/** "2026-11-20T14:05:07.123Z" → "2026-11-20 14:05:07". */
const dateAndTime = (instant: number): string => {
  const text = new Date(instant).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
};

/**
 * An instant for people: "2026-11-20 14:05:07 UTC", and for another zone also its local time,
 * with the local date where that differs: "2026-11-20 14:05:07 UTC (15:05:07 Europe/Oslo)".
 * Takes ISO 8601 with any number of fractional digits; text that is not an instant comes back as it is.
 */
export const showInstant = (iso: string, zone: string): string => {
  const instant = INSTANT.test(iso) ? Date.parse(iso) : Number.NaN;
  if (!(instant >= FIRST && instant <= LAST - DAY)) return iso;
  const utc = dateAndTime(instant);
  if (zone === 'UTC') return `${utc} UTC`;
  const local = dateAndTime(instant + offsetAt(zone, instant));
  const shown = local.slice(0, 10) === utc.slice(0, 10) ? local.slice(11) : local;
  return `${utc} UTC (${shown} ${zone})`;
};

/** How long ago, in its largest unit, rounded down: "12 s", "3 min", "5 h", "2 d". Takes milliseconds. */
export const showAge = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
};
