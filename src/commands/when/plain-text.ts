import { isoOf } from '../../lib/time.ts';
import { clockText, isoDate } from './calendar.ts';
import type { Moment } from './said.ts';
import type { Span } from './span.ts';

/** A moment in the plainest words that mean it: "2026-11-20 14:05 Europe/Oslo", as a start or as an end. */
export const plainText = (moment: Moment, span: Span, as: 'start' | 'end'): string => {
  if (span.days === undefined || moment.part !== undefined)
    return isoOf(as === 'start' ? span.start : span.last);
  const date = isoDate(as === 'start' ? span.days.first : span.days.last);
  const time = moment.clock === undefined ? '' : ` ${clockText(moment.clock)}`;
  const zone = moment.zone === undefined ? '' : ` ${moment.zone}`;
  return `${date}${time}${zone}`;
};
