import { afterAll, describe, expect, test } from '@jest/globals';
import { riskOfUser } from '../../src/demo/graph/risk-of-user.ts';
import { type Client, closeAll, type Json, NOW, open, TENANT, validRows } from './graph-client.ts';

const shared: Promise<Client> = open();
const ask = async (path: string, headers = {}) => (await shared).get(path, headers);
afterAll(closeAll);

const PATH = '/v1.0/identityProtection/riskyUsers';
const userOf = (name: string) => TENANT.users.find((user) => user.signInName === `${name}@contoso.com`);
const kim = userOf('kim')?.id ?? '';
const calm = userOf('alex+test')?.id ?? '';
const riskyOf = (userId: string): readonly string[] =>
  validRows((row) => row.userId === userId && row.riskState === 'atRisk').map((row) => row.id);
const filtered = async (filter: string): Promise<readonly Json[]> =>
  (await ask(`${PATH}?$filter=${encodeURIComponent(filter)}`)).json.value;

describe('a risky user', () => {
  test('has the highest level of the open risk, and the properties of the schema', async () => {
    const { json } = await ask(`${PATH}/${kim.toUpperCase()}`);
    expect(json).toEqual({
      '@odata.context': expect.stringMatching(/#identityProtection\/riskyUsers\/\$entity$/),
      id: kim,
      isDeleted: false,
      isProcessing: false,
      riskLevel: 'high',
      riskState: 'atRisk',
      riskDetail: 'none',
      riskLastUpdatedDateTime: expect.stringMatching(/^2026-11-20T18:31:00/),
      userDisplayName: 'Kim Nguyễn',
      userPrincipalName: 'kim@contoso.com',
    });
  });

  test('is confirmed compromised with a single sign-in, when that shows', async () => {
    let now = NOW;
    const { act, get } = await open({ clock: () => now, lag: 4000 });
    const [one = ''] = riskyOf(kim);
    await act('confirmCompromised', { requestIds: [one] });
    expect((await get(`${PATH}/${kim}`)).json).toMatchObject({ riskState: 'atRisk', isProcessing: true });
    now += 5000;
    expect((await get(`${PATH}/${kim}`)).json).toMatchObject({
      riskState: 'confirmedCompromised',
      riskLevel: 'high',
      riskDetail: 'adminConfirmedSigninCompromised',
      riskLastUpdatedDateTime: new Date(NOW + 4000).toISOString(),
      isProcessing: false,
    });
  });

  test('stays at risk while any risk is open, and loses the level with the last', async () => {
    const { act, get } = await open();
    const [first = '', ...others] = riskyOf(kim);
    await act('confirmSafe', { requestIds: others });
    expect((await get(`${PATH}/${kim}`)).json).toMatchObject({ riskState: 'atRisk' });
    await act('dismiss', { requestIds: [first] });
    const prefer = { Prefer: 'include-unknown-enum-members' };
    expect((await get(`${PATH}/${kim}`, prefer)).json).toMatchObject({
      riskLevel: 'none',
      riskState: 'dismissed',
      riskDetail: 'adminDismissedRiskForSignIn',
    });
    expect((await get(`/beta/identityProtection/riskyUsers/${kim}`)).json.riskDetail).toBe(
      'unknownFutureValue',
    );
  });

  test('is not somebody in whose sign-ins nothing was ever found', async () => {
    expect((await ask(`${PATH}/${calm}`)).status).toBe(404);
  });

  test('has risk of unknown height where no level is known', () => {
    const row = { id: '1', createdDateTime: '', riskState: 'atRisk', riskLevelAggregated: 'extreme' };
    expect(riskOfUser([row])).toEqual({ riskState: 'atRisk', riskDetail: 'none', riskLevel: 'none' });
    expect(riskOfUser([])).toBeUndefined();
  });
});

describe('the list of risky users', () => {
  test('shows each once, the one whose risk changed last first, in pages', async () => {
    const all = (await ask(PATH)).json.value;
    expect(all.length).toBeGreaterThan(8);
    expect(new Set(all.map((user: Json) => user.id)).size).toBe(all.length);
    const times = all.map((user: Json) => user.riskLastUpdatedDateTime);
    expect(times).toEqual([...times].sort().reverse());
    const { json } = await ask(`${PATH}?$top=3&$select=id`);
    const next = (await ask(json['@odata.nextLink'])).json.value;
    expect([...json.value, ...next]).toEqual(all.slice(0, 6).map(({ id }: Json) => ({ id })));
  });

  test.each([
    ["riskState eq 'atRisk'", (user: Json) => user.riskState === 'atRisk'],
    ["riskLevel eq 'high'", (user: Json) => user.riskLevel === 'high'],
    [`id eq '${kim}'`, (user: Json) => user.id === kim],
    ["userPrincipalName eq 'Kim@contoso.com'", (user: Json) => user.id === kim],
    ["riskState eq 'atRisk' and riskLevel eq 'low'", (user: Json) => user.riskLevel === 'low'],
  ])('can be filtered: %s', async (filter, fits) => {
    const found = await filtered(filter);
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual((await ask(PATH)).json.value.filter(fits));
  });

  test.each([
    '$filter=userDisplayName eq %27Kim%27',
    "$filter=startswith(id,'0')",
    '$top=501',
    '$select=shoeSize',
    '$orderby=id',
  ])('refuses %s', async (option) => {
    expect((await ask(`${PATH}?${option}`)).status).toBe(400);
  });

  test.each(['/v1.0/identityProtection/riskDetections', `${PATH}/${kim}/history`])(
    'has no neighbours: %s',
    async (path) => {
      expect((await ask(path)).status).toBe(400);
    },
  );

  test('is refused without the permission, or without P2', async () => {
    const reading = await open({ permissions: new Set(['AuditLog.Read.All']) });
    const denied = await reading.get(PATH);
    expect([denied.status, denied.json.error.code]).toEqual([403, 'Authorization_RequestDenied']);
    const unpaid = await open({ licence: 'P1' });
    expect((await unpaid.get(PATH)).json.error).toMatchObject({
      code: 'Forbidden',
      message: 'Your tenant is not licensed for this feature.',
    });
  });

  test('has a window of its own: one request a second, and no word about when to come back', async () => {
    let now = NOW;
    const { get } = await open({ clock: () => now, limits: { reportsPer10s: 5, speed: 2 } });
    expect((await get(PATH)).status).toBe(200);
    expect((await get('/beta/auditLogs/signIns?$top=1')).status).toBe(200);
    now += 499;
    const refused = await get(`${PATH}/${kim}`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    now += 500;
    expect((await get(PATH)).status).toBe(200);
  });
});
