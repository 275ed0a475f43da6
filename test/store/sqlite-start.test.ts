import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-start-'));
  path = join(folder, 'flagman.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that is ready to open the store, and does so when told: whether it was the first to take up an activity. */
const opener = async (): Promise<() => Promise<string>> => {
  const body = `
    const { openStore } = await import(${JSON.stringify(resolve('src/store/store.ts'))});
    process.stdin.once('data', async () => {
      const store = await openStore(${JSON.stringify(path)});
      process.stdout.write(String(await store.handled.claim('m1', 1)));
      await store.close();
      process.exit();
    });
    process.stdout.write('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', body]);
  await once(child.stdout, 'data');
  return async () => {
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    child.stdin.write('go');
    return (await said).join('');
  };
};

test('H121: processes that open a file which is not there yet all get a whole store', async () => {
  const openers = await Promise.all(Array.from({ length: 4 }, opener));
  const claims = await Promise.all(openers.map((open) => open()));
  expect(claims.toSorted()).toEqual(['false', 'false', 'false', 'true']);
});

test('a start that fails midway leaves no half of a schema behind', async () => {
  const database = new Database(path);
  database.exec('create table approvals (number integer)');
  await expect(openStore(path)).rejects.toThrow(/cannot be brought up to date.*already exists/);
  const tables = () => database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
  expect(tables()).toEqual(['approvals']);
  database.exec('drop table approvals');
  await (await openStore(path)).close();
  const done = database.prepare('select name from kysely_migration').pluck().all();
  expect(done).toEqual(Object.keys(MIGRATIONS));
  database.close();
});
