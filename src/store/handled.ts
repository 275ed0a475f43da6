import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** Which activities somebody has taken up already. */
export interface Handled {
  /** Takes up an activity; false if somebody already did. */
  claim(key: string, now: number): Promise<boolean>;
  /** Whether somebody has taken it up. */
  has(key: string): Promise<boolean>;
  prune(on: Transaction<Tables>, before: number): Promise<void>;
}

/** The memory that makes an activity be handled once, across restarts and re-sends. */
export const handledIn = (db: Kysely<Tables>, write: WriteTogether): Handled => ({
  async claim(key, now) {
    const result = await write((transaction) =>
      transaction
        .insertInto('handled')
        .values({ key, at: now })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst(),
    );
    return result.numInsertedOrUpdatedRows === 1n;
  },
  has: async (key) =>
    (await db.selectFrom('handled').select('key').where('key', '=', key).executeTakeFirst()) !== undefined,
  async prune(on, before) {
    await on.deleteFrom('handled').where('at', '<', before).execute();
  },
});
