import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which answer each card shows. */
export const shownCardsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('shown_cards')
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('activity_id', 'text', (column) => column.notNull())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('result_id', 'text', (column) => column.notNull())
      .addColumn('first', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('shown_cards_key', ['conversation_id', 'activity_id', 'person_id'])
      .execute();
    await db.schema.createIndex('shown_cards_at').on('shown_cards').column('at').execute();
  },
};
