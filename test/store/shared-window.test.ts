import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Budget } from '../../src/graph/budget.ts';
import { createSharedBudget } from '../../src/graph/shared-budget.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createPatientDatabase, onServer, SERVER, type TestDatabase } from './postgres-server.ts';

/** Longer than any of these tests takes, in milliseconds. */
const LONG = 600_000;

const waits = {
  clock: () => performance.now(),
  sleep: (milliseconds: number) => sleep(milliseconds),
};

(SERVER === undefined ? describe.skip : describe)('the window of requests in PostgreSQL', () => {
  let database: TestDatabase;
  let stores: readonly Store[];

  beforeEach(async () => {
    database = await createPatientDatabase();
    stores = await Promise.all([openStore(database.url), openStore(database.url)]);
  });

  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.remove();
  });

  /** So many milliseconds pass for all seats. */
  const pass = (milliseconds: number) =>
    onServer(`update budget set free_at = free_at - ${milliseconds}`, database.url);

  /** What each replica has of the window of one part of Graph. */
  const windows = (seats: number) =>
    stores.flatMap(({ sharedWindow }) => (sharedWindow ? [sharedWindow('reports', seats)] : []));

  const budgets = (limit: { requests: number; milliseconds: number }): readonly Budget[] =>
    windows(limit.requests).map((window) => createSharedBudget(limit, window, waits));

  test('two replicas together never send one too many, and waste little', async () => {
    const limit = { requests: 5, milliseconds: 1_000 };
    const requests = 20;
    const arrivals: number[] = [];
    const started = waits.clock();
    const ask = async (budget: Budget, index: number): Promise<void> => {
      const slot = await budget.enter('person');
      const onTheWay = index % 4;
      arrivals.push(waits.clock() + onTheWay);
      await sleep(onTheWay + (index % 7));
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
    // One after the other they would take more than six times as long as they must.
    expect((waits.clock() - started) / ideal).toBeLessThan(4);
  });

  test('the seats of a replica that died are free again after a time', async () => {
    const [dead, living] = windows(2);
    await dead?.take(LONG);
    await dead?.take(LONG);
    const first = await living?.take(LONG);
    expect(first).toEqual({ wait: expect.any(Number) });
    await pass(LONG);
    expect(await living?.take(LONG)).toHaveProperty('seat');
  });

  test('a late word about an earlier taking changes nothing', async () => {
    const [one, other] = windows(1);
    const early = await one?.take(LONG);
    await pass(LONG);
    expect(await other?.take(LONG)).toHaveProperty('seat');
    if (early && 'seat' in early) await early.seat.hold(0);
    expect(await one?.take(LONG)).toEqual({ wait: expect.any(Number) });
  });

  test('a pause holds every seat, and no earlier answer ends it', async () => {
    const [one, other] = windows(2);
    const taken = await one?.take(2 * LONG);
    await other?.pause(LONG);
    if (taken && 'seat' in taken) await taken.seat.hold(0);
    const blocked = await one?.take(LONG);
    expect(blocked && 'wait' in blocked ? blocked.wait : 0).toBeGreaterThan(LONG / 2);
    await pass(2 * LONG);
    expect(await one?.take(LONG)).toHaveProperty('seat');
  });

  test('of many who take at once, as many get a seat as there are', async () => {
    const both = windows(5);
    const takings = await Promise.all(Array.from({ length: 40 }, (_, index) => both[index % 2]?.take(LONG)));
    expect(takings.filter((taking) => taking && 'seat' in taking)).toHaveLength(5);
  });
});
