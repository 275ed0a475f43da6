import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

export interface Preferences {
  zoneOf(personId: string): Promise<string | undefined>;
  setZone(personId: string, zone: string): Promise<void>;
}

/** What a person chose for themselves. Always asked anew: another replica may have heard the newer choice. */
export const preferencesIn = (db: Kysely<Tables>, write: WriteTogether): Preferences => ({
  async zoneOf(personId) {
    const row = await db
      .selectFrom('preferences')
      .select('zone')
      .where('person_id', '=', personId)
      .executeTakeFirst();
    return row?.zone;
  },
  async setZone(personId, zone) {
    await write((transaction) =>
      transaction
        .insertInto('preferences')
        .values({ person_id: personId, zone })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ zone }))
        .execute(),
    );
  },
});
