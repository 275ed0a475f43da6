import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Budget } from '../../src/graph/budget.ts';
import { createSharedBudget } from '../../src/graph/shared-budget.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, SERVER, type TestDatabase } from './postgres-server.ts';

const waits = {
  clock: () => performance.now(),
  sleep: (milliseconds: number) => sleep(milliseconds),
};

(SERVER === undefined ? describe.skip : describe)('the window of requests in PostgreSQL', () => {
  let database: TestDatabase;
  let stores: readonly Store[];

  beforeEach(async () => {
    database = await createDatabase();
    stores = await Promise.all([openStore(database.url), openStore(database.url)]);
  });

  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.remove();
  });

  /** What each replica has of the window of one part of Graph. */
  const windows = (seats: number) =>
    stores.flatMap(({ sharedWindow }) => (sharedWindow ? [sharedWindow('reports', seats)] : []));

  const budgets = (limit: { requests: number; milliseconds: number }): readonly Budget[] =>
    windows(limit.requests).map((window) => createSharedBudget(limit, window, waits));

  test('two replicas together never send one too many, and waste little', async () => {
    const limit = { requests: 5, milliseconds: 400 };
    const requests = 40;
    const arrivals: number[] = [];
    const started = waits.clock();
    const ask = async (budget: Budget, index: number): Promise<void> => {
      const slot = await budget.enter('person');
      await sleep(index % 4);
      arrivals.push(waits.clock());
      await sleep(index % 7);
      slot.answered();
    };
    await Promise.all(
      budgets(limit).flatMap((budget) =>
        Array.from({ length: requests / 2 }, (_, index) => ask(budget, index)),
      ),
    );
    arrivals.sort((one, other) => one - other);
    const tooSoon = arrivals.filter((at, index) => {
      const earlier = arrivals[index - limit.requests];
      return earlier !== undefined && at - earlier < limit.milliseconds;
    });
    expect(arrivals).toHaveLength(requests);
    expect(tooSoon).toEqual([]);
    const ideal = (requests / limit.requests - 1) * limit.milliseconds;
    expect((waits.clock() - started) / ideal).toBeLessThan(1.5);
  });

  test('the seats of a replica that died are free again after a time', async () => {
    const [dead, living] = windows(2);
    await dead?.take(600);
    await dead?.take(600);
    const first = await living?.take(600);
    expect(first).toEqual({ wait: expect.any(Number) });
    await sleep(650);
    expect(await living?.take(600)).toHaveProperty('seat');
  });

  test('a late word about an earlier taking changes nothing', async () => {
    const [one, other] = windows(1);
    const early = await one?.take(50);
    await sleep(80);
    expect(await other?.take(5000)).toHaveProperty('seat');
    if (early && 'seat' in early) await early.seat.hold(0);
    expect(await one?.take(50)).toEqual({ wait: expect.any(Number) });
  });

  test('a pause holds every seat, and no earlier answer ends it', async () => {
    const [one, other] = windows(2);
    const taken = await one?.take(5000);
    await other?.pause(400);
    if (taken && 'seat' in taken) await taken.seat.hold(0);
    const blocked = await one?.take(50);
    expect(blocked && 'wait' in blocked ? blocked.wait : 0).toBeGreaterThan(200);
    await sleep(450);
    expect(await one?.take(50)).toHaveProperty('seat');
  });

  test('of many who take at once, as many get a seat as there are', async () => {
    const both = windows(5);
    const takings = await Promise.all(Array.from({ length: 40 }, (_, index) => both[index % 2]?.take(5000)));
    expect(takings.filter((taking) => taking && 'seat' in taking)).toHaveLength(5);
  });
});
