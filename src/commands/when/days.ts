import { addMonths, dateOf, dayOf, daysIn, weekdayOf } from './calendar.ts';
import type { DaySaid, Which } from './said.ts';

/** Whole days, by their numbers, both included; `open` when said of a stretch that still runs ("today"). */
export interface Days {
  readonly first: number;
  readonly last: number;
  readonly open: boolean;
}

const one = (day: number, open = false): Days => ({ first: day, last: day, open });

const monthOf = (year: number, month: number, open = false): Days => {
  const first = dateOf(dayOf(year, month, 1));
  const start = dayOf(first.year, first.month, 1);
  return { first: start, last: start + daysIn(first.year, first.month) - 1, open };
};

const yearOf = (year: number, open = false): Days => ({
  first: dayOf(year, 1, 1),
  last: dayOf(year, 12, 31),
  open,
});

/** The nearest such date that is not after today; 29 February waits for a leap year. */
const nearestPast = (month: number, day: number, today: number): number => {
  const { year } = dateOf(today);
  for (let candidate = year; candidate > year - 9; candidate -= 1) {
    const isThere = day <= daysIn(candidate, month);
    if (isThere && dayOf(candidate, month, day) <= today) return dayOf(candidate, month, day);
  }
  return dayOf(year, month, day);
};

/** The nearest past day of that number: "the 31st" skips the months without one. */
const nearestDayOfMonth = (day: number, today: number): number => {
  const { year, month } = dateOf(today);
  for (let back = 0; back < 12; back += 1) {
    const first = dateOf(dayOf(year, month - back, 1));
    const candidate = dayOf(first.year, first.month, day);
    if (day <= daysIn(first.year, first.month) && candidate <= today) return candidate;
  }
  return today;
};

const weekdayDays = (weekday: number, which: Which, today: number): Days => {
  const since = (weekdayOf(today) - weekday + 7) % 7;
  const monday = today - weekdayOf(today);
  switch (which) {
    case 'nearest':
      return one(today - since);
    case 'last':
      return one(today - (since === 0 ? 7 : since));
    case 'this':
      return one(monday + weekday);
    case 'next':
      return one(today + (since === 0 ? 7 : 7 - since));
  }
};

const monthDays = (month: number, which: Which, today: number): Days => {
  const now = dateOf(today);
  const year = month <= now.month ? now.year : now.year - 1;
  const isNow = month === now.month;
  switch (which) {
    case 'nearest':
      return monthOf(year, month);
    case 'last':
      return monthOf(isNow ? year - 1 : year, month);
    case 'this':
      return monthOf(now.year, month, isNow);
    case 'next':
      return monthOf(year + 1, month);
  }
};

/** Saturday and Sunday; this weekend is still open on one, and on a working day it is the last one. */
const weekendDays = (which: Which, today: number): Days => {
  const monday = today - weekdayOf(today);
  const isOn = today >= monday + 5;
  const first =
    which === 'next' ? monday + (isOn ? 12 : 5) : isOn && which === 'this' ? monday + 5 : monday - 2;
  return { first, last: first + 1, open: isOn && which === 'this' };
};

const unitDays = (unit: 'week' | 'month' | 'year', shift: number, today: number): Days => {
  const { year, month } = dateOf(today);
  const open = shift === 0;
  if (unit === 'month') return monthOf(year, month + shift, open);
  if (unit === 'year') return yearOf(year + shift, open);
  const monday = today - weekdayOf(today) + 7 * shift;
  return { first: monday, last: monday + 6, open };
};

/** The two readings of 11/12 or 11/12/2026, the most recent past one first. */
export const eitherDays = (said: DaySaid & { kind: 'either' }, today: number): [number, number] => {
  const at = (month: number, day: number): number =>
    said.year === undefined ? nearestPast(month, day, today) : dayOf(said.year, month, day);
  const dayFirst = at(said.other, said.one);
  const monthFirst = at(said.one, said.other);
  const rank = (day: number): number => (day <= today ? today - day : Number.MAX_SAFE_INTEGER);
  return rank(monthFirst) < rank(dayFirst) ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
};

/** The days that were said, seen from today (a day number in the zone that counts). */
export const daysOf = (said: DaySaid, today: number): Days => {
  switch (said.kind) {
    case 'date':
      return one(
        said.year === undefined
          ? nearestPast(said.month, said.day, today)
          : dayOf(said.year, said.month, said.day),
      );
    case 'either':
      return one(eitherDays(said, today)[0]);
    case 'day-of-month':
      return one(nearestDayOfMonth(said.day, today));
    case 'weekday':
      return weekdayDays(said.weekday, said.which, today);
    case 'shift':
      return one(addMonths(today, said.months) + said.days, said.days === 0 && said.months === 0);
    case 'month':
      return said.year === undefined
        ? monthDays(said.month, said.which, today)
        : monthOf(said.year, said.month);
    case 'year':
      return yearOf(said.year);
    case 'unit':
      return unitDays(said.unit, said.shift, today);
    case 'weekend':
      return weekendDays(said.which, today);
  }
};
