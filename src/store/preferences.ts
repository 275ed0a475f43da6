import type { Kysely } from 'kysely';
import { BriefMap } from '../lib/brief-map.ts';
import type { Tables } from './tables.ts';

/** What people chose for themselves, by object id. */
export interface Preferences {
  zoneOf(personId: string): Promise<string | undefined>;
  setZone(personId: string, zone: string): Promise<void>;
}

/** How many people's zones are kept in memory; beyond that the database is asked again. */
const KNOWN_AT_ONCE = 10_000;

/** What a person chose for themselves. */
export const preferencesIn = (db: Kysely<Tables>): Preferences => {
  const zones = new BriefMap<string, string | undefined>(KNOWN_AT_ONCE);
  return {
    async zoneOf(personId) {
      if (zones.has(personId)) return zones.get(personId);
      const row = await db
        .selectFrom('preferences')
        .select('zone')
        .where('person_id', '=', personId)
        .executeTakeFirst();
      zones.set(personId, row?.zone);
      return row?.zone;
    },
    async setZone(personId, zone) {
      await db
        .insertInto('preferences')
        .values({ person_id: personId, zone })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ zone }))
        .execute();
      zones.set(personId, zone);
    },
  };
};
