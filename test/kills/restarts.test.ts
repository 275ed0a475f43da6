import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createWorker, type WorkerMoment, type WorkerPorts } from '../../src/bot/worker.ts';
import { graphPort } from '../../src/graph-edge.ts';
import { createLog } from '../../src/lib/log.ts';
import { graphAt } from './edge.ts';
import { isLong } from './form.ts';
import { LEASE_MS, MINUTE, SECOND, SETTINGS } from './ground.ts';
import { FIRST_NUMBER, onLane } from './kills.ts';
import type { Lane } from './lane.ts';

const RESTARTS = 100;

/** More often than that it is not sent, whatever happens: once, and three times after it was read back. */
const MOST_INTENTS = 4;

/** What a process comes to before its intent is on record. */
const EARLY: readonly WorkerMoment[] = ['claimed', 'inspected', 'permitted'];

const LATE: readonly WorkerMoment[] = ['performed', 'recorded', 'released'];

/** The moments at which it dies: early mostly, three times with the intent on record and nothing sent, at last late. */
const deathAt = (restart: number): WorkerMoment | undefined => {
  if (restart >= RESTARTS - 4 * LATE.length) return LATE[restart % LATE.length];
  return restart % 25 === 20 ? 'intended' : EARLY[restart % EARLY.length];
};

interface Restart {
  readonly now: number;
  readonly death: WorkerMoment | undefined;
}

/** One process' life, up to its death: what is thrown at a moment ends all that it does for the approval. */
const liveOnce = async ({ ground, graph }: Lane, { now, death }: Restart): Promise<void> => {
  const ports: WorkerPorts = {
    approvals: ground.records,
    graph: graphPort(graphAt(graph.url, {}), LEASE_MS),
    log: createLog({ level: 'silent' }),
    now: async () => now,
    newId: randomUUID,
    observe(moment) {
      if (moment === death) throw new Error('killed');
    },
  };
  await createWorker(ports, { ...SETTINGS, owner: randomUUID(), leaseMs: LEASE_MS }).run();
};

const intentsOf = async ({ ground }: Lane, number: number): Promise<number> =>
  (await ground.records.history(number)).filter(({ kind }) => kind === 'intent').length;

describe('a process that dies and is started again and again', () => {
  test('H134: after a hundred restarts during one request there is one effect, and few attempts', async () => {
    const { value, findings } = await onLane({ targets: 1 }, async (lane) => {
      const { number } = await lane.askApproved();
      let now = await lane.ground.now();
      for (let restart = 0; restart < RESTARTS; restart += 1) {
        now += LEASE_MS + SECOND;
        await liveOnce(lane, { now, death: deathAt(restart) });
      }
      // What is left when all that is over.
      await lane.shown();
      for (let life = 1; life <= 3; life += 1)
        await liveOnce(lane, { now: now + life * MINUTE, death: undefined });
      return {
        approval: await lane.ground.records.find(number),
        effects: lane.graph.effects.length,
        intents: await intentsOf(lane, number),
        findings: await lane.findings(number),
      };
    });
    expect(value.approval?.state).toBe('done');
    expect(value.approval?.fence).toBeGreaterThan(RESTARTS / 2);
    expect(value.effects).toBe(1);
    expect(value.intents).toBeLessThanOrEqual(MOST_INTENTS);
    expect([...value.findings, ...findings]).toEqual([]);
  });

  test('H134: who always dies before it sends is not sent for ever, and nobody says that it was done', async () => {
    const { value } = await onLane({ targets: 1 }, async (lane) => {
      const { number } = await lane.askApproved();
      let now = await lane.ground.now();
      for (let restart = 0; restart < RESTARTS; restart += 1) {
        now += LEASE_MS + SECOND;
        await liveOnce(lane, { now, death: 'intended' });
      }
      return {
        state: (await lane.ground.records.find(number))?.state,
        intents: await intentsOf(lane, number),
        effects: lane.graph.effects.length,
      };
    });
    expect(value).toEqual({ state: 'unknown', intents: MOST_INTENTS, effects: 0 });
  });

  test('H134: how long it waits after what cannot be read is kept in the store', async () => {
    const { value } = await onLane({ targets: 1 }, async (lane) => {
      await lane.askApproved();
      lane.graph.faults.push({ method: 'GET', effect: { kind: 'answer', status: 503 } });
      const start = await lane.ground.now();
      for (let restart = 0; restart < RESTARTS; restart += 1)
        await liveOnce(lane, { now: start + restart * SECOND, death: undefined });
      return lane.graph.count('/auditLogs/signIns/');
    });
    // 2, 4, 8, 16, and from then on 30 seconds apart.
    expect(value).toBeGreaterThan(3);
    expect(value).toBeLessThan(10);
  });

  (isLong ? test : test.skip)(
    'H134: the same with processes that are really killed',
    async () => {
      const deaths: readonly WorkerMoment[] = [
        ...EARLY,
        'intended',
        ...EARLY,
        'performed',
        'inspected',
        'recorded',
      ];
      const { value, findings } = await onLane({ targets: 1 }, async (lane) => {
        let asked = false;
        for (const moment of deaths) {
          const { ended } = lane.begin({ approval: FIRST_NUMBER, moment, nth: 1, signal: 'SIGKILL' });
          if (!asked) await lane.askApproved();
          asked = true;
          await ended;
        }
        lane.begin();
        const approval = await lane.rest(FIRST_NUMBER);
        const effects = lane.graph.effects.length;
        return { state: approval?.state, effects, findings: await lane.findings(FIRST_NUMBER) };
      });
      expect(value).toEqual({ state: 'done', effects: 1, findings: [] });
      expect(findings).toEqual([]);
    },
    10 * MINUTE,
  );
});
