import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { BriefMap } from '../lib/brief-map.ts';
import { codeOf } from './transient.ts';

const FULL = 2;
const OWNER_ONLY = 0o700;
/** What `DATA` says for a store that is gone with its process. */
export const IN_MEMORY = ':memory:';

/** How long a write waits for another process, such as a backup. */
const BUSY_MS = 5000;

/** SQLite waits with the whole process, so it waits briefly and often, and everything else runs in between. */
const NAP_MS = 50;

/** Nothing else runs while a store is opened, so the whole process may wait. */
const nap = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, NAP_MS);
};

/**
 * Has a write-ahead log used; gives the journal mode that it has then. Processes that make the file at the same moment
 * meet here, and SQLite does not wait for this by itself.
 */
const useLog = (database: Database.Database, patience = BUSY_MS): unknown => {
  try {
    return database.pragma('journal_mode = WAL', { simple: true });
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_BUSY' || patience <= 0) throw error;
    nap();
    return useLog(database, patience - NAP_MS);
  }
};

/**
 * The busy time-out is set before the journal mode: the other way round, a second process that opens the file
 * right after a kill meets SQLITE_BUSY_RECOVERY.
 */
const prepare = (database: Database.Database, path: string): void => {
  database.pragma(`busy_timeout = ${BUSY_MS}`);
  const journal = useLog(database);
  if (path !== IN_MEMORY && journal !== 'wal')
    throw new Error('SQLite could not use a write-ahead log there');
  database.pragma('synchronous = FULL');
  if (database.pragma('synchronous', { simple: true }) !== FULL) {
    throw new Error('SQLite did not accept synchronous=FULL; a power loss could undo what was committed');
  }
  const found = database.pragma('integrity_check(1)', { simple: true });
  if (found !== 'ok') throw new Error(`The file is damaged; restore it from a backup. SQLite says: ${found}`);
  database.pragma(`busy_timeout = ${NAP_MS}`);
};

/** SQLite opens a file that may only be read without a word, and one that everybody may read too. */
const guard = (path: string): void => {
  accessSync(path, constants.W_OK);
  chmodSync(path, statSync(path).mode & OWNER_ONLY);
};

/** Which files are written to: the database and its log, by their numbers on the disk. */
const identityOf = (path: string): string =>
  [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.ino ?? 'gone').join(' ');

/**
 * Remembers which file, and which log, stand at a path. What it gives throws once they are others or gone: what is
 * committed into them then is lost at the next start.
 */
export const keepingFile = (path: string): (() => void) => {
  const identity = identityOf(path);
  return () => {
    if (path !== IN_MEMORY && identityOf(path) !== identity)
      throw new Error('The file of the store was deleted or replaced while it was open. Restart Flagman.');
  };
};

/** The same few statements come with every turn; compiling one takes as long as running it. */
const STATEMENTS_AT_ONCE = 200;

const keepingStatements = (database: Database.Database): SqliteDatabase => {
  const known = new BriefMap<string, Database.Statement>(STATEMENTS_AT_ONCE);
  return {
    prepare(sql) {
      const statement = known.get(sql) ?? database.prepare(sql);
      known.set(sql, statement);
      return statement;
    },
    close() {
      database.close();
    },
  };
};

/**
 * Takes the write lock when a transaction begins, so that it never has to be begun anew, and refuses to write into
 * a file that was deleted or replaced under way.
 */
class CarefulDriver extends SqliteDriver {
  readonly #database: Database.Database;
  readonly #checkFile: () => void;
  readonly #busyMs: number;

  constructor(database: Database.Database, path: string, busyMs: number) {
    super({ database: keepingStatements(database) });
    this.#database = database;
    this.#busyMs = busyMs;
    this.#checkFile = keepingFile(path);
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    this.#checkFile();
    await this.#begin(connection, this.#busyMs);
  }

  /** After a disk that is full or fails, SQLite has taken everything back by itself; to ask again would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }

  async #begin(connection: DatabaseConnection, patience: number): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_BUSY') throw error;
      if (patience <= 0)
        throw new Error('Another process is writing into the store. Try again.', { cause: error });
      await sleep(NAP_MS);
      return this.#begin(connection, patience - 2 * NAP_MS);
    }
  }
}

/** SQLite takes back changes of the schema as it does others, though Kysely does not rely on it. */
class CarefulAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * Opens (or makes) the SQLite file, readable by its owner alone. Throws, with a sentence, when it cannot be used
 * safely: a folder, no database, damaged, read-only.
 *
 * @param busyMs how long a write waits for another process that is writing
 */
export const openSqlite = (path: string, busyMs = BUSY_MS): SqliteDialect => {
  if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  try {
    if (path !== IN_MEMORY) guard(path);
    prepare(database, path);
  } catch (error) {
    database.close();
    throw error;
  }
  return new (class extends SqliteDialect {
    override createAdapter(): SqliteAdapter {
      return new CarefulAdapter();
    }

    override createDriver(): SqliteDriver {
      return new CarefulDriver(database, path, busyMs);
    }
  })({ database });
};
