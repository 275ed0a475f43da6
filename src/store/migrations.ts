import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { approvalsMigration } from './approvals-migration.ts';
import { ledgerMigration } from './ledger-migration.ts';
import { offersMigration } from './offers-migration.ts';
import { shareWordsMigration } from './share-words-migration.ts';
import { sharesMigration } from './shares-migration.ts';
import { shownCardsMigration } from './shown-cards-migration.ts';

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('handled')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('handled_at').on('handled').column('at').execute();
    await db.schema
      .createTable('readings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('answer', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('results')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('reading_id', 'text', (column) => column.notNull())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('asked', 'text', (column) => column.notNull())
      .addColumn('notes', 'text', (column) => column.notNull())
      .addColumn('about_me', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('shown')
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('conversation_id', 'text', (column) => column.notNull())
      .addColumn('result_id', 'text', (column) => column.notNull())
      .addColumn('first', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('shown_key', ['person_id', 'conversation_id'])
      .execute();
    await db.schema
      .createTable('places')
      .addColumn('conversation_id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('service_url', 'text', (column) => column.notNull())
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('bot_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('preferences')
      .addColumn('person_id', 'text', (column) => column.primaryKey())
      .addColumn('zone', 'text', (column) => column.notNull())
      .execute();
  },
};

const sharedBudget: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('budget')
      .addColumn('bucket', 'text', (column) => column.notNull())
      .addColumn('seat', 'integer', (column) => column.notNull())
      .addColumn('free_at', 'bigint', (column) => column.notNull())
      .addColumn('taking', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('budget_key', ['bucket', 'seat'])
      .execute();
  },
};

/** Every change of the schema, in order; names sort as they are applied and are never reused. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '2026-11-21-questions': first,
  '2026-11-22-ledger': ledgerMigration,
  '2026-11-22-shared-budget': sharedBudget,
  '2026-11-22-shown-cards': shownCardsMigration,
  '2026-11-23-approvals': approvalsMigration,
  '2026-11-24-shares': sharesMigration,
  '2026-11-25-offers': offersMigration,
  '2026-11-26-share-words': shareWordsMigration,
};
