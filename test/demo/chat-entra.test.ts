import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntraState } from '../../src/demo/chat/entra-wire.ts';
import { startChat } from '../../src/demo/chat/world.ts';
import { type Demo, startDemo } from '../../src/demo/start.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { ROLES } from '../../src/demo/tenant/roles.ts';
import { quiet, type ScriptedBot, startScriptedBot } from './scripted-bot.ts';

const NOW = Date.parse('2026-11-21T19:00:00Z');
const { analyst, approver, eligible, outsider } = PEOPLE;

let demo: Demo;
let bot: ScriptedBot;

// A tenant takes a while to make, so there is one, and every rule leaves it as it was but for the sign-ins.
beforeAll(async () => {
  bot = await startScriptedBot(quiet);
  demo = await startDemo({
    startBot: async () => ({ port: Number(new URL(bot.url).port), close: bot.close }),
    clock: () => NOW,
    // The clock stands still, so no window of the throttle ever ends.
    limits: { reportsPer10s: 1_000_000, speed: 1 },
  });
});
beforeEach(() => {
  bot.heard.length = 0;
});
afterAll(() => demo.close());

const look = async (): Promise<EntraState> => (await fetch(`${demo.pageUrl}/demo/entra`)).json();

const send = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${demo.pageUrl}/demo/entra`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const change = async (wish: unknown): Promise<EntraState> => (await send(wish)).json();

const person = ({ people }: EntraState, { oid }: { oid: string }) => people.find((one) => one.oid === oid);

const graph = (path: string, options: RequestInit = {}): Promise<Response> =>
  fetch(`${demo.graph.url}${path}`, {
    ...options,
    headers: {
      authorization: 'Bearer x',
      'content-type': 'application/json',
      consistencylevel: 'eventual',
      prefer: 'include-unknown-enum-members',
    },
  });

const rolesOf = async ({ oid }: { oid: string }): Promise<readonly string[]> => {
  const query = `$count=true&$filter=principalId eq '${oid}'`;
  const answer = await graph(`/beta/roleManagement/directory/transitiveRoleAssignments?${query}`);
  const { value } = (await answer.json()) as { value: { roleDefinitionId: string }[] };
  return value.map(({ roleDefinitionId }) => roleDefinitionId);
};

const confirm = async (requestIds: readonly string[]): Promise<number | 'cut'> => {
  const path = '/v1.0/auditLogs/signIns/confirmCompromised';
  const body = JSON.stringify({ requestIds });
  return graph(path, { method: 'POST', body }).then(
    ({ status }) => status,
    () => 'cut',
  );
};

const firstRisky = async (): Promise<string> => (await look()).signIns[0]?.id ?? '';

describe('behind the bot’s back a visitor', () => {
  test('takes a role away, which Graph shows at once, and gives it back', async () => {
    expect(person(await look(), approver)).toMatchObject({ role: 'Security Administrator', held: true });
    const taken = await change({ do: 'role', person: approver.oid, held: false });
    expect(person(taken, approver)?.held).toBe(false);
    expect(await rolesOf(approver)).toEqual([]);
    await change({ do: 'role', person: approver.oid, held: true });
    const twice = await change({ do: 'role', person: approver.oid, held: true });
    expect(person(twice, approver)?.held).toBe(true);
    expect(await rolesOf(approver)).toEqual([ROLES.securityAdministrator]);
  });

  test('activates the role of somebody who is eligible, and finds none where there is none', async () => {
    expect(person(await look(), eligible)?.held).toBe(false);
    await change({ do: 'role', person: eligible.oid, held: true });
    expect(await rolesOf(eligible)).toEqual([ROLES.securityAdministrator]);
    await change({ do: 'role', person: eligible.oid, held: false });
    expect(person(await look(), outsider)).toMatchObject({ role: null, held: false });
    expect((await send({ do: 'role', person: outsider.oid, held: true })).status).toBe(404);
    expect(await rolesOf(outsider)).toEqual([]);
  });

  test('switches an account off and on', async () => {
    const enabled = async (): Promise<unknown> =>
      (await graph(`/v1.0/users/${analyst.oid}?$select=accountEnabled`)).json();
    const off = await change({ do: 'account', person: analyst.oid, enabled: false });
    expect(person(off, analyst)?.enabled).toBe(false);
    expect(await enabled()).toMatchObject({ accountEnabled: false });
    await change({ do: 'account', person: analyst.oid, enabled: true });
    expect(await enabled()).toMatchObject({ accountEnabled: true });
    expect((await send({ do: 'account', person: 'nobody', enabled: false })).status).toBe(404);
  });

  test('decides about a sign-in as another administrator would', async () => {
    const { signIns, changes } = await look();
    const id = signIns.at(-1)?.id ?? '';
    const riskOf = async (): Promise<unknown> =>
      (await graph(`/beta/auditLogs/signIns/${id}?$select=id,riskState,riskDetail`)).json();
    expect(await riskOf()).toMatchObject({ riskState: 'atRisk' });
    await change({ do: 'decide', signIn: id, verdict: 'dismissed' });
    expect(await riskOf()).toMatchObject({
      riskState: 'dismissed',
      riskDetail: 'adminDismissedRiskForSignIn',
    });
    await change({ do: 'decide', signIn: id, verdict: 'confirmed-safe' });
    expect(await riskOf()).toMatchObject({ riskState: 'confirmedSafe' });
    expect((await send({ do: 'decide', signIn: approver.oid, verdict: 'dismissed' })).status).toBe(404);
    expect((await look()).changes).toBe(changes);
  });

  test('sees how often the tenant was changed, and sets when the log shows it', async () => {
    const { changes, lag } = await look();
    expect({ changes, lag }).toEqual({ changes: demo.graph.effects.length, lag: 0 });
    await change({ do: 'lag', milliseconds: 15_000 });
    await confirm([await firstRisky()]);
    expect(await look()).toMatchObject({ changes: changes + 1, lag: 15_000 });
    expect(demo.graph.behaviour.lag).toBe(15_000);
    await change({ do: 'lag', milliseconds: 0 });
  });

  test.each([
    ['refused', 400, 0],
    ['throttled', 429, 0],
    ['unavailable', 503, 0],
    ['late-answer', 504, 1],
    ['cut-before', 'cut', 0],
    ['cut-after', 'cut', 1],
  ])('makes the next change end as %s, and only that one', async (next, outcome, done) => {
    const { changes } = await look();
    const id = await firstRisky();
    expect(await change({ do: 'next', change: next })).toMatchObject({ next });
    expect((await graph('/v1.0/auditLogs/signIns?$top=1')).status).toBe(200);
    expect(await confirm([id])).toBe(outcome);
    expect(await look()).toMatchObject({ changes: changes + done, next: 'works' });
    expect(await confirm([id])).toBe(204);
  });

  test('thinks better of it', async () => {
    await change({ do: 'next', change: 'unavailable' });
    await change({ do: 'next', change: 'throttled' });
    expect(await change({ do: 'next', change: 'works' })).toMatchObject({ next: 'works' });
    expect(await confirm([await firstRisky()])).toBe(204);
  });
});

describe('the other side', () => {
  const wish = { do: 'role', person: approver.oid, held: false };

  test('obeys no page of another origin', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])
      expect((await send(wish, { origin })).status).toBe(403);
    expect(await rolesOf(approver)).toEqual([ROLES.securityAdministrator]);
    expect((await send(wish, { origin: demo.pageUrl })).status).toBe(200);
    expect(await rolesOf(approver)).toEqual([]);
    await change({ ...wish, held: true });
  });

  test('takes wishes only as JSON and only those it knows', async () => {
    expect((await send(wish, { 'content-type': 'text/plain' })).status).toBe(415);
    for (const odd of [
      '',
      '{',
      '[]',
      '{"do":"fly"}',
      { ...wish, held: 'no' },
      { do: 'next', change: 'toString' },
    ])
      expect((await send(odd)).status).toBe(400);
    for (const milliseconds of [-1, 0.5, 60_001, null, '5'])
      expect((await send({ do: 'lag', milliseconds })).status).toBe(400);
    expect(await rolesOf(approver)).toEqual([ROLES.securityAdministrator]);
  });

  test('has one door, and the bot never hears of it', async () => {
    await change({ do: 'next', change: 'works' });
    const at = (path: string, method: string): Promise<number> =>
      fetch(demo.pageUrl + path, { method }).then(({ status }) => status);
    for (const path of ['/demo', '/demo/', '/demo/graph', '/demo/entra/', '/demo/entra/../start.ts'])
      expect([path, await at(path, 'GET'), await at(path, 'POST')]).toEqual([path, 404, 405]);
    expect(await at('/demo/entra', 'DELETE')).toBe(405);
    expect(bot.heard).toEqual([]);
  });

  test('is not there where the page has no pretended Entra ID', async () => {
    const chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: TENANT_ID });
    try {
      const address = `${chat.pageUrl}/demo/entra`;
      expect((await fetch(address)).status).toBe(404);
      const headers = { 'content-type': 'application/json' };
      expect((await fetch(address, { method: 'POST', headers, body: JSON.stringify(wish) })).status).toBe(
        405,
      );
    } finally {
      await chat.close();
    }
  });
});
