import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Checkpoints, type LedgerMaking, openCheckpoints } from '../src/checkpoints.ts';
import { readCheckpoint } from '../src/ledger/checkpoint.ts';
import { seal } from '../src/ledger/entry.ts';
import { ledgerKeyOf } from '../src/ledger/keys.ts';
import type { LedgerConfig } from '../src/ledger-config.ts';
import { createLog } from '../src/lib/log.ts';
import { openStore, type Store } from '../src/store/store.ts';

const SECRET = Buffer.alloc(32, 1);
const KEY = ledgerKeyOf(SECRET);
const MINUTE = 60_000;

let folder: string;
let store: Store;
let now: number;
let log: string[];
let posts: string[];
let config: LedgerConfig;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-checkpoints-'));
  store = await openStore(join(folder, 'flagman.db'));
  now = Date.parse('2026-11-21T12:00:00Z');
  log = [];
  posts = [];
  config = {
    origin: 'tenant',
    secrets: [SECRET],
    keyFile: join(folder, 'key'),
    checkpointFile: join(folder, 'checkpoint'),
    mayStartOver: false,
    retentionDays: 90,
  };
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

type Post = NonNullable<LedgerMaking['post']>;

const open = (post: Post = async (note) => void posts.push(note)): Promise<Checkpoints> => {
  const making = {
    stored: store.ledger,
    config,
    clock: () => now,
    log: createLog({ level: 'info', write: (line) => log.push(line) }),
    post,
  };
  return openCheckpoints(making, [KEY]);
};

const append = async (count = 1): Promise<number> => {
  const entry = { at: now, origin: 'tenant', kind: 'question', actor: 'ana', body: '{}' };
  const heads = Array.from({ length: count }, () =>
    store.ledger.append({ seal: (head) => seal(entry, head, KEY), facts: [] }),
  );
  return Math.max(...(await Promise.all(heads)).map(({ size }) => size));
};

const sizeOf = (note: string | undefined): unknown => {
  const read = readCheckpoint(note ?? '', 'tenant', [KEY]);
  return typeof read === 'string' ? read : read.size;
};

const posted = (): readonly unknown[] => posts.map(sizeOf);
const kept = (): unknown => sizeOf(readFileSync(config.checkpointFile, 'utf8'));
const logged = (event: string): number => log.filter((line) => line.includes(`"${event}"`)).length;

/** Long enough for a post on this machine. */
const settled = (): Promise<void> => sleep(20);

describe('a checkpoint is posted', () => {
  test('after it stands in the log and in the file', async () => {
    const before: unknown[] = [];
    const checkpoints = await open(async () => {
      before.push(logged('ledger.checkpoint'), kept());
    });
    await append(2);
    await checkpoints.sign();
    await settled();
    expect(before).toEqual([1, 2]);
  });

  test('once, where nothing is new', async () => {
    const checkpoints = await open();
    await append();
    await checkpoints.sign();
    await checkpoints.sign();
    await settled();
    expect(posted()).toEqual([1]);
  });

  test('at the next signing where it could not be posted, and the newest then', async () => {
    let works = false;
    const checkpoints = await open(async (note) => {
      if (!works) throw new Error('no way there');
      posts.push(note);
    });
    await append();
    await checkpoints.sign();
    await settled();
    expect(logged('ledger.checkpoint-unposted')).toBe(1);
    expect(kept()).toBe(1);
    works = true;
    await checkpoints.sign();
    await settled();
    expect(posted()).toEqual([1]);
    works = false;
    await append();
    await checkpoints.sign();
    await append();
    works = true;
    await checkpoints.sign();
    await settled();
    expect(posted().at(-1)).toBe(3);
  });

  test('without holding up anything that comes after', async () => {
    const answers: (() => void)[] = [];
    const checkpoints = await open((note) => {
      posts.push(note);
      return new Promise((resolve) => answers.push(resolve));
    });
    await append();
    await checkpoints.sign();
    await append();
    await checkpoints.sign();
    expect(kept()).toBe(2);
    // One at a time: the second waits for the first.
    expect(posted()).toEqual([1]);
    answers[0]?.();
    await settled();
    expect(posted()).toEqual([1, 2]);
    answers[1]?.();
  });

  test('never, where it cannot be kept; the next one is', async () => {
    const checkpoints = await open();
    mkdirSync(config.checkpointFile);
    await append();
    await checkpoints.sign();
    expect(log.join()).toMatch(/LEDGER_CHECKPOINT_FILE cannot be written: .+ \(.+checkpoint\)\./);
    rmSync(config.checkpointFile, { recursive: true });
    await checkpoints.sign();
    await settled();
    expect(posted()).toEqual([1]);
  });
});

describe('entries that trickle in are signed for', () => {
  test('every five minutes, however often the clock ticks', async () => {
    const checkpoints = await open();
    for (let minute = 0; minute < 30; minute += 1) {
      await append();
      await checkpoints.tick();
      now += MINUTE;
    }
    await settled();
    expect(posted()).toEqual([1, 6, 11, 16, 21, 26]);
  });

  test('by a timer that rings a moment early', async () => {
    const checkpoints = await open();
    for (let round = 0; round < 3; round += 1) {
      await append();
      await checkpoints.tick();
      expect(kept()).toBe(round + 1);
      now += 5 * MINUTE - 2;
    }
  });

  test('where the clock was set back', async () => {
    const checkpoints = await open();
    await append();
    await checkpoints.tick();
    now -= 60 * MINUTE;
    await append();
    await checkpoints.tick();
    expect(kept()).toBe(2);
  });

  test('with a post that failed tried again no more often', async () => {
    let tries = 0;
    const checkpoints = await open(async () => {
      tries += 1;
      throw new Error('no way there');
    });
    await append();
    for (let minute = 0; minute < 10; minute += 1) {
      await checkpoints.tick();
      await settled();
      now += MINUTE;
    }
    expect(tries).toBe(2);
  });

  test('after 256 of them at once, and not again for fewer', async () => {
    const checkpoints = await open();
    await append(300);
    checkpoints.reached(255);
    await settled();
    expect(existsSync(config.checkpointFile)).toBe(false);
    checkpoints.reached(256);
    await settled();
    expect(kept()).toBe(300);
    checkpoints.reached(await append(255));
    await settled();
    expect(kept()).toBe(300);
    checkpoints.reached(await append());
    await settled();
    expect(posted()).toEqual([300, 556]);
  });
});

describe('at the end', () => {
  test('the last one is signed and posted', async () => {
    const checkpoints = await open();
    await append();
    await checkpoints.tick();
    await append();
    await checkpoints.close();
    expect(posted()).toEqual([1, 2]);
    expect(kept()).toBe(2);
  });

  test('nobody waits longer than a second for a post', async () => {
    const answers: (() => void)[] = [];
    const checkpoints = await open(() => new Promise((resolve) => answers.push(resolve)));
    await append();
    const start = performance.now();
    await checkpoints.close();
    expect(performance.now() - start).toBeLessThan(1_400);
    expect(kept()).toBe(1);
    answers[0]?.();
  });
});
