import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { SqliteDialect } from 'kysely';

const FULL = 2;

/**
 * Opens (or makes) the SQLite file, readable by its owner alone. Throws when the file cannot be used safely.
 *
 * The busy time-out is set before the journal mode: the other way round, a second process that opens the file
 * right after a kill meets SQLITE_BUSY_RECOVERY.
 */
export const openSqlite = (path: string): SqliteDialect => {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('busy_timeout = 5000');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  if (database.pragma('synchronous', { simple: true }) !== FULL) {
    throw new Error('SQLite did not accept synchronous=FULL; a power loss could undo what was committed.');
  }
  if (path !== ':memory:') chmodSync(path, 0o600);
  return new SqliteDialect({ database });
};
