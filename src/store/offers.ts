import type { Transaction } from 'kysely';
import type { FileFormat } from '../entra/file.ts';
import type { FileSource, Offer } from '../entra/offer.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** A file that somebody may take. */
export interface OfferTable {
  readonly id: string;
  readonly person_id: string;
  /** A `FileSource` as JSON. */
  readonly source: string;
  readonly format: string;
  readonly name: string;
  readonly zone: string;
  readonly at: number;
  readonly activity_id: string | null;
}

/** Files that were offered and not yet taken. */
export interface Offers {
  make(offer: Offer): Promise<void>;
  /** It stands in this message. */
  posted(id: string, activityId: string): Promise<void>;
  /** Takes an offer away, whatever its age: nobody can take it again. Undefined where this person has none such. */
  take(id: string, personId: string): Promise<Offer | undefined>;
  prune(on: Transaction<Tables>, before: number): Promise<void>;
}

// The store is ours alone and holds what `make` wrote, so its JSON is trusted.
const offerOf = (row: OfferTable): Offer => ({
  id: row.id,
  personId: row.person_id,
  source: JSON.parse(row.source) as FileSource,
  format: row.format as FileFormat,
  name: row.name,
  zone: row.zone,
  at: row.at,
  ...(row.activity_id === null ? {} : { activityId: row.activity_id }),
});

export const offersIn = (write: WriteTogether): Offers => ({
  async make({ id, personId, source, format, name, zone, at }) {
    const row = { id, person_id: personId, source: JSON.stringify(source), format, name, zone, at };
    await write((transaction) =>
      transaction
        .insertInto('offers')
        .values({ ...row, activity_id: null })
        .execute(),
    );
  },
  async posted(id, activityId) {
    await write((transaction) =>
      transaction.updateTable('offers').set({ activity_id: activityId }).where('id', '=', id).execute(),
    );
  },
  async take(id, personId) {
    const row = await write((transaction) =>
      transaction
        .deleteFrom('offers')
        .where('id', '=', id)
        .where('person_id', '=', personId)
        .returningAll()
        .executeTakeFirst(),
    );
    return row && offerOf(row);
  },
  async prune(on, before) {
    await on.deleteFrom('offers').where('at', '<', before).execute();
  },
});
