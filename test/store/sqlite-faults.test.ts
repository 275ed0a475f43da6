import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Kysely, sql } from 'kysely';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openStore } from '../../src/store/store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { writesTogether } from '../../src/store/together.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const PAGE = 4096;

/** Longer than another process writes, however slow the machine is. */
const PATIENCE_MS = 120_000;

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-sqlite-'));
  path = join(folder, 'flagman.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const makeStore = async (): Promise<void> => (await openStore(path)).close();

const program = (body: string): string[] => [
  '--input-type=module',
  '--eval',
  `const { default: Database } = await import('better-sqlite3');
   const { openStore } = await import(${JSON.stringify(resolve('src/store/store.ts'))});
   const path = ${JSON.stringify(path)};
   ${body}`,
];

/** What a process of its own prints. */
const printed = async (body: string): Promise<string> =>
  (await promisify(execFile)(process.execPath, program(body))).stdout;

/** Another process takes the write lock, and keeps it until it is told to let go. */
const lock = async (): Promise<() => Promise<unknown>> => {
  const locker = spawn(
    process.execPath,
    program(`const database = new Database(path);
      database.exec('begin immediate');
      process.stdout.write('locked');
      process.stdin.once('data', () => {
        database.exec('commit');
        process.exit();
      });`),
  );
  const ended = once(locker, 'close');
  await once(locker.stdout, 'data');
  return () => {
    locker.stdin.write('let go');
    return ended;
  };
};

/** How often the rest of the process gets its turn meanwhile. */
const TURNS = 20;

describe('while another process writes', () => {
  test('H121: a write waits, and the process goes on meanwhile', async () => {
    await makeStore();
    const db = new Kysely<Tables>({ dialect: openSqlite(path, PATIENCE_MS) });
    // SQLite itself waits with the whole process.
    const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(db);
    expect(rows).toEqual([{ timeout: 50 }]);
    const letGo = await lock();
    let isDone = false;
    const written = writesTogether(db)((transaction) =>
      transaction.insertInto('handled').values({ key: 'm1', at: NOW }).execute(),
    ).finally(() => {
      isDone = true;
    });
    for (let turn = 0; turn < TURNS; turn += 1) await sleep(5);
    expect(isDone).toBe(false);
    await letGo();
    await written;
    expect(await db.selectFrom('handled').selectAll().execute()).toHaveLength(1);
    await db.destroy();
  });

  test('H121: a write that has waited long enough says so, and nothing of it is done', async () => {
    await makeStore();
    const db = new Kysely<Tables>({ dialect: openSqlite(path, 200) });
    const write = writesTogether(db);
    const claim = () =>
      write((transaction) => transaction.insertInto('handled').values({ key: 'm1', at: NOW }).execute());
    const letGo = await lock();
    await expect(claim()).rejects.toThrow('Another process is writing into the store. Try again.');
    await letGo();
    await claim();
    expect(await db.selectFrom('handled').selectAll().execute()).toHaveLength(1);
    await db.destroy();
  });

  test('H121: two processes open what a killed one left behind', async () => {
    await printed(`const store = await openStore(path);
      await store.handled.claim('m1', ${NOW});
      process.kill(process.pid, 'SIGKILL');`).catch(() => undefined);
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    const claim = `const store = await openStore(path);
      process.stdout.write(String(await store.handled.claim('m1', ${NOW})));
      await store.close();`;
    expect(await Promise.all([printed(claim), printed(claim)])).toEqual(['false', 'false']);
  });
});

describe('a file that cannot be used', () => {
  test('H122: a folder in its place refuses the start', async () => {
    mkdirSync(path);
    await expect(openStore(path)).rejects.toThrow(/unable to open/);
  });

  test('H122: a file that is no database refuses the start', async () => {
    writeFileSync(path, 'no database at all, but quite a long text'.repeat(500));
    await expect(openStore(path)).rejects.toThrow(/not a database/);
  });

  test('H122: a damaged page refuses the start', async () => {
    await makeStore();
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(PAGE, 0xff), 0, PAGE, 3 * PAGE);
    await file.close();
    await expect(openStore(path)).rejects.toThrow(/damaged|malformed/);
  });

  test('H122: a file that was cut off refuses the start', async () => {
    await makeStore();
    truncateSync(path, 5 * PAGE);
    await expect(openStore(path)).rejects.toThrow(/damaged|malformed/);
  });

  test('H122: a file that may only be read refuses the start, and stays so', async () => {
    await makeStore();
    chmodSync(path, 0o444);
    const attempt = program(
      `await openStore(path).then(() => 'opened', (error) => error.message).then((said) => console.log(said));`,
    );
    // Permissions do not bind root, unless it gives up that privilege.
    const isRoot = process.getuid?.() === 0;
    const privileges = '-dac_override,-dac_read_search';
    const [command, ...before] = isRoot
      ? ['setpriv', '--bounding-set', privileges, '--inh-caps', privileges, process.execPath]
      : [process.execPath];
    const { stdout } = await promisify(execFile)(command ?? '', [...before, ...attempt]);
    expect(stdout).toMatch(/permission denied/);
    expect(statSync(path).mode & 0o222).toBe(0);
  });

  test.each(['flagman.db', 'flagman.db-wal'])(
    'H122: once %s is gone from under the open store, nothing is written',
    async (name) => {
      const store = await openStore(path);
      expect(await store.handled.claim('m1', NOW)).toBe(true);
      await rename(join(folder, name), join(folder, 'moved'));
      await expect(store.handled.claim('m2', NOW)).rejects.toThrow(/deleted or replaced/);
      await rename(join(folder, 'moved'), join(folder, name));
      expect(await store.handled.claim('m2', NOW)).toBe(true);
      await store.close();
    },
  );
});

describe('the file', () => {
  test('is readable by its owner alone', async () => {
    writeFileSync(path, '', { mode: 0o644 });
    await makeStore();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('H126: what was committed survives a loss of power, also after opening it again', async () => {
    for (const _ of ['made', 'opened again']) {
      const db = new Kysely<Tables>({ dialect: openSqlite(path) });
      const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
      expect(rows).toEqual([{ synchronous: 2 }]);
      const journal = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db);
      expect(journal.rows).toEqual([{ journal_mode: 'wal' }]);
      await db.destroy();
    }
  });

  test('a store in memory needs no file', async () => {
    const store = await openStore(':memory:');
    expect(await store.handled.claim('m1', NOW)).toBe(true);
    await store.close();
  });
});
