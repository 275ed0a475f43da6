import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLog } from '../src/lib/log.ts';
import { readiness } from '../src/readiness.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { type Ground, onEach } from './store/ground.ts';
import { type Limits, takeLimits } from './support/limits.ts';

let lines: string[];
const log = createLog({ level: 'info', write: (line) => lines.push(line) });
const events = (): readonly string[] => lines.map((line) => JSON.parse(line).event);

let limits: Limits;

/** For so long an answer is waited for, and remembered. */
const SECOND = 1_000;

/** Lets pass for how long an answer is remembered. */
const forgotten = (): Promise<void> => limits.pass(SECOND);

beforeEach(() => {
  lines = [];
  limits = takeLimits();
});
afterEach(() => limits.release());

describe('whether the bot is ready', () => {
  test('is asked once for many who want to know, and again a moment later', async () => {
    let asked = 0;
    const isReady = readiness(async () => {
      asked += 1;
    }, log);
    expect(await Promise.all([isReady(), isReady()])).toEqual([true, true]);
    expect([await isReady(), asked]).toEqual([true, 1]);
    await forgotten();
    expect([await isReady(), asked]).toEqual([true, 2]);
  });

  test('is not waited for longer than a second', async () => {
    const isReady = readiness(() => new Promise(() => undefined), log);
    const answer = isReady();
    await limits.pass(SECOND);
    expect(await answer).toBe(false);
  });

  test('is said in the log when it changes', async () => {
    let works = true;
    const isReady = readiness(async () => {
      if (!works) throw new Error('gone');
    }, log);
    await isReady();
    for (works of [false, false, true]) {
      await forgotten();
      expect(await isReady()).toBe(works);
    }
    expect(events()).toEqual(['store.unreachable', 'store.back']);
  });
});

onEach('the bot is ready while its store is there', (prepare) => {
  let ground: Ground;
  let store: Store;

  beforeEach(async () => {
    ground = await prepare();
    store = await openStore(ground.data);
  });

  afterEach(async () => {
    await store.close();
  });

  test('and not once it is gone', async () => {
    const isReady = readiness(store.check, log);
    expect(await isReady()).toBe(true);
    await ground.remove();
    await forgotten();
    expect(await isReady()).toBe(false);
  });

  test('and not once its tables are gone', async () => {
    await ground.run('drop table ledger_head');
    expect(await readiness(store.check, log)()).toBe(false);
    await ground.remove();
  });

  test('and not once its file is another', async () => {
    if (!ground.data.startsWith('postgres')) {
      rmSync(ground.data);
      writeFileSync(ground.data, '');
      await expect(store.check()).rejects.toThrow(/deleted or replaced/);
    }
    await ground.remove();
  });
});
