import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Checkpoints, type LedgerMaking, openCheckpoints } from '../src/checkpoints.ts';
import type { LedgerConfig } from '../src/config/ledger.ts';
import { readCheckpoint } from '../src/ledger/checkpoint.ts';
import { START, seal } from '../src/ledger/entry.ts';
import { ledgerKeyOf } from '../src/ledger/keys.ts';
import { createLog } from '../src/lib/log.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { type Ground, onEach } from './store/ground.ts';
import { type Limits, takeLimits } from './support/limits.ts';

const SECRET = Buffer.alloc(32, 1);
const KEY = ledgerKeyOf(SECRET);
const MINUTE = 60_000;

let folder: string;
let store: Store;
let now: number;
let log: string[];
let posts: string[];
let config: LedgerConfig;
let limits: Limits;

beforeEach(async () => {
  limits = takeLimits();
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
  limits.release();
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

/** A signing that was waited for has begun its post; what more there may be has time for it. */
const settled = (): Promise<void> => sleep(20);

/** Waits for the post of a signing that nobody waits for. */
const untilPosted = async (count: number): Promise<void> => {
  while (posts.length < count) await sleep(5);
};

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
    expect(log.join()).toMatch(/LEDGER_CHECKPOINT_FILE cannot be read: .+ \(.+checkpoint\)\./);
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
    await untilPosted(1);
    expect(kept()).toBe(300);
    checkpoints.reached(await append(255));
    await settled();
    expect(kept()).toBe(300);
    checkpoints.reached(await append());
    await untilPosted(2);
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
    const closing = checkpoints.close();
    while (answers.length === 0) await sleep(5);
    await limits.pass(1_000);
    await closing;
    expect(kept()).toBe(1);
    answers[0]?.();
  });
});

onEach('a checkpoint that a running bot signed', (prepare) => {
  let ground: Ground;
  let checkpoints: Checkpoints;

  beforeEach(async () => {
    ground = await prepare();
    await store.close();
    store = await openStore(ground.data);
    checkpoints = await open();
    await append(4);
    await checkpoints.sign();
    await settled();
    now += 5 * MINUTE;
  });

  afterEach(() => ground.remove());

  /** Says to the database what the bot never would, its guard removed. */
  const tamper = async (...statements: readonly string[]): Promise<void> => {
    await ground.run(
      ground.data.startsWith('postgres')
        ? 'drop trigger ledger_no_change on ledger'
        : 'drop trigger ledger_no_update; drop trigger ledger_no_delete',
    );
    for (const statement of statements) await ground.run(statement);
  };

  const cutTo = async (size: number): Promise<void> => {
    const hash = (await store.ledger.find(size))?.hash ?? START.hash;
    await tamper(
      `delete from ledger where seq > ${size}`,
      `update ledger_head set size = ${size}, hash = '${hash}'`,
    );
  };

  const stands = async (): Promise<void> => {
    const note = readFileSync(config.checkpointFile, 'utf8');
    await checkpoints.tick();
    await checkpoints.close();
    expect(readFileSync(config.checkpointFile, 'utf8')).toBe(note);
    expect([posted(), logged('ledger.checkpoint')]).toEqual([[4], 1]);
    expect(logged('ledger.behind')).toBe(2);
  };

  test.each([2, 0])('stands when the ledger is cut to %i entries', async (size) => {
    await cutTo(size);
    await stands();
    await expect(open()).rejects.toThrow(/not the one that its checkpoint was signed for/);
  });

  test('stands when other entries take the place of those that were cut', async () => {
    await cutTo(2);
    now += 1;
    await append(3);
    await stands();
  });

  test('stands when the end is gone that the head names', async () => {
    await append();
    await tamper('delete from ledger where seq = 5');
    await stands();
  });

  test('stands when the head is set back and the entries are left', async () => {
    await tamper('update ledger_head set size = 3, hash = (select hash from ledger where seq = 3)');
    await stands();
  });

  test('stands when only entries are missing that were known and not signed for yet', async () => {
    checkpoints.reached(await append(2));
    await cutTo(5);
    await stands();
  });

  test('stands when another replica wrote it, and this one knows less', async () => {
    const late = await open();
    await append(3);
    await checkpoints.sign();
    await cutTo(5);
    await late.sign();
    expect([kept(), logged('ledger.behind')]).toEqual([7, 1]);
  });

  test('is not made anew for another ledger where its file was taken away', async () => {
    rmSync(config.checkpointFile);
    await cutTo(2);
    now += 1;
    await append(3);
    await checkpoints.sign();
    expect([existsSync(config.checkpointFile), logged('ledger.behind')]).toEqual([false, 1]);
  });

  test('is not replaced by what nobody can compare with it', async () => {
    writeFileSync(config.checkpointFile, 'torn');
    await append();
    await checkpoints.sign();
    expect(readFileSync(config.checkpointFile, 'utf8')).toBe('torn');
    expect(logged('ledger.checkpoint-failed')).toBe(1);
  });

  test('is followed by the next once the entries are back', async () => {
    await append();
    const last = await store.ledger.find(5);
    await ground.run('create table aside as select * from ledger');
    await cutTo(2);
    await checkpoints.sign();
    expect(kept()).toBe(4);
    await ground.run('insert into ledger select * from aside where seq > 2');
    await ground.run(`update ledger_head set size = 5, hash = '${last?.hash}'`);
    await checkpoints.sign();
    expect(kept()).toBe(5);
  });
});
