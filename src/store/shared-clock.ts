import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** Epoch milliseconds of PostgreSQL's clock, in a statement; it goes on within a transaction. */
export const NOW = sql<number>`ceil(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** The time of the database, by which replicas whose own clocks differ agree. */
export const sharedClockOf = async (db: Kysely<Tables>): Promise<number> => {
  const { now } = await db.selectNoFrom(NOW.as('now')).executeTakeFirstOrThrow();
  return now;
};
