import type { Kysely } from 'kysely';
import { BriefMap } from '../lib/brief-map.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** What people chose for themselves, by object id. */
export interface Preferences {
  zoneOf(personId: string): Promise<string | undefined>;
  setZone(personId: string, zone: string): Promise<void>;
}

/**
 * What a person chose for themselves.
 *
 * @param room how many people's zones are kept in memory; 0 where another process may change them
 */
export const preferencesIn = (db: Kysely<Tables>, write: WriteTogether, room: number): Preferences => {
  const known = new BriefMap<string, string | undefined>(room);
  return {
    async zoneOf(personId) {
      if (known.has(personId)) return known.get(personId);
      const row = await db
        .selectFrom('preferences')
        .select('zone')
        .where('person_id', '=', personId)
        .executeTakeFirst();
      known.set(personId, row?.zone);
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
      known.set(personId, zone);
    },
  };
};
