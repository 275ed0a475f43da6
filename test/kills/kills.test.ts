import { beforeAll, describe, expect, test } from '@jest/globals';
import { SERVER } from '../store/postgres-server.ts';
import { CASES } from './cases.ts';
import { KILLS, STORES } from './form.ts';
import { MINUTE } from './ground.ts';
import { isRight, type Killed, killInCases, onLane } from './kills.ts';
import { OUTCOMES } from './outcomes.ts';
import { type Result, runKills } from './run.ts';

const isWhole = KILLS >= 2.5 * CASES.length;

let result: Result;

beforeAll(async () => {
  result = await runKills({ kills: KILLS, stores: STORES, seed: Number(process.env.SEED ?? Date.now()) });
}, 120 * MINUTE);

const wrongOf = (wanted: (one: Killed) => boolean): readonly Killed[] =>
  result.killed.filter((one) => wanted(one) && !isRight(one));

const before = ['claimed', 'inspected', 'permitted'];

describe('after a kill and a new start', () => {
  test('every process died at the moment that was meant', () => {
    expect(result.killed.filter(({ isReached }) => !isReached)).toEqual([]);
  });

  test('H127: what was killed before its intent was committed is carried out once', () => {
    expect(wrongOf(({ moment }) => before.includes(moment))).toEqual([]);
  });

  test('H128: what was killed between intent and POST is read back, and sent once', () => {
    expect(wrongOf(({ moment }) => moment === 'intended')).toEqual([]);
  });

  test('what was killed while Graph was at work is read back, and not sent again when it was done', () => {
    expect(wrongOf(({ moment }) => moment === 'arrived' || moment === 'unanswered')).toEqual([]);
  });

  test('what was killed before the answer was committed, or after it, is neither lost nor doubled', () => {
    expect(wrongOf(({ moment }) => ['performed', 'recorded', 'released'].includes(moment))).toEqual([]);
  });

  test.each(Object.keys(OUTCOMES))('%s', (wanted) => {
    expect(wrongOf(({ outcome }) => outcome === wanted)).toEqual([]);
  });

  test('at random moments, with one change in five going wrong, nothing is lost or doubled', () => {
    expect(result.random.findings).toEqual([]);
    expect(result.random.kills).toBeGreaterThan(0);
  });

  test('the ledger is whole, and tells the same as the tables', () => {
    expect(result.findings).toEqual([]);
  });

  (isWhole ? test : test.skip)('every moment with every outcome was tried on every store', () => {
    expect(result.killed).toHaveLength(STORES.length * CASES.length);
  });
});

(SERVER === undefined ? test.skip : test)('PostgreSQL is among the stores', () => {
  expect(STORES).toContain('PostgreSQL');
});

test(
  'whoever calls first and saves afterwards is found out',
  async () => {
    const careless = CASES.filter(({ moment, outcome }) => moment === 'performed' && outcome === 'done');
    const { value } = await onLane({ targets: 5, order: 'call-first' }, (lane) =>
      killInCases(lane, careless),
    );
    const found = value.flatMap(({ findings }) => findings.map(({ what }) => what));
    expect(found).toEqual(expect.arrayContaining(['doubled', 'unannounced']));
  },
  10 * MINUTE,
);
