import type { Bound, Window } from '../../entra/query.ts';
import { isoOf } from '../../lib/time.ts';
import type { Problem } from '../problem.ts';
import { addMonths, HOUR, isoDate, MINUTE } from './calendar.ts';
import type { Days } from './days.ts';
import { plainText } from './plain-text.ts';
import { endsBeforeItBegins, inTheFuture } from './problems.ts';
import type { Expression, Moment, Relation } from './said.ts';
import type { Scene } from './scene.ts';
import { type Span, spanOf, spanOfDays } from './span.ts';
import { troubleWith } from './trouble.ts';

/** A window and what was assumed to get it. */
export interface WindowRead {
  readonly window: Window;
  readonly notes: readonly string[];
}

/** "around 14:05" and "at 14:05" are this much before and after. */
const AROUND = 15 * MINUTE;
/** "22:00 to 02:00" runs into the next day; "16:30 to 14:00" is more likely a mistake. */
const LONGEST_NIGHT = 12 * HOUR;

const bound = (at: number, inclusive: boolean, secondsAgo?: number): Bound => ({
  at: isoOf(at),
  inclusive,
  ...(secondsAgo !== undefined && { secondsAgo }),
});

/** The end of a window that a span gives: its last instant, or, when left out, the one before its first. */
const endOf = (span: Span, inclusive: boolean): Bound => {
  const secondsAgo = span.instant ? span.secondsAgo : undefined;
  if (inclusive || span.instant) return bound(span.last, inclusive, secondsAgo);
  return bound(span.start, false, span.secondsAgo);
};

const startOf = (span: Span): Bound => bound(span.start, true, span.secondsAgo);

/** After an instant, or after the last instant of a stretch; "after last 24h" can only mean since. */
const afterOf = (span: Span): Bound => {
  if (span.instant) return bound(span.start, false, span.secondsAgo);
  return span.secondsAgo === undefined ? bound(span.last + 1, true) : startOf(span);
};

const aroundOf = (span: Span): Window => {
  const from = span.start - AROUND;
  const to = span.last + AROUND;
  if (span.secondsAgo === undefined) return { from: bound(from, true), to: bound(to, true) };
  const back = AROUND / 1000;
  return {
    from: bound(from, true, span.secondsAgo + back),
    ...(span.secondsAgo >= back && { to: bound(to, true, span.secondsAgo - back) }),
  };
};

const windowOf = (relation: Relation, span: Span): Window => {
  switch (relation) {
    case 'since':
      return { from: startOf(span) };
    case 'after':
      return { from: afterOf(span) };
    case 'until':
      return { to: endOf(span, true) };
    case 'before':
      return { to: endOf(span, false) };
    case 'around':
      return aroundOf(span);
    case 'during':
      if (span.instant) return aroundOf(span);
      return span.open ? { from: startOf(span) } : { from: startOf(span), to: endOf(span, true) };
  }
};

const ROLES = {
  since: 'start',
  after: 'start',
  until: 'end',
  before: 'end',
  around: 'both',
  during: 'both',
} as const;

/** Moves days that were read as the nearest past ones, so that a range ends after it begins. */
const moved = (days: Days, by: number): Days => ({ ...days, first: days.first + by, last: days.last + by });

/** The second time of "22:00 to 02:00" or "9am to 5pm yesterday": on the day of the first, or just after. */
const endOnSameDay = (from: Span, days: Days, to: Moment, zone: string): Span => {
  const same = spanOfDays(to, days, zone, 'end');
  if (same.last >= from.start) return same;
  const next = spanOfDays(to, moved(days, 1), zone, 'end');
  if (next.last - from.start > LONGEST_NIGHT) return same;
  return { ...next, notes: [`The end is taken on the next day, ${isoDate(days.first + 1)}.`, ...next.notes] };
};

const isNearestWeekday = ({ day }: Moment): boolean => day?.kind === 'weekday' && day.which === 'nearest';
const isYearless = ({ day }: Moment): boolean =>
  (day?.kind === 'date' && day.year === undefined) ||
  (day?.kind === 'month' && day.year === undefined && day.which === 'nearest');

/** A window that begins after now. */
const futureTrouble = (scene: Scene, said: Expression, from: Bound | undefined): Problem | undefined =>
  from !== undefined && Date.parse(from.at) > scene.context.now
    ? inTheFuture(scene, said, from.at)
    : undefined;

/** Both ends of a range. Days that were read as the nearest past ones move so that it ends after it begins. */
const endsOf = (scene: Scene, from: Moment, to: Moment): readonly [Span, Span] => {
  const { context } = scene;
  const first = spanOf(from, context, 'start');
  const toZone = to.zone ?? context.zone;
  const areTimes = to.clock !== undefined && from.clock !== undefined;
  if (areTimes && to.day === from.day && first.days !== undefined) {
    return [first, endOnSameDay(first, first.days, to, toZone)];
  }
  const second = spanOf(to, context, 'end');
  if (second.last >= first.start) return [first, second];
  if (isNearestWeekday(from) && first.days !== undefined) {
    const before = spanOfDays(from, moved(first.days, -7), from.zone ?? context.zone, 'start');
    return [before, second];
  }
  if (isYearless(to) && second.days !== undefined) {
    const days = {
      ...second.days,
      first: addMonths(second.days.first, 12),
      last: addMonths(second.days.last, 12),
    };
    return [first, spanOfDays(to, days, toZone, 'end')];
  }
  return [first, second];
};

const rangeOf = (scene: Scene, said: Expression & { relation: 'between' }): WindowRead | Problem => {
  const trouble = troubleWith(scene, said.from, said) ?? troubleWith(scene, said.to, said);
  if (trouble !== undefined) return trouble;
  const [first, second] = endsOf(scene, said.from, said.to);
  const from = startOf(first);
  const to = endOf(second, said.inclusive);
  const future = futureTrouble(scene, said, from);
  if (future !== undefined) return future;
  if (to.at < from.at || (to.at === from.at && !to.inclusive)) {
    const swapped = `from ${plainText(said.to, second, 'start')} to ${plainText(said.from, first, 'end')}`;
    return endsBeforeItBegins(scene, said, { from: from.at, to: to.at }, swapped);
  }
  const notes = [...said.from.notes, ...first.notes, ...said.to.notes, ...second.notes];
  return { window: { from, to }, notes: [...new Set(notes)] };
};

const singleOf = (scene: Scene, said: Exclude<Expression, { relation: 'between' }>): WindowRead | Problem => {
  const { moment, relation } = said;
  const trouble = troubleWith(scene, moment, said);
  if (trouble !== undefined) return trouble;
  const span = spanOf(moment, scene.context, ROLES[relation]);
  const isAround = relation === 'around' || (relation === 'during' && span.instant);
  const window = windowOf(relation, span);
  const future = futureTrouble(scene, said, window.from);
  if (future !== undefined) return future;
  const around = isAround ? ['A time is taken as the 15 minutes before and after it.'] : [];
  return { window, notes: [...moment.notes, ...span.notes, ...around] };
};

/** The window that an expression means, or what must be asked back. */
export const readWindow = (scene: Scene, said: Expression): WindowRead | Problem =>
  said.relation === 'between' ? rangeOf(scene, said) : singleOf(scene, said);
