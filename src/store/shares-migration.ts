import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { withColumns } from './approvals-migration.ts';
import { onlyAddTo } from './ledger-migration.ts';

const createShares = async (db: Kysely<unknown>): Promise<void> => {
  await withColumns(db.schema.createTable('share_counter'), [
    ['id', 'integer'],
    ['last', 'bigint'],
  ]).execute();
  await sql`insert into share_counter (id, last) values (1, 0)`.execute(db);
  const shares = db.schema
    .createTable('shares')
    .addColumn('number', 'bigint', (column) => column.primaryKey())
    .addColumn('source', 'text', (column) => column.notNull().unique())
    .addColumn('incident', 'text')
    .addColumn('conversation_id', 'text')
    .addColumn('document', 'text');
  await withColumns(shares, [
    ['at', 'bigint'],
    ['by_id', 'text'],
    ['by_name', 'text'],
    ['redacted', 'text'],
    ['hash', 'text'],
  ]).execute();
  await sql`create index shares_kept on shares (at) where document is not null`.execute(db);
};

const createPosts = async (db: Kysely<unknown>): Promise<void> => {
  const posts = db.schema
    .createTable('share_posts')
    .addColumn('number', 'bigint', (column) => column.primaryKey())
    .addColumn('activity_id', 'text')
    .addColumn('due_at', 'bigint');
  await withColumns(posts, [
    ['conversation_id', 'text'],
    ['taken_until', 'bigint'],
    ['tries', 'integer'],
    ['doubtful', 'integer'],
  ]).execute();
  await sql`create index share_posts_due on share_posts (due_at) where due_at is not null`.execute(db);
};

const createIncidents = (db: Kysely<unknown>): Promise<void> =>
  db.schema
    .createTable('incidents')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('conversation_id', 'text', (column) => column.notNull().unique())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('by_id', 'text', (column) => column.notNull())
    .addColumn('by_name', 'text', (column) => column.notNull())
    .execute();

const createTopics = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('ledger_topics')
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('topic', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_topics_key', ['topic', 'seq'])
    .execute();
  await onlyAddTo(db, 'ledger_topics');
};

/** What was shared, its cards, the places of incidents, and which entries of the ledger are about them. */
export const sharesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await createShares(db);
    await createPosts(db);
    await createIncidents(db);
    await createTopics(db);
  },
};
