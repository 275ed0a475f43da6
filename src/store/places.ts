import type { Kysely } from 'kysely';
import type { Place } from '../entra/place.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

export interface Places {
  /** Keeps the newest address of a conversation: service URLs change. */
  remember(place: Place, now: number): Promise<void>;
  find(conversationId: string): Promise<Place | undefined>;
}

const KINDS: ReadonlyMap<string, Place['kind']> = new Map([
  ['personal', 'personal'],
  ['group', 'group'],
  ['channel', 'channel'],
]);

const addressOf = (place: Place | undefined): string | undefined =>
  place && [place.kind, place.serviceUrl, place.tenantId, place.botId].join('\n');

/** Where the bot may speak later on its own account. */
export const placesIn = (db: Kysely<Tables>, write: WriteTogether): Places => {
  const find = async (conversationId: string): Promise<Place | undefined> => {
    const row = await db
      .selectFrom('places')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();
    const kind = row && KINDS.get(row.kind);
    if (!row || !kind) return undefined;
    return {
      kind,
      conversationId,
      serviceUrl: row.service_url,
      tenantId: row.tenant_id,
      botId: row.bot_id,
    };
  };

  return {
    find,
    async remember(place, now) {
      // Addresses seldom change, and to look costs less than to write.
      if (addressOf(await find(place.conversationId)) === addressOf(place)) return;
      const row = {
        kind: place.kind,
        service_url: place.serviceUrl,
        tenant_id: place.tenantId,
        bot_id: place.botId,
        at: now,
      };
      await write((transaction) =>
        transaction
          .insertInto('places')
          .values({ conversation_id: place.conversationId, ...row })
          .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(row))
          .execute(),
      );
    },
  };
};
