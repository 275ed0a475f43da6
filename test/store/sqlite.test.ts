import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import Database from 'better-sqlite3';
import { storeContract } from './contract.ts';

describe('the store in SQLite', () => {
  storeContract(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flagman-store-'));
    const data = join(folder, 'deep', 'flagman.db');
    return {
      data,
      migrateFurther: async () => {
        const database = new Database(data);
        database.exec(
          `insert into kysely_migration (name, timestamp) values ('2999-01-01-later', '2999-01-01T00:00:00Z')`,
        );
        database.close();
      },
      remove: async () => rmSync(folder, { recursive: true }),
    };
  });
});
