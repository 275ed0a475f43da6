import { describe, expect, test } from '@jest/globals';
import { isLong, STORES } from './form.ts';
import { MINUTE } from './ground.ts';
import { FIRST_NUMBER } from './kills.ts';
import type { Lane } from './lane.ts';
import { onStore } from './run.ts';

/** Slow enough for a process to be there before the next thing is due. */
const SPEED = 40;

/** A reminder after one minute, the end after the other. */
const LIFE_MS = 2 * MINUTE;

const killWhileItWaits = async (lane: Lane, nth: number) => {
  const { ended, ready } = lane.begin({ approval: FIRST_NUMBER, moment: 'tended', nth, signal: 'SIGKILL' });
  await ready;
  const { number } = await lane.ask(1, LIFE_MS);
  const signal = await ended;
  lane.begin();
  const approval = await lane.rest(number);
  const history = await lane.ground.records.history(number);
  const posts = await lane.ground.store.posts.due(Number.MAX_SAFE_INTEGER, 10);
  return {
    signal,
    state: approval?.state,
    told: history.map(({ kind }) => kind),
    posts: posts.map(({ kind }) => kind).toSorted(),
  };
};

describe.each(isLong ? STORES : STORES.slice(0, 1))('a request that nobody decides, on %s', (store) => {
  test.each(isLong ? [1, 2, 3] : [1])(
    'is reminded of once and ends once, though its process dies at the %i. change',
    async (nth) => {
      const { value, findings } = await onStore(store, { targets: 1, speed: SPEED }, (lane) =>
        killWhileItWaits(lane, nth),
      );
      expect(value).toEqual({
        signal: 'SIGKILL',
        state: 'expired',
        told: ['requested', 'facts', 'expired'],
        posts: ['card', 'outcome', 'reminder'],
      });
      expect(findings).toEqual([]);
    },
    10 * MINUTE,
  );
});

(isLong ? test : test.skip)(
  'what a person decided elsewhere voids a request once, though its process dies',
  async () => {
    const { value } = await onStore('SQLite', { targets: 1, speed: SPEED }, async (lane) => {
      const asked = await lane.ask();
      const risk = {
        riskState: 'dismissed',
        riskDetail: 'adminDismissedAllRiskForUser',
        riskLevelAggregated: 'none',
      };
      lane.graph.decide(asked.targets[0].signIn.id, risk);
      const { ended } = lane.begin({ approval: FIRST_NUMBER, moment: 'tended', nth: 1, signal: 'SIGKILL' });
      await ended;
      lane.begin();
      const approval = await lane.rest(FIRST_NUMBER);
      const history = await lane.ground.records.history(FIRST_NUMBER);
      return { state: approval?.state, told: history.map(({ kind }) => kind), effects: lane.graph.effects };
    });
    expect(value).toEqual({ state: 'void', told: ['requested', 'voided'], effects: [] });
  },
  10 * MINUTE,
);
