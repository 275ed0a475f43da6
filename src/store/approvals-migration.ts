import { type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { onlyAddTo } from './ledger-migration.ts';

/** CR-1001 is the first. */
const NUMBERS_AFTER = 1_000;

type Column = readonly [name: string, type: 'bigint' | 'integer' | 'text'];

/** A table with columns that are never null. */
export const withColumns = <Name extends string>(
  table: CreateTableBuilder<Name>,
  columns: readonly Column[],
): CreateTableBuilder<Name> =>
  columns.reduce((built, [name, type]) => built.addColumn(name, type, (column) => column.notNull()), table);

const createApprovals = async (db: Kysely<unknown>): Promise<void> => {
  await withColumns(db.schema.createTable('approval_counter'), [
    ['id', 'integer'],
    ['last', 'bigint'],
  ]).execute();
  await sql`insert into approval_counter (id, last) values (1, ${sql.lit(NUMBERS_AFTER)})`.execute(db);
  const approvals = db.schema
    .createTable('approvals')
    .addColumn('number', 'bigint', (column) => column.primaryKey())
    .addColumn('due_at', 'bigint');
  await withColumns(approvals, [
    ['format', 'integer'],
    ['revision', 'integer'],
    ['edition', 'integer'],
    ['state', 'text'],
    ['open', 'integer'],
    ['requester_id', 'text'],
    ['created_at', 'bigint'],
    ['document', 'text'],
    ['seal', 'text'],
  ]).execute();
  await sql`create index approvals_due on approvals (due_at) where due_at is not null`.execute(db);
  await sql`create index approvals_open on approvals (requester_id) where open = 1`.execute(db);
  await sql`create index approvals_closed on approvals (created_at) where open = 0`.execute(db);
};

const createTargets = async (db: Kysely<unknown>): Promise<void> => {
  await withColumns(db.schema.createTable('approval_targets'), [
    ['number', 'bigint'],
    ['target_id', 'text'],
    ['open', 'integer'],
  ]).execute();
  await db.schema.createIndex('approval_targets_number').on('approval_targets').column('number').execute();
  await sql`create unique index approval_targets_taken on approval_targets (target_id) where open = 1`.execute(
    db,
  );
};

const createPosts = async (db: Kysely<unknown>): Promise<void> => {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const posts = db.schema
    .createTable('posts')
    .addColumn('id', isPostgres ? 'bigint' : 'integer', (column) =>
      isPostgres ? column.generatedAlwaysAsIdentity().primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('activity_id', 'text')
    .addColumn('due_at', 'bigint');
  await withColumns(posts, [
    ['number', 'bigint'],
    ['kind', 'text'],
    ['conversation_id', 'text'],
    ['shown', 'integer'],
    ['wanted', 'integer'],
    ['tries', 'integer'],
    ['taken_until', 'bigint'],
    ['doubtful', 'integer'],
  ]).execute();
  await db.schema.createIndex('posts_number').on('posts').column('number').execute();
  // Rows without an activity are all different.
  await sql`create unique index posts_activity on posts (conversation_id, activity_id)`.execute(db);
  await sql`create index posts_due on posts (due_at) where shown < wanted`.execute(db);
};

const createLedgerApprovals = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('ledger_approvals')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .execute();
  await sql`create index ledger_approvals_number on ledger_approvals (number, seq)`.execute(db);
  await onlyAddTo(db, 'ledger_approvals');
};

/** Approvals, their targets and messages, and which entries of the ledger are about them. */
export const approvalsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await createApprovals(db);
    await createTargets(db);
    await createPosts(db);
    await createLedgerApprovals(db);
  },
};
