import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBudget } from '../../src/graph/budget.ts';
import { PRIORITIES, type Priority } from '../../src/graph/line.ts';
import { wireRow } from './support/rows.ts';
import { page, refusal } from './support/scripted.ts';
import { createTime } from './support/time.ts';
import { question, world } from './support/world.ts';

const LIMIT = { requests: 2, milliseconds: 1000 };

describe('the budget', () => {
  test('lets as many in as Graph takes, and the next when Graph has forgotten the first', async () => {
    const time = createTime();
    const budget = createBudget(LIMIT, time);
    const entered: number[] = [];
    for (let count = 0; count < 5; count++) {
      void budget.enter('person').then((slot) => {
        entered.push(time.clock());
        slot.answered();
      });
    }
    await time.to(10_000);
    expect(entered).toEqual([0, 0, 1003, 1003, 2006]);
  });

  test('counts a request from when Graph begins to answer, but not for ever', async () => {
    const time = createTime();
    const budget = createBudget({ requests: 1, milliseconds: 1000 }, time);
    const first = await budget.enter('person');
    const entered: number[] = [];
    for (let count = 0; count < 3; count++)
      void budget.enter('person').then(() => entered.push(time.clock()));
    await time.to(100);
    first.answered();
    await time.to(10_000);
    first.answered();
    expect(entered).toEqual([1103, 2606, 4109]);
  });

  test('keeps a place for longer where the request may set out later', async () => {
    const time = createTime();
    const budget = createBudget({ requests: 1, milliseconds: 1000 }, time);
    await budget.enter('person', undefined, 4000);
    const entered = budget.enter('person').then(() => time.clock());
    await time.to(10_000);
    expect(await entered).toBe(4000 + 500 + 1003);
  });

  test('serves approvals, then people, then watches, then exports, and each in the order of arrival', async () => {
    const time = createTime();
    const budget = createBudget({ requests: 1, milliseconds: 10 }, time);
    const order: string[] = [];
    const enter = (priority: Priority, name: string) =>
      void budget.enter(priority).then((slot) => {
        order.push(name);
        slot.answered();
      });
    enter('exports', 'first');
    for (const priority of [...PRIORITIES].reverse())
      for (const name of ['a', 'b']) enter(priority, priority + name);
    await time.to(1000);
    expect(order.slice(1)).toEqual(PRIORITIES.flatMap((priority) => [`${priority}a`, `${priority}b`]));
  });

  test('a caller who gives up leaves the line to the others', async () => {
    const time = createTime();
    const budget = createBudget({ requests: 1, milliseconds: 1000 }, time);
    await budget.enter('person');
    const controller = new AbortController();
    const left = budget.enter('person', controller.signal);
    const stays = budget.enter('person').then(() => time.clock());
    controller.abort(new Error('too long'));
    await expect(left).rejects.toThrow('too long');
    await expect(budget.enter('person', controller.signal)).rejects.toThrow('too long');
    await time.to(5000);
    expect(await stays).toBe(1503);
  });

  test('a caller who gives up after entering changes nothing', async () => {
    const budget = createBudget(LIMIT, createTime());
    const controller = new AbortController();
    const slot = await budget.enter('person', controller.signal);
    controller.abort();
    slot.answered();
    expect(budget.pausedFor()).toBe(0);
  });

  test('after a 429 nobody enters until the pause is over, and a shorter pause does not shorten it', async () => {
    const time = createTime();
    const budget = createBudget(LIMIT, time);
    budget.pause(5000);
    budget.pause(10);
    expect(budget.pausedFor()).toBe(5000);
    const entered = budget.enter('approvals').then(() => time.clock());
    await time.to(10_000);
    expect(await entered).toBe(5000);
  });

  test('whatever the delays, Graph never counts one too many', async () => {
    const request = fc.record({
      after: fc.nat(1500),
      delay: fc.oneof(fc.constant(0), fc.nat(5000)),
      transit: fc.nat(400),
      work: fc.nat(2000),
      priority: fc.constantFrom(...PRIORITIES),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 25 }), async (requests) => {
        const time = createTime();
        const budget = createBudget(LIMIT, time);
        const arrivals: number[] = [];
        for (const { after, delay, transit, work, priority } of requests) {
          void time.sleep(after).then(async () => {
            const slot = await budget.enter(priority, undefined, delay);
            await time.sleep(delay + transit);
            arrivals.push(time.clock());
            await time.sleep(work);
            slot.answered();
          });
        }
        await time.to(1_000_000);
        expect(arrivals).toHaveLength(requests.length);
        arrivals.sort((one, other) => one - other);
        for (const [index, arrival] of arrivals.entries()) {
          const earlier = arrivals[index - LIMIT.requests];
          if (earlier !== undefined) expect(arrival - earlier).toBeGreaterThanOrEqual(LIMIT.milliseconds);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('many different questions meet no 429', async () => {
  const limits = { requests: 5, milliseconds: 10_000 };
  const speed = 100;
  const window = limits.milliseconds / speed;
  const arrivals: number[] = [];
  // Time stands still while requests are on their way: on a busy machine that takes longer than the budget reckons with.
  let now = 0;
  let due = limits.requests;
  const { graph, server, events } = await world(
    () => {
      const recent = arrivals.filter((at) => now - at < window);
      arrivals.push(now);
      return recent.length >= limits.requests ? refusal(429, 'TooManyRequests', 'No.') : page([wireRow()]);
    },
    { speed, limits: { reports: limits, identityProtection: limits, directory: limits } },
    {
      steady: () => now,
      sleep: async (milliseconds, signal) => {
        do await setTimeout(1, undefined, { signal });
        while (events.filter(({ event }) => event === 'answered').length < due);
        due += limits.requests;
        now += milliseconds;
      },
    },
  );
  const questions = Array.from({ length: 50 }, (_, index) =>
    question([{ op: 'eq', property: 'userPrincipalName', value: `user${index}@contoso.com` }]),
  );
  const answers = await Promise.all(questions.map((one) => graph.readSignIns(one, { priority: 'person' })));
  // How long they take is measured by `npm run bench`.
  expect(answers.every(({ verdict }) => verdict.finished)).toBe(true);
  expect(server.seen).toHaveLength(50);
});
