import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import Database from 'better-sqlite3';
import { createPatientDatabase, onServer, SERVER } from './postgres-server.ts';

/** An empty database, and a way to say to it what the bot never would, in the bot's own name. */
export interface Ground {
  readonly data: string;
  run(statement: string): Promise<unknown>;
  remove(): Promise<void>;
}

const inSqlite = async (): Promise<Ground> => {
  const folder = mkdtempSync(join(tmpdir(), 'flagman-ground-'));
  const data = join(folder, 'flagman.db');
  return {
    data,
    async run(statement) {
      const database = new Database(data);
      try {
        database.exec(statement);
      } finally {
        database.close();
      }
    },
    remove: async () => rmSync(folder, { recursive: true }),
  };
};

const inPostgres = async (): Promise<Ground> => {
  const { url, remove } = await createPatientDatabase();
  return { data: url, run: (statement) => onServer(statement, url), remove };
};

/** Says the same of every database; without a server PostgreSQL is skipped. */
export const onEach = (what: string, rules: (prepare: () => Promise<Ground>) => void): void => {
  describe(`${what} in SQLite`, () => rules(inSqlite));
  (SERVER === undefined ? describe.skip : describe)(`${what} in PostgreSQL`, () => rules(inPostgres));
};
