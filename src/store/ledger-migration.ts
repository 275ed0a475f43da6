import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The hash before the first row: 32 bytes of zero. */
const NO_HASH = `${'A'.repeat(43)}=`;

const REFUSAL = 'The ledger is only ever added to.';

/** The tables that are only added to, and the columns that tell their rows apart. */
const GUARDED = { ledger: ['seq'], ledger_approvals: ['seq'], ledger_topics: ['seq', 'topic'] } as const;

type Guarded = keyof typeof GUARDED;

const guardSqlite = async (db: Kysely<unknown>, table: Guarded): Promise<void> => {
  for (const change of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.ref(table)}
      begin select raise(abort, ${sql.lit(REFUSAL)}); end`.execute(db);
  }
  const isThere = GUARDED[table].map((column) => sql`${sql.ref(column)} = ${sql.ref(`new.${column}`)}`);
  // INSERT OR REPLACE deletes without asking the trigger above.
  await sql`create trigger ${sql.ref(`${table}_no_replace`)} before insert on ${sql.ref(table)}
    when exists (select 1 from ${sql.ref(table)} where ${sql.join(isThere, sql` and `)})
    begin select raise(abort, ${sql.lit(REFUSAL)}); end`.execute(db);
};

const guardPostgres = async (db: Kysely<unknown>, table: Guarded): Promise<void> => {
  await sql`create or replace function ledger_refuse() returns trigger language plpgsql as
    ${sql.lit(`begin raise exception '${REFUSAL}'; end`)}`.execute(db);
  await sql`create trigger ${sql.ref(`${table}_no_change`)}
    before update or delete or truncate on ${sql.ref(table)}
    for each statement execute function ledger_refuse()`.execute(db);
};

/** From now on rows of the table can neither be changed nor deleted. */
export const onlyAddTo = (db: Kysely<unknown>, table: Guarded): Promise<void> =>
  db.getExecutor().adapter instanceof PostgresAdapter ? guardPostgres(db, table) : guardSqlite(db, table);

const text = ['origin', 'kind', 'actor', 'body', 'prev_hash', 'hash', 'key_id', 'mac'] as const;

const createTables = async (db: Kysely<unknown>): Promise<void> => {
  const ledger = db.schema
    .createTable('ledger')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull());
  await text
    .reduce((table, name) => table.addColumn(name, 'text', (column) => column.notNull()), ledger)
    .execute();
  await db.schema
    .createTable('ledger_head')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await sql`insert into ledger_head (id, size, hash) values (1, 0, ${sql.lit(NO_HASH)})`.execute(db);
  await db.schema
    .createTable('ledger_private')
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('ledger_private_seq').on('ledger_private').column('seq').execute();
  // People are looked for; what else is kept is only looked up.
  await sql`create index ledger_private_user on ledger_private (value) where what = 'user'`.execute(db);
  await onlyAddTo(db, 'ledger');
};

/** The ledger with its guard, its head, and the side table of what may be erased. */
export const ledgerMigration: Migration = { up: createTables };
