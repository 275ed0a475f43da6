import { afterAll, describe, expect, test } from '@jest/globals';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { closeAll, signInsPath, TENANT, validRows } from './graph-client.ts';
import { COMPROMISED, DISMISSED, flagged, idOf, ids, openAt, risky, SAFE, second } from './graph-risk.ts';

afterAll(closeAll);

const [gap = ''] = validRows((row) => !('riskState' in row)).map(idOf);

const LIST = '/beta/auditLogs/signIns';

describe('an action on a sign-in', () => {
  test.each([
    ['confirmCompromised', COMPROMISED],
    ['confirmSafe', SAFE],
    ['dismiss', DISMISSED],
  ])('%s is answered 204 without a body, and shows in the sign-in', async (action, risk) => {
    const { act, riskOf, signIns } = await openAt();
    const { status, text, headers } = await act(action, ids(risky));
    expect([status, text]).toEqual([204, '']);
    expect(headers.has('content-type') || headers.has('content-length')).toBe(false);
    expect(await riskOf(risky)).toEqual(risk);
    const decided = await signIns(`id eq '${risky}' and riskState eq '${risk.riskState}'`);
    expect(decided.map(idOf)).toEqual([risky]);
    expect(await signIns(`id eq '${risky}' and riskState eq 'atRisk'`)).toEqual([]);
  });

  test('shows in rows that were read before, in every version and order', async () => {
    const { act, get } = await openAt();
    const paths = ['beta', 'v1.0'].flatMap((version) =>
      ['asc', 'desc'].map(
        (order) => `${signInsPath(`id eq '${risky}'`, version)}&$orderby=createdDateTime ${order}`,
      ),
    );
    const states = async (): Promise<readonly string[]> =>
      Promise.all(paths.map(async (path) => (await get(path)).json.value.at(-1).riskState));
    expect(new Set(await states())).toEqual(new Set(['atRisk']));
    await act('confirmSafe', ids(risky));
    expect(new Set(await states())).toEqual(new Set(['confirmedSafe']));
  });

  test('can be about several sign-ins, in any case of letters, and in beta', async () => {
    const { graph, riskOf } = await openAt();
    const response = await fetch(`${graph.url}/beta/auditlogs/signins/CONFIRMSAFE`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(ids(risky.toUpperCase(), second)),
    });
    expect(response.status).toBe(204);
    expect([await riskOf(risky), await riskOf(second)]).toEqual([SAFE, SAFE]);
    expect(graph.effects.map(({ requestId }) => requestId)).toEqual([risky, second]);
  });

  test.each([
    ['an unknown id', ids('00000000-0000-4000-8000-000000000000')],
    ['a flagged sign-in that is not risky', ids(flagged)],
    ['a sign-in whose risk is not told', ids(gap)],
    ['a risky one beside one that is not', ids(risky, flagged)],
  ])('is refused for %s, as a whole', async (_what, body) => {
    const { act, graph, riskOf } = await openAt();
    const { status, json } = await act('confirmCompromised', body);
    expect([status, json.error.code, json.error.message]).toEqual([
      400,
      'BadRequest',
      'These requestIds do not exist in your tenant or they are not risky',
    ]);
    expect(graph.effects).toEqual([]);
    expect((await riskOf(risky)).riskState).toBe('atRisk');
  });

  test.each([
    ['no JSON', '{"requestIds":['],
    ['nothing', ''],
    ['a list', [risky]],
    ['no ids', ids()],
    ['an id that is no text', { requestIds: [1] }],
    ['a parameter that the action does not have', { ...ids(risky), userIds: [] }],
  ])('is refused with a body of %s', async (_what, body) => {
    const { act, graph } = await openAt();
    expect((await act('confirmSafe', body)).status).toBe(400);
    expect(graph.effects).toEqual([]);
  });

  test('is refused where the body is not declared as JSON, is too long, or the query says something', async () => {
    const { act, graph } = await openAt();
    expect((await act('confirmSafe', ids(risky), { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await act('confirmSafe', ids(risky, 'x'.repeat(64 * 1024)))).status).toBe(413);
    expect((await act('confirmSafe?$select=id', ids(risky))).status).toBe(400);
    expect(graph.effects).toEqual([]);
  });

  test('is refused without the permission, the licence or the token', async () => {
    const reading = await openAt({ permissions: new Set(['AuditLog.Read.All']) });
    const denied = await reading.act('confirmSafe', ids(risky));
    expect([denied.status, denied.json.error.code]).toEqual([403, 'Authorization_RequestDenied']);
    const unpaid = await openAt({ licence: 'none' });
    expect((await unpaid.act('confirmSafe', ids(risky))).status).toBe(403);
    const guarded = await openAt({ token: 'right' });
    expect((await guarded.act('confirmSafe', ids(risky))).status).toBe(401);
  });

  test('counts in the window of reports as a reading does', async () => {
    const { act, get, graph, pass } = await openAt({ limits: { reportsPer10s: 2, speed: 1 } });
    expect((await act('confirmSafe', ids(risky))).status).toBe(204);
    expect((await get('/beta/auditLogs/signIns?$top=1')).status).toBe(200);
    pass(2500);
    const refused = await act('confirmSafe', ids(second));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '8']);
    expect(graph.effects.map(({ requestId }) => requestId)).toEqual([risky]);
  });

  test('shows its state, but neither detail nor level, in a tenant without P2', async () => {
    const { act, riskOf } = await openAt({ licence: 'P1' });
    await act('confirmCompromised', ids(risky));
    expect(await riskOf(risky)).toEqual({
      riskState: 'confirmedCompromised',
      riskDetail: 'hidden',
      riskLevelAggregated: 'hidden',
    });
  });

  test('belongs to this Graph: another on the same tenant knows nothing of it', async () => {
    const { act } = await openAt();
    await act('confirmSafe', ids(risky));
    const other = await openAt();
    expect((await other.riskOf(risky)).riskState).toBe('atRisk');
    expect(validRows((row) => row.id === risky)[0].riskState).toBe('atRisk');
    expect(TENANT.signIns.some((row) => row.riskDetail === 'adminConfirmedSigninSafe')).toBe(false);
  });

  test.each([
    ['POST', LIST],
    ['POST', `${LIST}/confirm`],
    ['POST', `${LIST}/confirmSafe/x`],
    ['POST', '/v1.0/users'],
    ['PUT', `${LIST}/confirmSafe`],
    ['PATCH', `/v1.0/users/${PEOPLE.analyst.oid}`],
    ['DELETE', `${LIST}/66ea54eb-6301-4ee5-be62-ff5a759b0100`],
  ])('%s %s: nothing else can be changed', async (method, path) => {
    const { graph } = await openAt();
    const response = await fetch(graph.url + path, {
      method,
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: '{"requestIds":["66ea54eb-6301-4ee5-be62-ff5a759b0100"]}',
    });
    expect(response.status).toBe(405);
  });
});
