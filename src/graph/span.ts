import { isById } from '../entra/condition.ts';
import type { Bound, Query, Scope } from '../entra/query.ts';
import { isoOf } from '../lib/time.ts';

/** The window that Graph is asked for, ISO 8601 in UTC; without `to` it is open at the end. */
export interface Span {
  readonly from: string;
  readonly to?: string;
}

/** How a question's window was decided. */
export interface DecidedWindow {
  /** Undefined when the whole window lies before what Graph keeps: nothing can be there. */
  readonly span: Span | undefined;
  readonly scope: Omit<Scope, 'eventTypes'>;
  readonly why: Scope['why'] | 'clipped';
  readonly notes: readonly string[];
}

/** What a window depends on besides the question. */
export interface WindowOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  /** How many days Graph keeps sign-ins. */
  readonly retentionDays: number;
  /** The window in hours of a question that names none. */
  readonly defaultHours: number;
  /** How many milliseconds late sign-ins may reach the log. */
  readonly settling: number;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** A filter date just outside retention can be refused, so the floor stays this far inside. */
const INSIDE = 5 * 60 * SECOND;

const floor = (ms: number): number => Math.floor(ms / SECOND) * SECOND;
const ceil = (ms: number): number => Math.ceil(ms / SECOND) * SECOND;

/** Bounds that roll with the clock are whole seconds, rounded outwards. */
const rolled = (bound: Bound, now: number, round: (ms: number) => number): number =>
  bound.secondsAgo === undefined ? Date.parse(bound.at) : Math.max(0, round(now) - bound.secondsAgo * SECOND);

/** The oldest instant that may be asked for, in epoch milliseconds. */
const oldest = ({ now, retentionDays }: WindowOptions): number => ceil(now - retentionDays * DAY + INSIDE);

const beginning = (
  query: Query,
  options: WindowOptions,
): { readonly from?: number; readonly why: Scope['why'] } => {
  const { from, to } = query.window;
  if (from !== undefined) return { from: rolled(from, options.now, floor), why: 'asked' };
  if (query.where.some(isById)) return { why: 'id' };
  if (to !== undefined) return { why: 'asked' };
  return { from: floor(options.now) - options.defaultHours * HOUR, why: 'default' };
};

const tooOld = (asked: Span, days: number): DecidedWindow => ({
  span: undefined,
  scope: {
    from: asked.from,
    to: asked.to ?? asked.from,
    why: 'asked',
    clippedFrom: asked.from,
    untilNow: false,
    settling: false,
  },
  why: 'clipped',
  notes: [
    `Microsoft keeps sign-ins for ${days} days, so Graph no longer has any of that time and was not asked.`,
  ],
});

/**
 * Decides from when to when Graph is asked: the default where nothing was said, the whole retention for exact
 * ids, and never earlier than Graph keeps.
 */
export const decideWindow = (query: Query, options: WindowOptions): DecidedWindow => {
  const { now, retentionDays } = options;
  const start = beginning(query, options);
  const end = query.window.to && rolled(query.window.to, now, ceil);
  const least = oldest(options);
  const from = Math.max(start.from ?? least, least);
  if (end !== undefined && end < from) {
    return tooOld({ from: isoOf(Math.min(start.from ?? end, end)), to: isoOf(end) }, retentionDays);
  }
  const clipped = start.why !== 'id' && from !== start.from;
  return {
    span: { from: isoOf(from), ...(end !== undefined && { to: isoOf(end) }) },
    scope: {
      from: isoOf(from),
      to: isoOf(end ?? ceil(now)),
      why: start.why,
      ...(clipped && start.from !== undefined && { clippedFrom: isoOf(start.from) }),
      untilNow: end === undefined,
      settling: end === undefined || end > now - options.settling,
    },
    why: clipped ? 'clipped' : start.why,
    notes: clipped
      ? [`Microsoft keeps sign-ins for ${retentionDays} days, so this starts at ${isoOf(from)}.`]
      : [],
  };
};
