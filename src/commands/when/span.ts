import { isoOf } from '../../lib/time.ts';
import {
  addMonths,
  clockText,
  DAY,
  HOUR,
  instantsOf,
  isoDate,
  localDay,
  SECOND,
  startOfDay,
} from './calendar.ts';
import { type Days, daysOf } from './days.ts';
import type { BackSaid, Moment } from './said.ts';
import type { Part } from './words.ts';

/** Which end of a window an instant becomes; it decides what an hour that came twice means. */
export type Role = 'start' | 'end' | 'both';

/** What a moment covers, in epoch milliseconds. */
export interface Span {
  /** The first instant. */
  readonly start: number;
  /** The last instant that belongs to it. */
  readonly last: number;
  /** Whether it is a time of the clock and not a stretch. */
  readonly instant: boolean;
  /** Whether it has no end of its own ("today", "last 24h"). */
  readonly open: boolean;
  /** For what rolls with the clock: seconds from `start` to now. */
  readonly secondsAgo?: number;
  readonly days?: Days;
  readonly notes: readonly string[];
}

/** Says what was done about an hour that came twice or never. */
const clockChangeNote = (
  why: 'overlap' | 'gap',
  when: string,
  role: Role,
  early: number,
  late: number,
): string => {
  const taken =
    role === 'both'
      ? `from the earlier, ${isoOf(early)}, to the later, ${isoOf(late)}`
      : role === 'start'
        ? `the earlier instant, ${isoOf(early)}, is taken`
        : `the later instant, ${isoOf(late)}, is taken`;
  return why === 'overlap'
    ? `${when} came twice, because the clocks went back: ${taken}.`
    : `${when} does not exist, because the clocks went forward: ${taken}.`;
};

/** A time of the clock on a day. */
const clockSpan = (zone: string, day: number, clock: number, role: Role): Span => {
  const { early, late, why } = instantsOf(zone, day, clock);
  const when = `${isoDate(day)} ${clockText(clock)} in ${zone}`;
  const notes = why === undefined ? [] : [clockChangeNote(why, when, role, early, late)];
  return { start: early, last: late, instant: true, open: false, notes };
};

const partSpan = (zone: string, days: Days, part: Part): Span => {
  const nextDay = part.to > 24 ? 1 : 0;
  const start = instantsOf(zone, days.first, part.from * HOUR).early;
  const end = instantsOf(zone, days.first + nextDay, (part.to - 24 * nextDay) * HOUR).late;
  const note = `The ${part.name} is taken as ${isoOf(start)} to ${isoOf(end - 1)}.`;
  return { start, last: end - 1, instant: false, open: false, days, notes: [note] };
};

/** What was said of days that are already known. */
export const spanOfDays = (moment: Moment, days: Days, zone: string, role: Role): Span => {
  if (moment.clock !== undefined) return { ...clockSpan(zone, days.first, moment.clock, role), days };
  if (moment.part !== undefined) return partSpan(zone, days, moment.part);
  const start = startOfDay(zone, days.first);
  // A day that a zone skipped altogether (Samoa, 30 December 2011) is one empty instant.
  const last = Math.max(start, startOfDay(zone, days.last + 1) - 1);
  return { start, last, instant: false, open: days.open, days, notes: [] };
};

/** A time without a date is the latest one that has passed; as an end today's, so that nothing is left out. */
const latestSpan = (clock: number, zone: string, now: number, role: Role): Span => {
  const today = localDay(now, zone);
  const onToday = clockSpan(zone, today, clock, role);
  if (role === 'end' || onToday.start <= now)
    return { ...onToday, days: { first: today, last: today, open: false } };
  const yesterday = today - 1;
  const note = `${clockText(clock)} has not come yet today, so yesterday's is taken (${isoDate(yesterday)}).`;
  const span = clockSpan(zone, yesterday, clock, role);
  return { ...span, days: { first: yesterday, last: yesterday, open: false }, notes: [note, ...span.notes] };
};

/** Back from now by whole seconds, rounded outwards. */
const backSpan = (back: BackSaid, zone: string, now: number): Span => {
  const today = localDay(now, zone);
  const months = back.months === 0 ? 0 : (today - addMonths(today, -Math.ceil(back.months))) * DAY;
  const start = Math.floor((now - back.seconds * SECOND - months) / SECOND) * SECOND;
  const secondsAgo = Math.ceil((back.seconds * SECOND + months) / SECOND);
  const last = back.instant ? Math.ceil((now - secondsAgo * SECOND) / SECOND) * SECOND : now;
  return { start, last, instant: back.instant, open: !back.instant, secondsAgo, notes: [] };
};

/** What a moment covers, seen from now. `zone` counts where the moment names none. */
export const spanOf = (moment: Moment, context: { now: number; zone: string }, role: Role): Span => {
  const zone = moment.zone ?? context.zone;
  if (moment.back !== undefined) return backSpan(moment.back, zone, context.now);
  if (moment.day === undefined) return latestSpan(moment.clock ?? 0, zone, context.now, role);
  return spanOfDays(moment, daysOf(moment.day, localDay(context.now, zone)), zone, role);
};
