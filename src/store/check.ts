import Database from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { IN_MEMORY, keepingFile } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { codeOf } from './transient.ts';

/** Finds out, as often as it is asked, whether a store can be read and written. */
export interface Check {
  /** Throws the database's reason where it cannot. What it writes is taken back. */
  check(): Promise<void>;
  close(): void;
}

/**
 * Begins a table that is larger than what the connection may keep in memory: anything smaller reaches the disk with its
 * commit alone. SQLite then writes into its log without waiting for the disk, and the next transaction writes over it.
 */
const TRIAL = 'create table trial as select zeroblob(32768) as empty';

const tryToWrite = (database: Database.Database): void => {
  try {
    database.exec('begin immediate');
    database.exec(TRIAL);
  } catch (error) {
    // Somebody else is writing, so that it can be done.
    if (codeOf(error) !== 'SQLITE_BUSY') throw error;
  } finally {
    // After some faults SQLite has taken everything back by itself.
    if (database.inTransaction) database.exec('rollback');
  }
};

/**
 * Checks the SQLite file that stands at a path now. It has a connection of its own, since a write that waits for
 * another process holds that of the store. What is in memory is there while the process is.
 */
export const checkOfSqlite = (path: string): Check => {
  if (path === IN_MEMORY) return { check: async () => undefined, close: () => undefined };
  const checkFile = keepingFile(path);
  const database = new Database(path, { fileMustExist: true, timeout: 0 });
  database.pragma('cache_size = 1');
  return {
    async check() {
      checkFile();
      const head = database.prepare('select size from ledger_head').get();
      if (head === undefined) throw new Error('The ledger has lost its head.');
      tryToWrite(database);
    },
    close: () => void database.close(),
  };
};

/** Ends a transaction that is to be taken back. */
class TakenBack extends Error {}

/**
 * Checks a PostgreSQL database. A lock on a row is the least that is refused by a server which only lets itself be read, and
 * to a role that may only read. This one lets others append to the ledger meanwhile.
 */
export const checkOfPostgres = (db: Kysely<Tables>): Check => ({
  async check() {
    try {
      await db.transaction().execute(async (on) => {
        await on.selectFrom('ledger_head').select('size').forKeyShare().executeTakeFirstOrThrow();
        throw new TakenBack();
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
  },
  close: () => undefined,
});
