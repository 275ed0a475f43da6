import { afterAll, describe, expect, test } from '@jest/globals';
import { closeAll, NOW } from './graph-client.ts';
import { COMPROMISED, DISMISSED, flagged, ids, openAt, risky, SAFE, second } from './graph-risk.ts';

afterAll(closeAll);

describe('what an action did', () => {
  test('shows when the lag is over, which can be set at any time', async () => {
    const { act, graph, riskOf, pass } = await openAt({ lag: 4000 });
    await act('confirmCompromised', ids(risky));
    pass(3999);
    expect((await riskOf(risky)).riskState).toBe('atRisk');
    pass(1);
    expect(await riskOf(risky)).toEqual(COMPROMISED);
    graph.behaviour.lag = 0;
    await act('confirmSafe', ids(risky));
    expect(await riskOf(risky)).toEqual(SAFE);
  });

  test('is never shown after what was said later', async () => {
    const { act, graph, riskOf, pass } = await openAt({ lag: 60_000 });
    await act('confirmCompromised', ids(risky, second));
    graph.behaviour.lag = 1000;
    await act('dismiss', ids(risky));
    pass(1000);
    expect(await riskOf(risky)).toEqual(DISMISSED);
    pass(60_000);
    expect([await riskOf(risky), await riskOf(second)]).toEqual([DISMISSED, COMPROMISED]);
  });

  test('is counted when it is done, one for each sign-in, also when it is done twice', async () => {
    const { act, graph, pass } = await openAt({ lag: 4000 });
    await act('confirmCompromised', ids(risky, second), { 'client-request-id': 'c1' });
    pass(10);
    await act('confirmCompromised', ids(risky), { 'client-request-id': 'c2' });
    const done = (requestId: string, time: number, clientRequestId: string) => ({
      action: 'confirmCompromised',
      requestId,
      time,
      clientRequestId,
    });
    expect(graph.effects).toEqual([
      done(risky, NOW, 'c1'),
      done(second, NOW, 'c1'),
      done(risky, NOW + 10, 'c2'),
    ]);
  });

  test('stands in the record of requests by its ids, also where it was refused', async () => {
    const { act, get, graph } = await openAt();
    await act('confirmSafe', ids(risky, second));
    await act('dismiss', ids(flagged));
    await act('dismiss', 'nonsense');
    await get('/v1.0/users');
    expect(graph.requests.map(({ method, status, requestIds }) => [method, status, requestIds])).toEqual([
      ['POST', 204, [risky, second]],
      ['POST', 400, [flagged]],
      ['POST', 400, []],
      ['GET', 200, []],
    ]);
  });
});

describe('a person who decides elsewhere', () => {
  test('is seen at once, whatever the lag', async () => {
    const { graph, riskOf } = await openAt({ lag: 60_000 });
    graph.decide(risky.toUpperCase(), DISMISSED);
    expect(await riskOf(risky)).toEqual(DISMISSED);
    expect(graph.effects).toEqual([]);
  });

  test('has the last word over what does not show yet', async () => {
    const { act, graph, riskOf, pass } = await openAt({ lag: 4000 });
    await act('confirmCompromised', ids(risky, second));
    pass(1000);
    graph.decide(risky, DISMISSED);
    pass(4000);
    expect([await riskOf(risky), await riskOf(second)]).toEqual([DISMISSED, COMPROMISED]);
  });

  test('can add a detection, to a sign-in that is not risky too', async () => {
    const { act, graph, signIns } = await openAt();
    const risk = { riskState: 'atRisk', riskDetail: 'none', riskLevelAggregated: 'low' };
    graph.decide(flagged, { ...risk, riskEventTypes_v2: ['newCountry'] });
    const [row] = await signIns(`id eq '${flagged}' and riskEventTypes_v2/any(t: t eq 'newCountry')`);
    expect(row).toMatchObject({ ...risk, flaggedForReview: true });
    expect((await act('confirmSafe', ids(flagged))).status).toBe(204);
  });

  test('cannot decide about a sign-in that does not exist', async () => {
    const { graph } = await openAt();
    expect(() => graph.decide('nothing', SAFE)).toThrow('No sign-in has the id nothing');
  });
});
