import { type Filter, widen } from '../../entra/filter.ts';
import type { Query } from '../../entra/query.ts';
import type { Phrase } from '../clauses/clause.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** Properties that leave most of a tenant's sign-ins in the answer. */
const WIDE = new Set(['signInEventTypes', 'createdDateTime', 'authenticationRequirement']);

/** Whether Graph itself can leave out most of the log by this. */
const narrows = (filter: Filter): boolean => {
  switch (filter.op) {
    case 'and':
      return filter.of.some(narrows);
    case 'or':
      return filter.of.every(narrows);
    case 'eq':
      if (filter.property === 'flaggedForReview') return filter.value === true;
      return filter.property === 'status/errorCode' ? filter.value !== 0 : !WIDE.has(filter.property);
    default:
      return !WIDE.has(filter.property);
  }
};

/** A whole local day has 25 hours when the clocks go back; it ends in its last millisecond. */
const isWholeDay = (length: number, to: string | undefined): boolean =>
  length <= 25 * HOUR && to?.endsWith('59.999Z') === true;

const isLong = ({ window: { from, to } }: Query, now: number): boolean => {
  if (!from && !to) return false;
  if (!from) return true;
  const length = (to ? Date.parse(to.at) : now) - Date.parse(from.at);
  // "last 24h" begins up to a second early: it is rounded outwards to whole seconds.
  return length >= DAY + SECOND && !isWholeDay(length, to?.at);
};

/** The stretch of the phrase that says from when to when. */
export interface TimeSaid {
  readonly start: number;
  readonly end: number;
}

const narrower = ({ text }: Phrase, time: TimeSaid | undefined): readonly string[] => {
  const day = time ? `${text.slice(0, time.start)}last 24h${text.slice(time.end)}` : `${text} last 24h`;
  return [day, `${text} for user@contoso.com`, `${text} at risk`];
};

/** More than a day of the whole tenant would take Graph minutes: something has to narrow it. */
export const tooBroad = (query: Query, phrase: Phrase, time?: TimeSaid): Problem | undefined => {
  if (!isLong(query, phrase.context.now)) return undefined;
  const narrow = query.where.some((condition) => {
    const { filter } = widen(condition);
    return filter !== undefined && narrows(filter);
  });
  if (narrow) return undefined;
  return {
    problem: 'too-broad',
    what: 'That is more than a day of sign-ins of everybody.',
    why: 'Graph gives a thousand sign-ins at a time and few answers a minute, so it would not finish.',
    next: 'Name a user, an app, an address, a country, a code or a risk, or ask for at most 24 hours.',
    suggestions: sayings(...narrower(phrase, time)),
    at: placeOf(time ?? { start: 0 }, time ?? { end: phrase.text.length }),
  };
};
