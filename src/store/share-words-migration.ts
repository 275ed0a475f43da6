import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who has to be told when the card of a share cannot be posted, and why it could not. */
export const shareWordsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    // SQLite takes one column at a time.
    for (const column of ['teams_id', 'asked_in', 'failed'])
      await db.schema.alterTable('share_posts').addColumn(column, 'text').execute();
  },
};
