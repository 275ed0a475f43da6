import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
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

/** A process of its own opens the store at that very moment and takes up an activity. */
const openedAt = async (moment: number): Promise<string> => {
  const body = `
    const { openStore } = await import(${JSON.stringify(resolve('src/store/store.ts'))});
    while (Date.now() < ${moment});
    const store = await openStore(${JSON.stringify(path)});
    process.stdout.write(String(await store.handled.claim('m1', 1)));
    await store.close();`;
  return (await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', body])).stdout;
};

test('H121: processes that open a file which is not there yet all get a whole store', async () => {
  const moment = Date.now() + 2_000;
  const claims = await Promise.all(Array.from({ length: 3 }, () => openedAt(moment)));
  expect(claims.toSorted()).toEqual(['false', 'false', 'true']);
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
