import { describe, expect, test } from '@jest/globals';
import type { GraphProblemKind } from '../../src/entra/graph-problem.ts';
import { GRAPH_SETTINGS } from '../../src/graph/settings.ts';
import { holdLimits } from './support/limits.ts';
import { signIn, wireRow } from './support/rows.ts';
import { type Answer, page, refusal } from './support/scripted.ts';
import { world } from './support/world.ts';

const ID = '66ea54eb-6301-4ee5-be62-ff5a759b0100';
const PERSON_ID = '26be570a-ae82-4189-b4e2-a37c6808512d';
const IN_TIME = { priority: 'approvals', timeoutMs: 250_000 } as const;
const target = (signInId: string) => ({ inspect: 'sign-in', signInId }) as const;

/** Answers from which nothing can be told of one entry. */
const UNTOLD: readonly [string, Answer, GraphProblemKind][] = [
  ['403', refusal(403, 'Authorization_RequestDenied', ''), 'denied'],
  ['404', refusal(404, 'Request_ResourceNotFound', ''), 'not-found'],
  ['429', refusal(429, 'x', '', { 'retry-after': '3600' }), 'throttled'],
  ['503', { status: 503, text: '' }, 'server-error'],
  ['silence', 'silence', 'timeout'],
  ['HTML', { text: '<html>' }, 'not-json'],
  ['null', { json: null }, 'wrong-shape'],
  ['an array', { json: [wireRow()] }, 'wrong-shape'],
  ['a list', page([wireRow()]), 'wrong-shape'],
];

/** Gives this answer, or lets the time limit pass once the question is there, if it is to be silence. */
const passingIn = (answer: Answer) => {
  const pass = holdLimits();
  return () => {
    if (answer === 'silence') pass(IN_TIME.timeoutMs);
    return answer;
  };
};

describe('how a sign-in stands', () => {
  test('is read in beta, with members that are new', async () => {
    const { graph, server } = await world(() => ({ json: wireRow({ riskDetail: 'newThing' }) }));
    expect(await graph.inspect(target(ID), IN_TIME)).toEqual({
      ok: true,
      value: { inspected: 'sign-in', signIn: signIn({ riskDetail: 'newThing' }) },
    });
    expect(server.seen).toMatchObject([
      {
        method: 'GET',
        path: `/beta/auditLogs/signIns/${ID}`,
        headers: { prefer: 'include-unknown-enum-members' },
        body: '',
      },
    ]);
  });

  test('is never told from memory', async () => {
    const { graph } = await world(({ index }) => ({ json: wireRow({ riskState: `state ${index}` }) }));
    const both = [graph.inspect(target(ID), IN_TIME), graph.inspect(target(ID), IN_TIME)];
    const states = (await Promise.all(both)).map((read) => read.ok && read.value.signIn.riskState);
    expect(states.sort()).toEqual(['state 0', 'state 1']);
  });

  test('is read for an id in capitals, too', async () => {
    const { graph } = await world(() => ({ json: wireRow() }));
    expect(await graph.inspect(target(ID.toUpperCase()), IN_TIME)).toMatchObject({ ok: true });
  });

  test.each(UNTOLD)('cannot be told from %s', async (_what, answer, kind) => {
    const { graph } = await world(passingIn(answer));
    expect(await graph.inspect(target(ID), IN_TIME)).toMatchObject({ ok: false, error: { kind } });
  });

  test('cannot be told from another sign-in', async () => {
    const { graph } = await world(() => ({ json: wireRow({ id: PERSON_ID }) }));
    expect(await graph.inspect(target(ID), IN_TIME)).toMatchObject({
      ok: false,
      error: { kind: 'wrong-shape' },
    });
  });

  test.each(['', '..', `${ID}/../x`, `${ID}?$select=id`, `{${ID}}`, ` ${ID}`, '%2e%2e'])(
    'is not asked for under "%s"',
    async (id) => {
      const { graph, server } = await world(() => ({ json: wireRow({ id }) }));
      expect(await graph.inspect(target(id), IN_TIME)).toMatchObject({
        ok: false,
        error: { kind: 'not-found' },
      });
      expect(server.seen).toHaveLength(0);
    },
  );

  test('cannot be told when the caller gives up, or there is no place in time', async () => {
    const { graph, server } = await world(
      () => ({ json: wireRow() }),
      { limits: { ...GRAPH_SETTINGS.limits, reports: { requests: 1, milliseconds: 60_000 } } },
      { sleep: () => new Promise(() => undefined) },
    );
    await graph.inspect(target(ID), IN_TIME);
    const late = await graph.inspect(target(ID), { ...IN_TIME, timeoutMs: 50 });
    const left = await graph.inspect(target(ID), { ...IN_TIME, signal: AbortSignal.abort() });
    for (const read of [late, left]) expect(read).toMatchObject({ ok: false, error: { kind: 'timeout' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a person’s account', () => {
  const user = (changes: Readonly<Record<string, unknown>> = {}) => ({
    id: PERSON_ID,
    accountEnabled: true,
    userType: 'Member',
    userPrincipalName: 'user@contoso.com',
    employeeId: 'C-2001',
    ...changes,
  });
  const member = { enabled: true, guest: false, employeeId: 'C-2001' };

  test('is read anew each time', async () => {
    const { graph, server } = await world(({ index }) => ({ json: user({ accountEnabled: index === 0 }) }));
    expect(await graph.accountOf(PERSON_ID, IN_TIME)).toEqual({ ok: true, value: member });
    expect(await graph.accountOf(PERSON_ID, IN_TIME)).toEqual({
      ok: true,
      value: { ...member, enabled: false },
    });
    expect(server.seen[0]).toMatchObject({ method: 'GET', path: `/v1.0/users/${PERSON_ID}` });
    expect(server.seen[0]?.query.get('$select')).toBe(
      'id,accountEnabled,userType,userPrincipalName,employeeId',
    );
  });

  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['Guest', { userType: 'Guest' }, true],
    ['GUEST', { userType: 'GUEST' }, true],
    ['a type that nobody knows', { userType: 'newThing' }, true],
    ['no type and no name', { userType: null, userPrincipalName: undefined }, true],
    ['no type and a name from elsewhere', { userType: null, userPrincipalName: 'a_b.com#ext#@c.com' }, true],
    ['no type and a name from here', { userType: undefined }, false],
    ['member', { userType: 'member' }, false],
    ['a member from elsewhere', { userPrincipalName: 'a_b.com#EXT#@c.com' }, false],
  ])('H039: is a guest’s or not: %s', async (_what, changes, guest) => {
    const { graph } = await world(() => ({ json: user(changes) }));
    expect(await graph.accountOf(PERSON_ID, IN_TIME)).toEqual({ ok: true, value: { ...member, guest } });
  });

  test.each([undefined, null, '', ' '])('may have no employee id (%s)', async (employeeId) => {
    const { graph } = await world(() => ({ json: user({ employeeId }) }));
    expect(await graph.accountOf(PERSON_ID, IN_TIME)).toEqual({
      ok: true,
      value: { enabled: true, guest: false },
    });
  });

  test.each<[string, Answer, GraphProblemKind]>([
    ...UNTOLD,
    ['no accountEnabled', { json: user({ accountEnabled: undefined }) }, 'wrong-shape'],
    ['accountEnabled null', { json: user({ accountEnabled: null }) }, 'wrong-shape'],
    ['accountEnabled as text', { json: user({ accountEnabled: 'true' }) }, 'wrong-shape'],
    ['another account', { json: user({ id: ID }) }, 'wrong-shape'],
  ])('cannot be told from %s', async (_what, answer, kind) => {
    const { graph } = await world(passingIn(answer));
    expect(await graph.accountOf(PERSON_ID, IN_TIME)).toMatchObject({ ok: false, error: { kind } });
  });

  test('is not asked for by a name', async () => {
    const { graph, server } = await world(() => ({ json: user() }));
    expect(await graph.accountOf('user@contoso.com', IN_TIME)).toMatchObject({
      ok: false,
      error: { kind: 'not-found' },
    });
    expect(server.seen).toHaveLength(0);
  });
});
