import type { Kysely } from 'kysely';
import type { Place } from '../entra/place.ts';
import { BriefMap } from '../lib/brief-map.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** The conversations that the bot was in. */
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

const addressOf = (place: Place): string =>
  [place.kind, place.serviceUrl, place.tenantId, place.botId].join('\n');

/**
 * Where the bot may speak later on its own account.
 *
 * @param room how many conversations' addresses are kept in memory; 0 where another process may change them
 */
export const placesIn = (db: Kysely<Tables>, write: WriteTogether, room: number): Places => {
  const known = new BriefMap<string, string>(room);

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

  const replace = async (place: Place, now: number): Promise<void> => {
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
  };

  return {
    find,
    async remember(place, now) {
      const address = addressOf(place);
      if (known.get(place.conversationId) === address) return;
      // Addresses seldom change, and to look costs less than to write.
      const stored = await find(place.conversationId);
      if (!stored || addressOf(stored) !== address) await replace(place, now);
      known.set(place.conversationId, address);
    },
  };
};
