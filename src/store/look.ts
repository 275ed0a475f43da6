import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type Dialect, Kysely, SqliteDialect, sql } from 'kysely';
import { isPostgresUrl } from '../lib/postgres-url.ts';
import { approvalsIn } from './approvals.ts';
import { ledgerIn } from './ledger.ts';
import { MIGRATIONS } from './migrations.ts';
import { placesIn } from './places.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { writesTogether } from './together.ts';

/** What a PostgreSQL server says of itself and of us. */
export interface Server {
  readonly version: string;
  /** Our role may do everything there. */
  readonly isSuperuser: boolean;
  /** It only follows another server. */
  readonly isStandby: boolean;
  /** It lets us read alone, unless we say otherwise, which the bot does not. */
  readonly isReadOnly: boolean;
  /** Our role may make the tables of a newer version. */
  readonly mayCreate: boolean;
}

/** A store as somebody sees it who changes nothing: neither its schema nor a row. What would write throws. */
export interface Look extends Pick<Store, 'places' | 'ledger' | 'approvals' | 'close'> {
  /** Changes of the schema that the next start makes. */
  readonly due: readonly string[];
  /** Changes that a newer version made. */
  readonly unknown: readonly string[];
  readonly server?: Server;
}

/** A running bot writes at any moment; a look waits for it, and never it for a look. */
const BUSY_MS = 2_000;

const CONNECT_MS = 5_000;

/**
 * A log beside the file is somebody's who writes, or was killed: it stays as it is. Where there is none, SQLite makes one
 * even to read, and takes it away again only if it might have written.
 */
const sqlite = (path: string): Dialect => {
  const database = new Database(path, { readonly: existsSync(`${path}-wal`), fileMustExist: true });
  try {
    database.pragma('query_only = on');
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    const found = database.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(`The file is damaged. SQLite says: ${found}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return new SqliteDialect({ database });
};

type Applied = { readonly kysely_migration: { readonly name: string } };

const appliedIn = async (db: Kysely<Tables>): Promise<readonly string[]> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await db.withTables<Applied>().selectFrom('kysely_migration').select('name').execute();
  return rows.map(({ name }) => name);
};

const serverOf = async (db: Kysely<Tables>): Promise<Server> => {
  // What this connection has set itself is not what it was given.
  const { rows } = await sql<Server>`
    select current_setting('server_version') as version,
           (select rolsuper from pg_roles where rolname = current_user) as "isSuperuser",
           pg_is_in_recovery() as "isStandby",
           (select reset_val = 'on' from pg_settings where name = 'default_transaction_read_only') as "isReadOnly",
           coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate"`.execute(db);
  const [server] = rows;
  if (!server) throw new Error('The server says nothing of itself.');
  return server;
};

/** One connection, on which nothing can be changed. */
const postgres = async (url: string): Promise<Kysely<Tables>> => {
  const { openPostgres } = await import('./postgres.ts');
  const db = new Kysely<Tables>({ dialect: openPostgres(url, { connections: 1, connectMs: CONNECT_MS }) });
  try {
    await sql`set default_transaction_read_only = on`.execute(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
};

/** Looks into the store that `DATA` names without changing it. Throws when it cannot be read or is damaged. */
export const lookInto = async (data: string): Promise<Look> => {
  const db = isPostgresUrl(data) ? await postgres(data) : new Kysely<Tables>({ dialect: sqlite(data) });
  const write = writesTogether(db);
  try {
    const applied = await appliedIn(db);
    return {
      due: Object.keys(MIGRATIONS).filter((name) => !applied.includes(name)),
      unknown: applied.filter((name) => !(name in MIGRATIONS)),
      ...(isPostgresUrl(data) && { server: await serverOf(db) }),
      places: placesIn(db, write, 0),
      ledger: ledgerIn(db, write),
      approvals: approvalsIn(db, write),
      close: () => db.destroy(),
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
};
