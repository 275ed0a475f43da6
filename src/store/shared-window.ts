import { type Kysely, sql } from 'kysely';
import { NOW } from './shared-clock.ts';
import type { Tables } from './tables.ts';

/** One seat in the window of requests that the replicas share. */
export interface BudgetTable {
  readonly bucket: string;
  /** From 0. */
  readonly seat: number;
  /** Epoch milliseconds of the database's clock. */
  readonly free_at: number;
  /** Counts who took it, so that a late word about an earlier taking changes nothing. */
  readonly taking: number;
}

/** A seat that was taken, for as long as nobody else has taken it since. */
export interface Seat {
  /** From now on it is held for so many milliseconds and no longer. */
  hold(milliseconds: number): Promise<void>;
}

/** The window of requests to one part of Graph. The database's clock counts, for those of the replicas differ. */
export interface SharedWindow {
  /** Takes a free seat and holds it for so many milliseconds, or says in how many one may be free. */
  take(milliseconds: number): Promise<{ readonly seat: Seat } | { readonly wait: number }>;
  /** Nobody takes a seat for so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * The window of a bucket in PostgreSQL. Each statement is a transaction of its own, and two replicas that take at
 * the same moment pass over each other's rows instead of waiting.
 *
 * @param seats how many requests fit into it
 */
export const sharedWindowOf = (db: Kysely<Tables>, bucket: string, seats: number): SharedWindow => {
  let isLaidOut = false;

  const layOut = async (): Promise<void> => {
    await sql`
      insert into budget (bucket, seat, free_at, taking)
      select ${bucket}, seat, 0, 0 from generate_series(0, ${seats - 1}::integer) as seat
      on conflict do nothing`.execute(db);
    isLaidOut = true;
  };

  const hold = async (seat: number, taking: number, milliseconds: number): Promise<void> => {
    await sql`
      update budget set free_at = least(free_at, ${NOW} + ${milliseconds})
      where bucket = ${bucket} and seat = ${seat} and taking = ${taking}`.execute(db);
  };

  return {
    async take(milliseconds) {
      if (!isLaidOut) await layOut();
      const { rows } = await sql<{ seat: number; taking: number }>`
        update budget set free_at = ${NOW} + ${Math.ceil(milliseconds)}, taking = taking + 1
        where bucket = ${bucket} and seat = (
          select seat from budget
          where bucket = ${bucket} and seat < ${seats} and free_at <= ${NOW}
          order by free_at limit 1 for update skip locked)
        returning seat, taking`.execute(db);
      const [taken] = rows;
      if (taken) return { seat: { hold: (time) => hold(taken.seat, taken.taking, Math.ceil(time)) } };
      const next = await sql<{ wait: number }>`
        select min(free_at) - ${NOW} as wait from budget
        where bucket = ${bucket} and seat < ${seats}`.execute(db);
      return { wait: next.rows[0]?.wait ?? 0 };
    },
    async pause(milliseconds) {
      // Nobody may give back a seat before the pause is over.
      await sql`
        update budget set free_at = greatest(free_at, ${NOW} + ${Math.ceil(milliseconds)}), taking = taking + 1
        where bucket = ${bucket}`.execute(db);
    },
  };
};
