import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PRIORITIES, type Priority } from '../../src/graph/line.ts';
import { createSharedBudget, type SharedWindow } from '../../src/graph/shared-budget.ts';
import { createTime } from './support/time.ts';

const LIMIT = { requests: 2, milliseconds: 1000 };

/** What a request is held for at most: the window, the way of the taking, the way to Graph, and the margin. */
const LONGEST = 1000 + 1000 + 500 + 3;

type Time = ReturnType<typeof createTime>;

/** A shared window whose answers are on their way for so many milliseconds, as a database's are. */
const createWindow = (time: Time, delay: () => number = () => 0): SharedWindow => {
  const seats = Array.from({ length: LIMIT.requests }, () => ({ freeAt: 0, taking: 0 }));
  const way = async (): Promise<void> => {
    const milliseconds = delay();
    if (milliseconds > 0) await time.sleep(milliseconds);
  };
  return {
    async take(milliseconds) {
      await way();
      const now = time.clock();
      const seat = seats.find(({ freeAt }) => freeAt <= now);
      const wait = Math.min(...seats.map(({ freeAt }) => freeAt)) - now;
      if (seat) Object.assign(seat, { freeAt: now + milliseconds, taking: seat.taking + 1 });
      const taking = seat?.taking;
      await way();
      if (!seat) return { wait };
      return {
        seat: {
          async hold(shorter) {
            await way();
            if (seat.taking === taking) seat.freeAt = Math.min(seat.freeAt, time.clock() + shorter);
          },
        },
      };
    },
    async pause(milliseconds) {
      await way();
      for (const seat of seats) {
        const freeAt = Math.max(seat.freeAt, time.clock() + milliseconds);
        Object.assign(seat, { freeAt, taking: seat.taking + 1 });
      }
    },
  };
};

const twoReplicas = (delay?: () => number) => {
  const time = createTime();
  const window = createWindow(time, delay);
  const replicas = [
    createSharedBudget(LIMIT, window, time),
    createSharedBudget(LIMIT, window, time),
  ] as const;
  return { time, replicas };
};

describe('the shared budget', () => {
  test('lets as many in as Graph takes, counted over all replicas', async () => {
    const { time, replicas } = twoReplicas();
    const entered: number[] = [];
    for (let count = 0; count < 6; count++) {
      void replicas[count % 2 === 0 ? 0 : 1].enter('person').then((slot) => {
        entered.push(time.clock());
        slot.answered();
      });
    }
    await time.to(20_000);
    expect(entered.map((at) => Math.floor(at / 1000))).toEqual([0, 0, 1, 1, 2, 2]);
  });

  test('the seats of a replica that died are free again after a time', async () => {
    const { time, replicas } = twoReplicas();
    await replicas[0].enter('person');
    await replicas[0].enter('person');
    const entered = replicas[1].enter('person').then(() => time.clock());
    await time.to(20_000);
    const at = await entered;
    expect(at).toBeGreaterThanOrEqual(LONGEST);
    expect(at).toBeLessThan(LONGEST + 300);
  });

  test('within a replica, approvals go before people, people before watches, watches before exports', async () => {
    const { time, replicas } = twoReplicas();
    const order: Priority[] = [];
    await replicas[1].enter('exports');
    await replicas[1].enter('exports');
    for (const priority of [...PRIORITIES].reverse()) {
      void replicas[0].enter(priority).then((slot) => {
        order.push(priority);
        slot.answered();
      });
    }
    await time.to(20_000);
    expect(order).toEqual(PRIORITIES);
  });

  test('a 429 to one replica makes the others wait, and they know it', async () => {
    const { time, replicas } = twoReplicas();
    replicas[0].pause(30_000);
    replicas[0].pause(10);
    expect(replicas[0].pausedFor()).toBe(30_000);
    const entered = replicas[1].enter('approvals').then(() => time.clock());
    await time.to(10_000);
    expect(replicas[1].pausedFor()).toBe(20_000);
    await time.to(60_000);
    expect(await entered).toBe(30_000);
    expect(replicas[1].pausedFor()).toBe(0);
  });

  test('an answer to an earlier request does not end a pause', async () => {
    const { time, replicas } = twoReplicas();
    const slot = await replicas[0].enter('person');
    replicas[0].pause(10_000);
    slot.answered();
    const entered = replicas[1].enter('person').then(() => time.clock());
    await time.to(20_000);
    expect(await entered).toBe(10_000);
  });

  test('a caller who gives up leaves the line, and a seat that nobody wants is given back', async () => {
    const { time, replicas } = twoReplicas(() => 10);
    const controller = new AbortController();
    const left = replicas[0].enter('person', controller.signal);
    controller.abort(new Error('too long'));
    await expect(left).rejects.toThrow('too long');
    await time.to(100);
    const entered: number[] = [];
    for (let count = 0; count < 2; count++)
      void replicas[1].enter('person').then(() => entered.push(time.clock()));
    await time.to(1000);
    expect(entered).toHaveLength(2);
  });

  test('a seat whose taking took too long is not used but taken anew', async () => {
    const time = createTime();
    const ways = [900, 900, 0];
    const window = createWindow(time, () => ways.shift() ?? 100);
    const entered = createSharedBudget(LIMIT, window, time)
      .enter('person')
      .then(() => time.clock());
    await time.to(20_000);
    expect(await entered).toBe(2000);
  });

  test('nobody enters while the window cannot be asked, and later they do', async () => {
    const time = createTime();
    const window = createWindow(time);
    let isDown = true;
    const down = async () => {
      throw new Error('no database');
    };
    const budget = createSharedBudget(
      LIMIT,
      {
        take: async (milliseconds) => {
          if (isDown) return down();
          const taken = await window.take(milliseconds);
          return 'seat' in taken ? { seat: { hold: down } } : taken;
        },
        pause: down,
      },
      time,
    );
    const both = [budget.enter('person'), budget.enter('exports')];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    (await budget.enter('person')).answered();
    budget.pause(10);
    await time.to(20);
    expect(budget.pausedFor()).toBe(0);
  });

  test('whatever the delays, Graph never counts one too many', async () => {
    const request = fc.record({
      replica: fc.constantFrom(0 as const, 1 as const),
      after: fc.nat(1500),
      delay: fc.oneof(fc.constant(0), fc.nat(5000)),
      transit: fc.nat(400),
      work: fc.nat(2000),
      answers: fc.boolean(),
      priority: fc.constantFrom(...PRIORITIES),
    });
    const delays = fc.infiniteStream(fc.oneof(fc.nat(20), fc.nat(1400)));
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 20 }), delays, async (requests, ways) => {
        const { time, replicas } = twoReplicas(() => ways.next().value);
        const arrivals: number[] = [];
        for (const { replica, after, delay, transit, work, answers, priority } of requests) {
          void time.sleep(after).then(async () => {
            const slot = await replicas[replica].enter(priority, undefined, delay);
            await time.sleep(delay + transit);
            arrivals.push(time.clock());
            await time.sleep(work);
            if (answers) slot.answered();
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
