import { describe, expect, test } from '@jest/globals';
import { ROLES } from '../../src/entra/roles.ts';
import type { GraphOptions } from '../../src/graph/graph.ts';
import { GRAPH_SETTINGS } from '../../src/graph/settings.ts';
import { holdLimits } from './support/limits.ts';
import { type Answer, page, refusal } from './support/scripted.ts';
import { world } from './support/world.ts';

const OID = '26be570a-ae82-4189-b4e2-a37c6808512d';
const SHOWN = { fresh: false, timeoutMs: 250_000 };
const DECIDES = { fresh: true, timeoutMs: 250_000 };
const held = (roleDefinitionId: unknown, directoryScopeId: unknown = '/') => ({
  principalId: OID,
  roleDefinitionId,
  directoryScopeId,
});
const ADMIN = ROLES['Security Administrator'];
const READER = ROLES['Security Reader'];

describe('roles of a person', () => {
  test('are asked for with groups included', async () => {
    const { graph, server } = await world(() => page([held(ADMIN.toUpperCase()), held(ADMIN)]));
    expect(await graph.rolesOf(OID, SHOWN)).toEqual({ ok: true, value: [ADMIN] });
    expect(server.seen[0]).toMatchObject({
      path: '/beta/roleManagement/directory/transitiveRoleAssignments',
      headers: { consistencylevel: 'eventual', prefer: 'include-unknown-enum-members' },
    });
    expect(server.seen[0]?.query.get('$filter')).toBe(`principalId eq '${OID}'`);
    expect(server.seen[0]?.query.get('$count')).toBe('true');
  });

  test('H066: only ids count, and only for the whole tenant', async () => {
    const { graph } = await world(() =>
      page([
        held(ADMIN, '/administrativeUnits/1'),
        held(undefined),
        { displayName: 'Security Administrator', directoryScopeId: '/' },
        held(READER),
      ]),
    );
    expect(await graph.rolesOf(OID, SHOWN)).toEqual({ ok: true, value: [READER] });
  });

  test('nobody’s id can widen the question', async () => {
    const { graph, server } = await world(() => page([]));
    await graph.rolesOf("x' or 1 eq 1 or '&$top=1#", SHOWN);
    expect(server.seen[0]?.query.get('$filter')).toBe("principalId eq 'x'' or 1 eq 1 or ''&$top=1#'");
  });

  test.each<[string, Answer, string]>([
    ['429', refusal(429, 'TooManyRequests', '', { 'retry-after': '3600' }), 'throttled'],
    ['503', { status: 503, text: '' }, 'server-error'],
    ['403', refusal(403, 'Authorization_RequestDenied', ''), 'denied'],
    ['an array', { json: [] }, 'wrong-shape'],
    ['value null', page(null), 'wrong-shape'],
    ['silence', 'silence', 'timeout'],
  ])('H067: cannot be told when Graph answers %s', async (_what, answer, kind) => {
    const pass = holdLimits();
    const { graph } = await world(() => {
      if (answer === 'silence') pass(DECIDES.timeoutMs);
      return answer;
    });
    expect(await graph.rolesOf(OID, DECIDES)).toMatchObject({
      ok: false,
      error: { kind },
    });
  });

  test('H068: may stand on the second page, and a failed second page tells nothing', async () => {
    const { graph } = await world(({ index }, root) =>
      index === 0 ? page([], `${root}/2`) : page([held(ADMIN)]),
    );
    expect(await graph.rolesOf(OID, DECIDES)).toEqual({ ok: true, value: [ADMIN] });
    const broken = await world(({ index }, root) =>
      index === 0 ? page([held(ADMIN)], `${root}/2`) : page(null),
    );
    expect(await broken.graph.rolesOf(OID, DECIDES)).toMatchObject({ ok: false });
  });

  test('an empty list means that none is held, which is known', async () => {
    const { graph } = await world(() => page([]));
    expect(await graph.rolesOf(OID, DECIDES)).toEqual({ ok: true, value: [] });
  });

  describe('H067: cannot be told in time', () => {
    const never = () => new Promise<never>(() => undefined);
    const limits = { ...GRAPH_SETTINGS.limits, directory: { requests: 1, milliseconds: 60_000 } };
    const trickle: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    };

    test.each<[string, Answer, Partial<GraphOptions>]>([
      ['without a token', page([]), { getToken: never }],
      ['without a place in the budget', page([]), { sleep: never }],
      ['without an answer', 'silence', {}],
      ['while the answer trickles', trickle, {}],
    ])('%s', async (_what, answer, options) => {
      const isFull = options.sleep === never;
      const { graph } = await world(() => answer, isFull ? { limits } : {}, options);
      if (isFull) await graph.rolesOf(OID, DECIDES);
      const started = performance.now();
      expect(await graph.rolesOf(OID, { ...DECIDES, timeoutMs: 500 })).toMatchObject({
        ok: false,
        error: { kind: 'timeout' },
      });
      expect(performance.now() - started).toBeLessThan(30_000);
    });

    // What went before the wait is told, which takes as long as it takes: the limit passes when the wait has begun.
    test.each<[string, Answer, object]>([
      ['while a repeat is waited for', { status: 503, text: '' }, { status: 503 }],
      ['while Graph throttles', refusal(429, 'x', ''), { kind: 'throttled' }],
    ])('%s', async (_what, answer, error) => {
      const pass = holdLimits();
      const sleep = (_milliseconds: number, signal?: AbortSignal) =>
        new Promise<never>((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
          pass(DECIDES.timeoutMs);
        });
      const { graph } = await world(() => answer, {}, { sleep });
      expect(await graph.rolesOf(OID, DECIDES)).toMatchObject({ ok: false, error });
    });
  });

  test('are remembered for what only shows, and read anew for what decides', async () => {
    let holds: readonly unknown[] = [held(ADMIN)];
    const { graph, server } = await world(() => page(holds));
    await graph.rolesOf(OID, SHOWN);
    holds = [];
    expect(await graph.rolesOf(OID, SHOWN)).toEqual({ ok: true, value: [ADMIN] });
    expect(server.seen).toHaveLength(1);
    expect(await graph.rolesOf(OID, DECIDES)).toEqual({ ok: true, value: [] });
    expect(await graph.rolesOf(OID, SHOWN)).toEqual({ ok: true, value: [] });
    expect(server.seen).toHaveLength(2);
  });

  test('are not remembered when they could not be read, or when the setting says so', async () => {
    const failing = await world(({ index }) => (index === 0 ? page(null) : page([held(ADMIN)])));
    expect(await failing.graph.rolesOf(OID, SHOWN)).toMatchObject({ ok: false });
    expect(await failing.graph.rolesOf(OID, SHOWN)).toMatchObject({ ok: true });
    const never = await world(() => page([]), { rememberRoles: 0 });
    await never.graph.rolesOf(OID, SHOWN);
    await never.graph.rolesOf(OID, SHOWN);
    expect(never.server.seen).toHaveLength(2);
  });

  test('one who gives up gets no answer, and a fault of ours is not called a problem of Graph', async () => {
    const { graph } = await world(() => 'silence');
    const controller = new AbortController();
    const asked = graph.rolesOf(OID, { ...DECIDES, signal: controller.signal });
    controller.abort();
    expect(await asked).toEqual({ ok: false, error: { kind: 'timeout' } });
    const faulty = await world(
      () => page([]),
      {},
      {
        newId: () => {
          throw new TypeError('a fault of ours');
        },
      },
    );
    await expect(faulty.graph.rolesOf(OID, DECIDES)).rejects.toThrow('a fault of ours');
  });
});

describe('users to choose from', () => {
  const user = (number: number) => ({
    id: `id-${number}`,
    userPrincipalName: `bob${number}@contoso.com`,
    displayName: null,
  });

  test('are those whose name begins so, at most five', async () => {
    const { graph, server } = await world(() =>
      page([{ id: 'no name' }, 5, ...[1, 2, 3, 4, 5, 6].map(user)]),
    );
    const found = await graph.findUsers("bob o'");
    expect(found).toMatchObject({ ok: true, value: [1, 2, 3, 4, 5].map(user) });
    expect(server.seen[0]?.path).toBe('/v1.0/users');
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
      $filter: "startswith(displayName,'bob o''')",
      $top: '5',
      $select: 'id,displayName,userPrincipalName',
    });
  });

  test('cannot be told when Graph refuses, and giving up is a time-out', async () => {
    const { graph } = await world(() => refusal(403, 'Authorization_RequestDenied', ''));
    expect(await graph.findUsers('bob')).toMatchObject({ ok: false, error: { kind: 'denied' } });
    const silent = await world(() => 'silence');
    expect(await silent.graph.findUsers('bob', AbortSignal.timeout(50))).toMatchObject({
      ok: false,
      error: { kind: 'timeout' },
    });
  });

  test('a fault of ours is not called a problem of Graph', async () => {
    const { graph } = await world(
      () => page([]),
      {},
      {
        newId: () => {
          throw new TypeError('a fault of ours');
        },
      },
    );
    await expect(graph.findUsers('bob')).rejects.toThrow('a fault of ours');
  });
});
