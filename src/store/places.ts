import type { Kysely } from 'kysely';
import type { Place } from '../entra/place.ts';
import { BriefMap } from '../lib/brief-map.ts';
import type { Tables } from './tables.ts';

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

/** How many conversations are known without asking the database, so that a turn seldom writes here. */
const KNOWN_AT_ONCE = 1_000;

const addressOf = (place: Place): string =>
  [place.kind, place.serviceUrl, place.tenantId, place.botId].join('\n');

/** Where the bot may speak later on its own account. */
export const placesIn = (db: Kysely<Tables>): Places => {
  const known = new BriefMap<string, string>(KNOWN_AT_ONCE);
  return {
    async remember(place, now) {
      const address = addressOf(place);
      if (known.get(place.conversationId) === address) return;
      const row = {
        kind: place.kind,
        service_url: place.serviceUrl,
        tenant_id: place.tenantId,
        bot_id: place.botId,
        at: now,
      };
      await db
        .insertInto('places')
        .values({ conversation_id: place.conversationId, ...row })
        .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(row))
        .execute();
      known.set(place.conversationId, address);
    },
    async find(conversationId) {
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
    },
  };
};
