import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The table of files that are offered. */
export const offersMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('offers')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('format', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('zone', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('activity_id', 'text')
      .execute();
    await db.schema.createIndex('offers_at').on('offers').column('at').execute();
  },
};
