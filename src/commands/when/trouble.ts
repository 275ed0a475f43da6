import type { Problem } from '../problem.ts';
import { isoDate, localDay, weekdayOf } from './calendar.ts';
import { eitherDays } from './days.ts';
import { plainText } from './plain-text.ts';
import { ambiguousDate, badAmount, whichWeekend, wrongWeekday } from './problems.ts';
import type { Moment } from './said.ts';
import type { Scene, Stretch } from './scene.ts';
import { spanOf } from './span.ts';

/** A hundred years: beyond any log, and within what the calendar can count. */
const LONGEST_SECONDS = 3_155_760_000;
const LONGEST_MONTHS = 1200;

/** "the weekend", said on one: the one before, or this one. */
const weekendTrouble = (scene: Scene, stretch: Stretch, today: number): Problem => {
  const saturday = today - weekdayOf(today) + 5;
  const before = { first: isoDate(saturday - 7), last: isoDate(saturday - 6) };
  return whichWeekend(scene, stretch, [
    { put: `from ${before.first} to ${before.last}` },
    { put: `since ${isoDate(saturday)}` },
  ]);
};

/** What must be asked back about a moment before it can be computed. `stretch` is its whole expression. */
export const troubleWith = (scene: Scene, moment: Moment, stretch: Stretch): Problem | undefined => {
  const { back, day, weekday } = moment;
  if (back !== undefined) {
    const isNow = back.instant && back.seconds === 0 && back.months === 0;
    const isSome = back.seconds > 0 || back.months > 0;
    const fits = back.seconds <= LONGEST_SECONDS && back.months <= LONGEST_MONTHS;
    return (isSome || isNow) && fits ? undefined : badAmount(scene, moment);
  }
  if (day === undefined) return undefined;
  const today = localDay(scene.context.now, moment.zone ?? scene.context.zone);
  if (day.kind === 'either') {
    return ambiguousDate(
      scene,
      { start: day.token, next: day.token + 1 },
      eitherDays(day, today).map(isoDate),
    );
  }
  const isOnWeekend = weekdayOf(today) >= 5;
  if (day.kind === 'weekend' && isOnWeekend && (day.which === 'nearest' || day.which === 'last')) {
    return weekendTrouble(scene, stretch, today);
  }
  if (weekday === undefined) return undefined;
  const span = spanOf(moment, scene.context, 'start');
  const isThatDay = span.days !== undefined && weekdayOf(span.days.first) === weekday;
  return isThatDay ? undefined : wrongWeekday(scene, moment, plainText(moment, span, 'start'));
};
