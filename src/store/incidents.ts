import type { Kysely, Selectable } from 'kysely';
import type { Incident } from '../entra/incident.ts';
import { appendAll, type Sealing } from './ledger-append.ts';
import type { IncidentTable } from './share-tables.ts';
import { holdShares } from './shares.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** The threads that are places of incidents. */
export interface Incidents {
  /**
   * Gives an incident its place, with its entry: it leaves its place before, and what was there leaves this one. `enter`
   * is told which incident that was. False, and nothing is written, when there is one to leave and `moves` is not set.
   */
  declare(
    incident: Incident,
    moves: boolean,
    enter: (before: string | undefined) => Sealing,
  ): Promise<boolean>;
  find(name: string): Promise<Incident | undefined>;
  in(conversationId: string): Promise<Incident | undefined>;
  /** The newest first. */
  list(most: number): Promise<readonly Incident[]>;
}

const incidentOf = (row: Selectable<IncidentTable>): Incident => ({
  name: row.name,
  conversationId: row.conversation_id,
  at: row.at,
  by: { id: row.by_id, name: row.by_name },
});

/** Incidents in the store. `write` commits one write at a time. */
export const incidentsIn = (db: Kysely<Tables>, write: WriteTogether): Incidents => {
  const all = () => db.selectFrom('incidents').selectAll();
  return {
    declare: ({ name, conversationId: conversation_id, at, by }, moves, enter) =>
      write(async (on) => {
        await holdShares(on, 0);
        const left = await on
          .selectFrom('incidents')
          .selectAll()
          .where(({ eb, or }) => or([eb('name', '=', name), eb('conversation_id', '=', conversation_id)]))
          .execute();
        if (left.length > 0 && !moves) return false;
        const names = left.map((row) => row.name);
        if (names.length > 0) await on.deleteFrom('incidents').where('name', 'in', names).execute();
        await on
          .insertInto('incidents')
          .values({ name, conversation_id, at, by_id: by.id, by_name: by.name })
          .execute();
        await appendAll(on, [enter(names.find((other) => other !== name))]);
        return true;
      }),
    async find(name) {
      const row = await all().where('name', '=', name).executeTakeFirst();
      return row && incidentOf(row);
    },
    async in(conversationId) {
      const row = await all().where('conversation_id', '=', conversationId).executeTakeFirst();
      return row && incidentOf(row);
    },
    async list(most) {
      const rows = await all().orderBy('at', 'desc').orderBy('name').limit(most).execute();
      return rows.map(incidentOf);
    },
  };
};
