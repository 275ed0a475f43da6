import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import type { Approval } from '../../src/actions/approval.ts';
import type { Actor } from '../../src/entra/ledger-event.ts';
import { type Approvals, approvalsIn } from '../../src/store/approvals.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openStore } from '../../src/store/store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { writesTogether } from '../../src/store/together.ts';
import { approved, asking, rejected, signIn } from './request.ts';

const PATIENCE_MS = 100;

let folder: string;
let path: string;
let db: Kysely<Tables>;
let approvals: Approvals;
let pending: Approval;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-busy-'));
  path = join(folder, 'flagman.db');
  await (await openStore(path)).close();
  db = new Kysely<Tables>({ dialect: openSqlite(path, PATIENCE_MS) });
  approvals = approvalsIn(db, writesTogether(db, 1));
  const made = await approvals.create(asking(), 9);
  if (!('state' in made)) throw new Error('nothing was asked for');
  pending = made;
});

afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

test('H121: a decision that another process keeps from being written is refused, and can be made later', async () => {
  const other = new Database(path);
  other.exec('begin immediate');
  await expect(approvals.save(rejected(pending))).rejects.toThrow('Another process is writing');
  expect(await approvals.find(pending.number)).toEqual(pending);
  other.exec('commit');
  other.close();
  expect(await approvals.save(approved(pending))).toBe(true);
});

test('H122: once the file is gone from under the open store, nothing is decided', async () => {
  renameSync(path, join(folder, 'moved'));
  await expect(approvals.save(rejected(pending))).rejects.toThrow(/deleted or replaced/);
  await expect(approvals.create(asking(), 9)).rejects.toThrow(/deleted or replaced/);
  renameSync(join(folder, 'moved'), path);
  expect(await approvals.find(pending.number)).toEqual(pending);
});

test('H122: on a full disk a write is refused as that, nothing of it stays, and it can be made later', async () => {
  await sql`pragma max_page_count = 1`.execute(db);
  const large: Actor = { id: 'cy', name: 'Cy'.repeat(500_000) };
  const late = asking({ targets: [signIn(2)], requester: large });
  await expect(approvals.create(late, 9)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await sql`pragma max_page_count = 1000000`.execute(db);
  expect(await approvals.find(pending.number + 1)).toBeUndefined();
  expect(await approvals.save(approved(pending))).toBe(true);
});
