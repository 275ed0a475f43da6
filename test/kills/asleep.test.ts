import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { WorkerMoment } from '../../src/bot/worker.ts';
import { isLong, STORES } from './form.ts';
import { MINUTE } from './ground.ts';
import { FIRST_NUMBER, killAtRandom } from './kills.ts';
import type { Lane } from './lane.ts';
import { onStore, randomFrom } from './run.ts';

const SHORT: readonly WorkerMoment[] = ['intended'];
const LONG: readonly WorkerMoment[] = [
  'claimed',
  'inspected',
  'permitted',
  'intended',
  'performed',
  'recorded',
];

/** Longer than it takes to find out that it was overtaken. */
const AWAKE_MS = 500;

const sleepAndWake = async (lane: Lane, moment: WorkerMoment) => {
  const sleeper = lane.begin({ approval: FIRST_NUMBER, moment, nth: 1, signal: 'SIGSTOP' });
  const { number } = await lane.askApproved();
  await sleeper.asleep;
  const other = lane.begin();
  const before = await lane.rest(number);
  sleeper.signal('SIGCONT');
  await sleep(AWAKE_MS);
  const after = await lane.ground.records.find(number);
  other.signal('SIGKILL');
  return { before, after, effects: lane.graph.effects.length, findings: await lane.findings(number) };
};

/** Who slept may find that the database gave up waiting meanwhile, and says so; that is no fault. */
const isDrowsy = ({ what, detail }: { readonly what: string; readonly detail: string }): boolean =>
  what === 'logged' && /could not be (?:read|written)|timeout/i.test(detail);

/** Slow enough for two processes to keep out of each other's way on a busy machine. */
const SLOWER = 20;

describe.each(isLong ? STORES : STORES.slice(0, 1))('on %s', (store) => {
  test.each(isLong ? LONG : SHORT)(
    'H138: who held an approval and slept from "%s" on finds that another took it over, and changes nothing',
    async (moment) => {
      const { value, findings } = await onStore(store, { targets: 1 }, (lane) => sleepAndWake(lane, moment));
      expect(value.before?.state).toBe('done');
      expect(value.after).toEqual(value.before);
      expect(value.effects).toBe(1);
      expect([...value.findings, ...findings].filter((one) => !isDrowsy(one))).toEqual([]);
    },
    10 * MINUTE,
  );

  (isLong ? test : test.skip)(
    'two processes, one killed again and again, do each change once',
    async () => {
      const { value, findings } = await onStore(
        store,
        { targets: 400, speed: SLOWER, isAlone: false },
        (lane) => {
          lane.begin();
          return killAtRandom(lane, 20, randomFrom(Number(process.env.SEED ?? Date.now())));
        },
      );
      expect(value.findings).toEqual([]);
      expect(findings).toEqual([]);
    },
    60 * MINUTE,
  );
});
