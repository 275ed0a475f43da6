import type { Part } from './words.ts';

/** A day or a longer stretch of whole days, as it was said; it becomes days once the zone is known. */
export type DaySaid =
  /** Without a year: the nearest past one. */
  | { readonly kind: 'date'; readonly year?: number; readonly month: number; readonly day: number }
  /** 11/12/2026: day and month, or month and day; `token` is where it stands. */
  | {
      readonly kind: 'either';
      readonly year?: number;
      readonly one: number;
      readonly other: number;
      readonly token: number;
    }
  /** "the 18th"; `bare` when it is a plain number, which is a day only beside another date. */
  | { readonly kind: 'day-of-month'; readonly day: number; readonly bare: boolean }
  | { readonly kind: 'weekday'; readonly weekday: number; readonly which: Which }
  /** Days from today: 0 today, -1 yesterday. */
  | { readonly kind: 'shift'; readonly days: number; readonly months: number }
  | { readonly kind: 'month'; readonly year?: number; readonly month: number; readonly which: Which }
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'unit'; readonly unit: 'week' | 'month' | 'year'; readonly shift: number }
  | { readonly kind: 'weekend'; readonly which: Which };

/** Which of several like days: the nearest past one that may be today, or as the word says. */
export type Which = 'nearest' | 'last' | 'this' | 'next';

/** A stretch counted back from now: "last 24h" (a stretch), "2 hours ago" and "now" (an instant). */
export interface BackSaid {
  readonly seconds: number;
  readonly months: number;
  readonly instant: boolean;
}

/** What was said about one moment, piece by piece, before anything is computed. */
export interface Pieces {
  readonly day?: DaySaid;
  /** Said before the date: "Friday 20 November". */
  readonly weekday?: number;
  /** Milliseconds after midnight, at most 24 hours. */
  readonly clock?: number;
  readonly part?: Part;
  readonly back?: BackSaid;
  readonly zone?: string;
  readonly notes: readonly string[];
}

/** One moment as said, with the tokens it takes: from `start` up to, not including, `next`. */
export interface Moment extends Pieces {
  readonly start: number;
  readonly next: number;
}

/** How an expression relates its moment to the window. */
export type Relation = 'since' | 'until' | 'before' | 'after' | 'around' | 'during';

/** A whole expression: a relation and its moment, or everything from one moment to another. */
export type Expression =
  | { readonly relation: Relation; readonly moment: Moment; readonly start: number; readonly next: number }
  | {
      readonly relation: 'between';
      readonly from: Moment;
      readonly to: Moment;
      /** Whether the second end belongs to the window ("… before 14:00" does not). */
      readonly inclusive: boolean;
      readonly start: number;
      readonly next: number;
    };
