import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Chore, startTending } from '../../src/bot/tending.ts';
import { createLog } from '../../src/lib/log.ts';

const idle: Chore = { run: async () => 0 };

const tending = (chores: { worker?: Chore; deliverer?: Chore }, everyMs = 1_000_000) => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', write: (line) => lines.push(line) });
  return { lines, ...startTending({ worker: idle, deliverer: idle, ...chores }, everyMs, log) };
};

/** A chore that counts how often it was begun. */
const counting = (work: () => Promise<number> = async () => 0) => {
  const chore = {
    begun: 0,
    run() {
      chore.begun += 1;
      return work();
    },
  };
  return chore;
};

describe('what happens without anybody asking', () => {
  test('happens every so often, and no more once it was stopped', async () => {
    const worker = counting();
    const { stop } = tending({ worker }, 5);
    while (worker.begun < 3) await sleep(1);
    await stop(1_000);
    const { begun } = worker;
    await sleep(30);
    expect(worker.begun).toBe(begun);
  });

  test('is said after it was done', async () => {
    const order: string[] = [];
    const note = (what: string) => async () => {
      await sleep(5);
      return order.push(what);
    };
    const { wake, stop } = tending({ worker: { run: note('done') }, deliverer: { run: note('said') } });
    wake();
    while (order.length < 3) await sleep(1);
    await stop(1_000);
    expect(order.at(-1)).toBe('said');
  });

  test('goes on after a round that failed, which stands in the log', async () => {
    const worker = counting(async () => {
      throw new Error('the store is gone');
    });
    const { lines, stop } = tending({ worker }, 5);
    while (worker.begun < 2) await sleep(1);
    await stop(1_000);
    expect(lines.join('')).toMatch(/the store is gone.*tending.failed/);
  });

  test('is waited for at a stop, but not for ever', async () => {
    let isOver = false;
    const slow = async () => {
      await sleep(30);
      isOver = true;
      return 0;
    };
    const patient = tending({ worker: { run: slow } });
    patient.wake();
    await patient.stop(5_000);
    expect(isOver).toBe(true);
    const impatient = tending({ worker: { run: () => new Promise<number>(() => undefined) } });
    impatient.wake();
    await impatient.stop(5);
  });

  test('nothing begins after a stop, whoever asks', async () => {
    const [worker, deliverer] = [counting(), counting()];
    const { wake, soon, stop } = tending({ worker, deliverer });
    await stop(0);
    wake();
    await soon();
    expect([worker.begun, deliverer.begun]).toEqual([0, 0]);
  });

  test('a turn waits also for what another round has begun to say', async () => {
    let isSaid = false;
    const deliverer = counting(async () => {
      if (deliverer.begun > 1) return 0;
      await sleep(20);
      isSaid = true;
      return 1;
    });
    const { wake, soon, stop } = tending({ deliverer });
    wake();
    await soon();
    expect(isSaid).toBe(true);
    await stop(1_000);
  });

  test('a turn waits also for what a round has begun to say that overtook its own', async () => {
    let isSaid = false;
    const own = Promise.withResolvers<number>();
    const deliverer = counting(async () => {
      if (deliverer.begun === 1) return own.promise;
      own.resolve(0);
      await sleep(20);
      isSaid = true;
      return 1;
    });
    const { wake, soon, stop } = tending({ deliverer });
    const said = soon();
    wake();
    await said;
    expect(isSaid).toBe(true);
    await stop(1_000);
  });

  test('a turn waits a moment for what is to be said', async () => {
    const deliverer = counting(async () => {
      await sleep(10);
      return 1;
    });
    const { soon, stop } = tending({ deliverer });
    await soon();
    expect(deliverer.begun).toBeGreaterThan(0);
    await stop(1_000);
  });
});
