import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { LedgerConfig } from '../src/config/ledger.ts';
import { LedgerFailure, type QuestionEvent } from '../src/entra/ledger-event.ts';
import { readCheckpoint } from '../src/ledger/checkpoint.ts';
import { ledgerKeyOf } from '../src/ledger/keys.ts';
import { verifyLedger } from '../src/ledger/verify.ts';
import { createLog } from '../src/lib/log.ts';
import { openLedger, type RunningLedger } from '../src/running-ledger.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { requested } from './ledger/walk.ts';
import { type Limits, takeLimits } from './support/limits.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY = 24 * 3_600_000;
const SECRET = Buffer.alloc(32, 1);
const NEWER = Buffer.alloc(32, 2);

const question = (change: Partial<QuestionEvent> = {}): QuestionEvent => ({
  kind: 'question',
  at: NOW,
  person: { id: 'ana', name: 'Ana' },
  conversationId: 'chat',
  command: 'flagged',
  filter: 'a filter',
  named: { users: ['kim@contoso.com'], addresses: [] },
  rows: 3,
  verdict: 'finished',
  ...change,
});

let folder: string;
let store: Store;
let now: number;
let log: string[];
let config: LedgerConfig;
let limits: Limits;

const data = (): string => join(folder, 'flagman.db');

beforeEach(async () => {
  // The end of a ledger waits for a checkpoint as long as that takes here.
  limits = takeLimits();
  folder = mkdtempSync(join(tmpdir(), 'flagman-ledger-'));
  store = await openStore(data());
  now = NOW;
  log = [];
  config = {
    origin: 'tenant',
    secrets: [SECRET],
    keyFile: join(folder, 'key'),
    checkpointFile: join(folder, 'deep', 'checkpoint'),
    mayStartOver: false,
    retentionDays: 90,
  };
});

afterEach(async () => {
  limits.release();
  await store.close();
  rmSync(folder, { recursive: true });
});

const open = (change: Partial<LedgerConfig> = {}): Promise<RunningLedger> =>
  openLedger({
    stored: store.ledger,
    config: { ...config, ...change },
    clock: () => now,
    log: createLog({ level: 'info', write: (line) => log.push(line) }),
  });

const keys = [ledgerKeyOf(SECRET)];

const checkpoint = () => readCheckpoint(readFileSync(config.checkpointFile, 'utf8'), 'tenant', keys);

const verified = async (known = keys) =>
  verifyLedger(store.ledger.rows(), { origin: 'tenant', keys: known, head: await store.ledger.head() });

/** Says to the database what the bot never would, its guards removed. */
const tamper = (statement: string): void => {
  const database = new Database(data());
  for (const guard of database.prepare(`select name from sqlite_master where type = 'trigger'`).pluck().all())
    database.exec(`drop trigger ${guard}`);
  database.exec(statement);
  database.close();
};

describe('a checkpoint is signed', () => {
  const signed = (): number => log.filter((line) => line.includes('ledger.checkpoint')).length;

  test('after 256 entries, to the log and to a file', async () => {
    const ledger = await open();
    await Promise.all(Array.from({ length: 255 }, () => ledger.append(question())));
    expect(signed()).toBe(0);
    await ledger.append(question());
    while (signed() === 0 || !existsSync(config.checkpointFile)) await sleep(5);
    expect(checkpoint()).toMatchObject({ size: 256, time: '2026-11-21T12:00:00Z' });
    expect(statSync(config.checkpointFile).mode & 0o777).toBe(0o600);
  });

  test('every five minutes and at the end, where there is something new', async () => {
    const ledger = await open();
    await ledger.tick();
    expect(signed()).toBe(0);
    await ledger.append(question());
    await ledger.tick();
    await ledger.tick();
    expect(signed()).toBe(1);
    await ledger.append(question());
    await ledger.close();
    expect(signed()).toBe(2);
    expect(checkpoint()).toMatchObject({ size: 2 });
  });

  test('later when it cannot be written now; entries go on', async () => {
    const ledger = await open({ checkpointFile: '/dev/null/checkpoint' });
    await ledger.append(question());
    await ledger.tick();
    expect(log.at(-1)).toMatch(/ledger\.checkpoint-failed/);
    await ledger.append(question());
    expect(await verified()).toMatchObject({ ok: true, head: { size: 2 } });
  });
});

test('who asked about a user is known for as long as it may be kept', async () => {
  const ledger = await open();
  await ledger.append(question());
  await ledger.append(
    question({ kind: 'refusal', person: { id: 'bo', name: 'Bo' }, verdict: 'role-needed' }),
  );
  expect(await ledger.askedAbout('kim@contoso.com')).toMatchObject([
    { kind: 'refusal', name: 'Bo', personId: 'bo', verdict: 'role-needed' },
    { kind: 'question', name: 'Ana', command: 'flagged', rows: 3 },
  ]);
  expect(await ledger.askedAbout('bo@contoso.com')).toEqual([]);
  now += 90 * DAY + 1;
  await ledger.tick();
  expect(await ledger.askedAbout('kim@contoso.com')).toEqual([]);
  expect(await verified()).toMatchObject({ ok: true, head: { size: 2 } });
});

describe('what happens to an approval', () => {
  const events = (ledger: RunningLedger) =>
    requested(1001, NOW)
      .entries.map(ledger.prepare)
      .concat(
        ledger.prepare({
          kind: 'declined',
          at: NOW + 1,
          person: { id: 'bo', name: 'Bo' },
          conversationId: 'chat',
          step: 'approve',
          approval: 1001,
          why: 'role-needed',
        }),
      );

  const write = async (ledger: RunningLedger): Promise<void> => {
    for (const event of events(ledger)) await store.ledger.append(event);
  };

  test('is told as its history, and names and reasons are erased from it in time', async () => {
    const ledger = await open();
    await write(ledger);
    expect(await ledger.history(1001)).toMatchObject([
      { kind: 'requested', name: 'Ana Silva', reason: 'The user denies the travel, INC-204.' },
      { kind: 'declined', name: 'Bo', facts: { step: 'approve', why: 'role-needed' } },
    ]);
    expect(await ledger.history(1002)).toEqual([]);
    expect(await ledger.evidence(1002)).toBeUndefined();
    now += 90 * DAY + 2;
    await ledger.tick();
    const [told] = await ledger.history(1001);
    expect(told).toMatchObject({ personId: 'requester-id', name: '' });
    expect(told).not.toHaveProperty('reason');
    expect(await ledger.evidence(1001)).toMatchObject({ requesterId: 'requester-id', state: 'pending' });
    expect(await verified()).toMatchObject({ ok: true, head: { size: 2 } });
  });

  test('is found by the user that it is about, beside the questions', async () => {
    const ledger = await open();
    await ledger.append(question({ named: { users: ['kim0@contoso.com'], addresses: [] } }));
    await write(ledger);
    expect(await ledger.askedAbout('kim0@contoso.com')).toMatchObject([
      { kind: 'requested', command: 'confirm-sign-in-compromised', approval: 1001, name: 'Ana Silva' },
      { kind: 'question', command: 'flagged' },
    ]);
  });

  test('is not told when a row of it was edited in the database', async () => {
    const ledger = await open();
    await write(ledger);
    tamper(`update ledger set actor = 'attacker-id' where kind = 'requested'`);
    await expect(ledger.evidence(1001)).rejects.toThrow(LedgerFailure);
    await expect(ledger.history(1001)).rejects.toThrow(LedgerFailure);
  });

  test('is not told when the entries of another approval are passed off as its own', async () => {
    const ledger = await open();
    await write(ledger);
    tamper('update ledger_approvals set number = 1002');
    await expect(ledger.evidence(1002)).rejects.toThrow(LedgerFailure);
  });
});

test('what must not stand in the ledger is not written', async () => {
  const ledger = await open();
  const slip = ledger.append({
    kind: 'declined',
    at: NOW,
    person: { id: 'bo', name: 'Bo' },
    conversationId: 'chat',
    step: 'approve',
    why: 'ask kim@contoso.com',
  });
  await expect(slip).rejects.toThrow(LedgerFailure);
  expect(await store.ledger.head()).toMatchObject({ size: 0 });
});

describe('nothing is built on a ledger', () => {
  const entries = async (count: number, ledger: RunningLedger): Promise<void> => {
    for (let n = 0; n < count; n += 1) await ledger.append(question());
  };

  test('that was cut while the bot ran', async () => {
    const ledger = await open();
    await entries(3, ledger);
    const second = await store.ledger.find(2);
    tamper(`delete from ledger where seq = 3; update ledger_head set size = 2, hash = '${second?.hash}'`);
    await expect(ledger.append(question())).rejects.toThrow(LedgerFailure);
    expect(await verified()).toMatchObject({ head: { size: 2 } });
  });

  test('that is behind its checkpoint', async () => {
    const ledger = await open();
    await entries(3, ledger);
    await ledger.close();
    const second = await store.ledger.find(2);
    tamper(`delete from ledger where seq = 3; update ledger_head set size = 2, hash = '${second?.hash}'`);
    await expect(open()).rejects.toThrow(/not the one that its checkpoint was signed for/);
    expect(checkpoint()).toMatchObject({ size: 3 });
  });

  test('whose end is gone', async () => {
    await entries(3, await open());
    tamper('delete from ledger where seq = 3');
    await expect(open()).rejects.toThrow(/end of the ledger is missing/);
  });

  test('H167: that was copied in from another instance', async () => {
    await entries(3, await open({ origin: 'another', checkpointFile: join(folder, 'other') }));
    await expect(open()).rejects.toThrow(/that of another LEDGER_ORIGIN/);
    expect(await verified()).toEqual({ ok: false, seq: 1, why: 'foreign-origin' });
  });

  test('whose store was thrown away, unless that store was only for trying', async () => {
    const ledger = await open();
    await entries(2, ledger);
    await ledger.close();
    await store.close();
    for (const file of ['', '-wal', '-shm']) rmSync(data() + file, { force: true });
    store = await openStore(data());
    await expect(open()).rejects.toThrow(/is not the one that its checkpoint was signed for/);
    await entries(1, await open({ mayStartOver: true }));
    // As after a kill: nothing was signed for the new ledger yet.
    const anew = await open({ mayStartOver: true });
    await anew.close();
    expect(checkpoint()).toMatchObject({ size: 1 });
  });

  test.each([
    ['torn', 'tenant\n1'],
    ['foreign', 'other\n1\n'],
  ])('beside a checkpoint that is %s', async (_how, text) => {
    const ledger = await open();
    await entries(1, ledger);
    await ledger.close();
    writeFileSync(config.checkpointFile, text);
    await expect(open()).rejects.toThrow(/LEDGER_CHECKPOINT_FILE cannot be gone by/);
  });
});

describe('H169: a new key', () => {
  test('begins with an entry of its own, and the whole ledger is verified across it', async () => {
    const before = await open();
    await before.append(question());
    await before.close();
    const after = await open({ secrets: [NEWER, SECRET] });
    await after.append(question());
    await after.close();
    expect(await store.ledger.find(2)).toMatchObject({ kind: 'key', actor: 'flagman' });
    const both = [ledgerKeyOf(NEWER), ledgerKeyOf(SECRET)];
    expect(await verified(both)).toMatchObject({ ok: true, head: { size: 3 } });
    expect(await verified([ledgerKeyOf(NEWER)])).toEqual({ ok: false, seq: 1, why: 'unknown-key' });
    // Started again with the same keys it is not new any more.
    await open({ secrets: [NEWER, SECRET] });
    expect(await store.ledger.head()).toMatchObject({ size: 3 });
  });

  test('does not begin where the old one is not named', async () => {
    await (await open()).append(question());
    await expect(open({ secrets: [NEWER], checkpointFile: join(folder, 'none') })).rejects.toThrow(
      /neither LEDGER_KEY nor one of LEDGER_OLD_KEYS/,
    );
  });
});

test('without a key one is made beside the store, readable by its owner alone', async () => {
  await (await open({ secrets: [] })).append(question());
  expect(statSync(config.keyFile).mode & 0o777).toBe(0o600);
  await (await open({ secrets: [] })).append(question());
  const made = ledgerKeyOf(Buffer.from(readFileSync(config.keyFile, 'utf8'), 'hex'));
  expect(await verified([made])).toMatchObject({ ok: true, head: { size: 2 } });
});

test('H132: killed while checkpoints are written, the chain is whole and the checkpoint is written again', async () => {
  const settings = JSON.stringify({ ...config, secrets: [SECRET.toString('hex')] });
  const script = new URL('support/ledger-process.ts', import.meta.url).pathname;
  for (const entries of [1, 7, 20, 40]) {
    const child = spawn(process.execPath, [script, data(), settings], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let written = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      written += chunk.length;
      if (written >= entries) child.kill('SIGKILL');
    });
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(await verified()).toMatchObject({ ok: true });
    const { size } = await store.ledger.head();
    expect(size).toBeGreaterThanOrEqual(entries);
    await open();
    expect(checkpoint()).toMatchObject({ size });
  }
});
