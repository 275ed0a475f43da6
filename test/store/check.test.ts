import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import pg from 'pg';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, onServer, SERVER, type TestDatabase } from './postgres-server.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const CHECKS = 50;
const TRIES = 200;

/** What becomes of a check; asked again for a while until it is that, since hung up connections are noticed in passing. */
const outcome = async (store: Store, wanted: RegExp, tries = TRIES): Promise<string> => {
  const said = await store.check().then(
    () => 'done',
    (error: unknown) => String(error),
  );
  if (wanted.test(said) || tries === 0) return said;
  await sleep(50);
  return outcome(store, wanted, tries - 1);
};

describe('a check of SQLite', () => {
  let folder: string;
  let path: string;
  let store: Store;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flagman-check-'));
    path = join(folder, 'flagman.db');
    store = await openStore(path);
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  test('leaves nothing behind, in the file or in its log, however often it is made', async () => {
    const other = new Database(path);
    const seen = () => [
      other.pragma('data_version', { simple: true }),
      other.prepare('select name from sqlite_schema').pluck().all(),
      statSync(path).size,
      statSync(`${path}-wal`).size,
    ];
    await store.check();
    const before = seen();
    for (let n = 0; n < CHECKS; n += 1) await store.check();
    expect(seen()).toEqual(before);
    other.close();
  });

  test('H121: does not wait for another process that writes, nor for a write that does', async () => {
    const other = new Database(path);
    other.exec('begin immediate');
    let isClaimed = false;
    const claimed = store.handled.claim('m1', NOW).then(() => {
      isClaimed = true;
    });
    await sleep(100);
    await store.check();
    expect(isClaimed).toBe(false);
    other.exec('commit');
    other.close();
    await claimed;
  });

  test('keeps no write waiting that comes after it', async () => {
    const claims = Array.from({ length: CHECKS }, (_, n) => store.handled.claim(`m${n}`, NOW));
    const checks = Array.from({ length: CHECKS }, () => store.check());
    expect(await Promise.all(claims)).toEqual(claims.map(() => true));
    await Promise.all(checks);
  });

  test('H122: is refused while nothing can be written, and not once it can again', async () => {
    // What a process may write can be limited while it runs, which a full disk and a read-only one look like.
    const program = `
      import { execFileSync } from 'node:child_process';
      import { openStore } from ${JSON.stringify(resolve('src/store/store.ts'))};
      process.on('SIGXFSZ', () => undefined);
      const limit = (bytes) => execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=' + bytes + ':']);
      const store = await openStore(${JSON.stringify(join(folder, 'limited.db'))});
      const said = async (work) => work().then(() => 'done', (error) => error.code);
      const check = () => said(() => store.check());
      const claim = (key) => store.handled.claim(key, ${NOW}).then(() => 'claimed', () => 'lost');
      const all = [await check()];
      limit(0);
      all.push(await check(), await check(), await claim('m1'));
      limit('unlimited');
      all.push(await check(), await claim('m1'));
      await store.close();
      console.log(all.join(' '));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      program,
    ]);
    expect(stdout).toBe('done SQLITE_IOERR_WRITE SQLITE_IOERR_WRITE lost done claimed\n');
  });

  test('is no work for a store in memory', async () => {
    const inMemory = await openStore(':memory:');
    await inMemory.check();
    await inMemory.close();
  });
});

(SERVER === undefined ? describe.skip : describe)('a check of PostgreSQL', () => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase();
    store = await openStore(database.url);
  });

  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  test('leaves nothing behind, however often it is made', async () => {
    const seen = async () => (await onServer('select ctid, xmin, * from ledger_head', database.url)).rows;
    const before = await seen();
    for (let n = 0; n < CHECKS; n += 1) await store.check();
    expect(await seen()).toEqual(before);
  });

  test('H125: does not wait for another replica that appends to the ledger', async () => {
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('begin');
    await other.query('update ledger_head set size = size + 1');
    await store.check();
    await other.query('rollback');
    await other.end();
  });

  test('H125: is refused while the database only lets itself be read, as after a failover', async () => {
    const name = new URL(database.url).pathname.slice(1);
    const on = (statement: string) =>
      onServer(`begin read write; alter database "${name}" ${statement}; commit`, database.url);
    const hangUp = () =>
      onServer(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = '${name}' and pid <> pg_backend_pid()`,
        database.url,
      );
    await on('set default_transaction_read_only = on');
    await hangUp();
    expect(await outcome(store, /read-only/)).toMatch(/cannot execute .* in a read-only transaction/);
    await on('reset default_transaction_read_only');
    await hangUp();
    expect(await outcome(store, /done/)).toBe('done');
  });
});
