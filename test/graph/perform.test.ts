import { createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Effect } from '../../src/entra/effects.ts';
import type { Bucket } from '../../src/graph/settings.ts';
import type { SharedWindow } from '../../src/graph/shared-budget.ts';
import { listenOnLoopback } from '../../src/lib/loopback.ts';
import { holdLimits } from './support/limits.ts';
import { wireRow } from './support/rows.ts';
import { type Answer, page, refusal, startScripted } from './support/scripted.ts';
import { NOW, PERSON, question, world } from './support/world.ts';

const ID = '66ea54eb-6301-4ee5-be62-ff5a759b0100';
const EFFECT: Effect = { effect: 'confirm-sign-in-compromised', signInId: ID };
const ONCE = { clientRequestId: 'b7f5ac44-0f0a-5d4e-9b8e-111111111111', timeoutMs: 500_000 };

const ACCEPTED: Answer = { status: 204, text: '' };
const status = (code: number): Answer => ({
  status: code,
  headers: { location: 'http://127.0.0.1/' },
  text: '',
});
const throttled = (headers: Readonly<Record<string, string>> = {}) =>
  refusal(429, 'UnknownError', 'x', headers);

/** A port on which nobody listens. */
const closedPort = async (): Promise<number> => {
  const { url, close } = await startScripted(() => ACCEPTED);
  await close();
  return Number(new URL(url).port);
};

describe('a change is one POST', () => {
  test.each<[Effect['effect'], string]>([
    ['confirm-sign-in-compromised', 'confirmCompromised'],
    ['confirm-sign-in-safe', 'confirmSafe'],
    ['dismiss-sign-in-risk', 'dismiss'],
  ])('%s', async (effect, action) => {
    const { graph, server, events } = await world(() => ACCEPTED);
    expect(await graph.perform({ effect, signInId: ID }, ONCE)).toEqual({ outcome: 'done' });
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      path: `/v1.0/auditLogs/signIns/${action}`,
      headers: {
        authorization: 'Bearer first-token',
        'client-request-id': ONCE.clientRequestId,
        'content-type': 'application/json',
        'content-length': String(`{"requestIds":["${ID}"]}`.length),
      },
      body: `{"requestIds":["${ID}"]}`,
    });
    expect(events).toMatchObject([{ event: 'answered', bucket: 'reports', status: 204 }]);
  });

  test('and none for what is no id', async () => {
    const { graph, server } = await world(() => ACCEPTED);
    expect(await graph.perform({ ...EFFECT, signInId: `${ID},${ID}` }, ONCE)).toMatchObject({
      outcome: 'refused',
      problem: { kind: 'not-found' },
    });
    expect(server.seen).toHaveLength(0);
  });
});

describe('H097: how it ended is called certain only where it is, and nothing is sent twice', () => {
  const cut =
    (code: number): Answer =>
    (response) => {
      response.writeHead(code, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"error":', () => response.socket?.resetAndDestroy());
    };
  const statusLineOnly: Answer = (response) => {
    response.socket?.write('HTTP/1.1 204 No Content\r\n', () => response.socket?.resetAndDestroy());
  };

  test.each<[string, Answer]>([
    ['204', ACCEPTED],
    ['200 with JSON', { json: {} }],
    ['202 with nothing', { status: 202, headers: { 'content-type': '' }, text: '' }],
    ['200 whose body is cut', cut(200)],
    [
      '200 whose body never ends',
      (response) => {
        response.writeHead(200, { 'content-length': '9' });
        response.write('{');
      },
    ],
  ])('done: %s', async (_what, answer) => {
    const { graph, server } = await world(() => answer);
    expect(await graph.perform(EFFECT, ONCE)).toEqual({ outcome: 'done' });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, Answer, object]>([
    ['429 with Retry-After', throttled({ 'retry-after': '17' }), { kind: 'throttled', retryAfter: 17 }],
    ['429 without Retry-After', throttled(), { kind: 'throttled' }],
    ['401', refusal(401, 'InvalidAuthenticationToken', 'Expired.'), { kind: 'token-rejected' }],
  ])('not done: %s', async (_what, answer, problem) => {
    const { graph, server, events } = await world(() => answer);
    expect(await graph.perform(EFFECT, ONCE)).toMatchObject({ outcome: 'not-done', problem });
    expect(server.seen).toHaveLength(1);
    expect(events).toMatchObject([{ event: 'answered' }, { event: 'failed', bucket: 'reports' }]);
  });

  test.each<[string, Answer, object]>([
    ['400, not risky', refusal(400, 'BadRequest', 'or they are not risky'), { kind: 'not-risky' }],
    ['H106: 403', refusal(403, 'Authorization_RequestDenied', ''), { kind: 'denied' }],
    [
      '403 that reading would try again',
      refusal(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', ''),
      { kind: 'no-licence' },
    ],
    ['H107: 404', refusal(404, 'Request_ResourceNotFound', ''), { kind: 'not-found' }],
    ['421, after which fetch would send it again', status(421), { status: 421 }],
    ['400 with a page of HTML', { status: 400, text: '<html>' }, { status: 400 }],
  ])('refused: %s', async (_what, answer, problem) => {
    const { graph, server } = await world(() => answer);
    expect(await graph.perform(EFFECT, ONCE)).toMatchObject({ outcome: 'refused', problem });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, Answer, object]>([
    ['408', status(408), { status: 408 }],
    ['500', refusal(500, 'x', ''), { kind: 'server-error' }],
    ['500 with the code of a 401', refusal(500, 'InvalidAuthenticationToken', ''), { status: 500 }],
    ['502', status(502), { kind: 'server-error' }],
    [
      '503 with Retry-After',
      { status: 503, headers: { 'retry-after': '1' }, text: '' },
      { kind: 'server-error' },
    ],
    ['504', { status: 504, text: '<html>' }, { kind: 'gateway-timeout' }],
    ['407, which fetch makes a broken line', status(407), { kind: 'unreachable' }],
    ['a line that is closed', 'drop', { kind: 'unreachable' }],
    ['a reset before the answer', (response) => response.socket?.resetAndDestroy(), { kind: 'unreachable' }],
    ['a reset after the status line', statusLineOnly, { kind: 'unreachable' }],
    ['no HTTP', (response) => void response.socket?.end('SSH-2.0\r\n\r\n'), { kind: 'unreachable' }],
    ['an error that is cut', cut(400), { kind: 'unreachable' }],
    ['a page of HTML that says 200', { text: '<html>Sign in</html>' }, { kind: 'not-json' }],
  ])('ambiguous: %s', async (_what, answer, problem) => {
    const { graph, server } = await world(() => answer);
    expect(await graph.perform(EFFECT, ONCE)).toMatchObject({ outcome: 'ambiguous', problem });
    expect(server.seen).toHaveLength(1);
  });

  test('for every status', async () => {
    const { graph, server } = await world(
      ({ body, index }) => ({ status: 200 + index, text: body, json: {} }),
      {
        limits: {
          reports: { requests: 1000, milliseconds: 1 },
          identityProtection: { requests: 1000, milliseconds: 1 },
          directory: { requests: 1, milliseconds: 1 },
        },
      },
    );
    const counts = { done: 0, 'not-done': 0, refused: 0, ambiguous: 0 };
    for (let code = 200; code < 600; code += 1) counts[(await graph.perform(EFFECT, ONCE)).outcome] += 1;
    expect(server.seen).toHaveLength(400);
    // 4xx are refusals, but 401, 429 (not done) and 407, 408 (not known).
    expect(counts).toEqual({ done: 100, 'not-done': 2, refused: 96, ambiguous: 202 });
  });

  test.each([301, 302, 303, 307, 308])('ambiguous: %d, which is not followed', async (code) => {
    const elsewhere = await startScripted(() => ACCEPTED);
    const headers = { location: `${elsewhere.url}/v1.0/auditLogs/signIns/confirmCompromised` };
    const { graph, server } = await world(() => ({ status: code, headers, text: '' }));
    expect(await graph.perform(EFFECT, ONCE)).toMatchObject({
      outcome: 'ambiguous',
      problem: { kind: 'foreign-link', status: code },
    });
    expect(server.seen).toHaveLength(1);
    expect(elsewhere.seen).toHaveLength(0);
    await elsewhere.close();
  });

  test('ambiguous: a kept line that breaks under the second change', async () => {
    const { graph, server } = await world(({ index }) => (index === 0 ? ACCEPTED : 'drop'));
    expect(await graph.perform(EFFECT, ONCE)).toEqual({ outcome: 'done' });
    expect(await graph.perform(EFFECT, ONCE)).toMatchObject({ outcome: 'ambiguous' });
    expect(server.seen).toHaveLength(2);
  });

  test('ambiguous: no answer in time, by the time limit of all or of one request', async () => {
    const pass = holdLimits();
    const silentPast = (milliseconds: number) => () => {
      pass(milliseconds);
      return 'silence' as const;
    };
    const { graph, server, events } = await world(silentPast(ONCE.timeoutMs));
    expect(await graph.perform(EFFECT, ONCE)).toEqual({ outcome: 'ambiguous', problem: { kind: 'timeout' } });
    expect(server.seen).toHaveLength(1);
    expect(events).toEqual([{ event: 'failed', bucket: 'reports', kind: 'timeout' }]);
    const impatient = await world(silentPast(1_500), { requestTimeout: 1_500 });
    expect(await impatient.graph.perform(EFFECT, ONCE)).toMatchObject({ outcome: 'ambiguous' });
    expect(impatient.server.seen).toHaveLength(1);
  });

  test('ambiguous: the caller gave up after sending', async () => {
    const controller = new AbortController();
    const { graph, server } = await world(() => {
      controller.abort();
      return 'silence';
    });
    expect(await graph.perform(EFFECT, { ...ONCE, signal: controller.signal })).toEqual({
      outcome: 'ambiguous',
      problem: { kind: 'timeout' },
    });
    expect(server.seen).toHaveLength(1);
  });
});

describe('not done, because nothing was sent:', () => {
  test.each<[string, (port: number) => string]>([
    ['nobody listens', (port) => `http://127.0.0.1:${port}`],
    ['nobody listens under any address of the name', (port) => `http://localhost:${port}`],
    // A label this long fits into no question to a name server, so none is asked.
    ['the name cannot be resolved', (port) => `https://${'x'.repeat(64)}.invalid:${port}`],
  ])('%s', async (_what, urlOf) => {
    const { graph } = await world(() => ACCEPTED, {}, { graphUrl: urlOf(await closedPort()) });
    expect(await graph.perform(EFFECT, ONCE)).toEqual({
      outcome: 'not-done',
      problem: { kind: 'unreachable' },
    });
  });

  test.each<[string, (socket: Socket) => void]>([
    [
      'no TLS where TLS is expected',
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 no\r\n\r\n')),
    ],
    ['the handshake is reset', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['the handshake is closed', (socket) => socket.once('data', () => socket.end())],
  ])('%s', async (_what, meet) => {
    const server = createServer((socket) => meet(socket.on('error', () => undefined)));
    const graphUrl = `https://127.0.0.1:${await listenOnLoopback(server)}`;
    const { graph } = await world(() => ACCEPTED, {}, { graphUrl });
    expect(await graph.perform(EFFECT, ONCE)).toEqual({
      outcome: 'not-done',
      problem: { kind: 'unreachable' },
    });
    server.close();
  });

  test('the caller had given up before', async () => {
    const { graph, server } = await world(() => ACCEPTED);
    const signal = AbortSignal.abort();
    expect(await graph.perform(EFFECT, { ...ONCE, signal })).toMatchObject({ outcome: 'not-done' });
    expect(server.seen).toHaveLength(0);
  });

  test('the caller gave up in the last moment', async () => {
    const controller = new AbortController();
    const clock = () => {
      controller.abort();
      return NOW;
    };
    const { graph, server } = await world(() => ACCEPTED, {}, { clock });
    expect(await graph.perform(EFFECT, { ...ONCE, signal: controller.signal })).toEqual({
      outcome: 'not-done',
      problem: { kind: 'timeout' },
    });
    expect(server.seen).toHaveLength(0);
  });

  test('no token could be had, or none in time', async () => {
    const refused = await world(() => ACCEPTED, {}, { getToken: () => Promise.reject(new Error('secret')) });
    expect(await refused.graph.perform(EFFECT, ONCE)).toMatchObject({
      outcome: 'not-done',
      problem: { kind: 'token-rejected' },
    });
    const slow = await world(() => ACCEPTED, {}, { getToken: () => new Promise(() => undefined) });
    expect(await slow.graph.perform(EFFECT, { ...ONCE, timeoutMs: 50 })).toMatchObject({
      outcome: 'not-done',
      problem: { kind: 'timeout' },
    });
    expect([...refused.server.seen, ...slow.server.seen]).toEqual([]);
  });

  test.each(['reports', 'identityProtection'] as const)(
    'there was no place in time in %s',
    async (bucket) => {
      const limits = {
        reports: { requests: 100, milliseconds: 1 },
        identityProtection: { requests: 100, milliseconds: 1 },
        directory: { requests: 1, milliseconds: 1 },
        [bucket]: { requests: 1, milliseconds: 60_000 },
      };
      const { graph, server } = await world(
        () => ACCEPTED,
        { limits },
        { sleep: () => new Promise(() => undefined) },
      );
      await graph.perform(EFFECT, ONCE);
      expect(await graph.perform(EFFECT, { ...ONCE, timeoutMs: 100 })).toMatchObject({
        outcome: 'not-done',
        problem: { kind: 'timeout' },
      });
      expect(server.seen).toHaveLength(1);
    },
  );

  test('a 429 of a moment ago still holds', async () => {
    const { graph, server } = await world(
      () => throttled({ 'retry-after': '30' }),
      {},
      { sleep: () => new Promise(() => undefined) },
    );
    await graph.perform(EFFECT, ONCE);
    expect(await graph.perform(EFFECT, { ...ONCE, timeoutMs: 100 })).toEqual({
      outcome: 'not-done',
      problem: { kind: 'throttled', retryAfter: 30 },
    });
    expect(server.seen).toHaveLength(1);
  });
});

test('a fault of ours is not called an outcome', async () => {
  const { graph } = await world(
    () => ACCEPTED,
    {},
    {
      getToken: () => {
        throw new TypeError('a fault of ours');
      },
    },
  );
  await expect(graph.perform(EFFECT, ONCE)).rejects.toThrow('a fault of ours');
});

test('after a refused token, whoever asks next takes a fresh one, once', async () => {
  const { graph, server } = await world(({ index }) =>
    index === 0 ? refusal(401, 'InvalidAuthenticationToken', '') : index === 1 ? ACCEPTED : page([]),
  );
  await graph.perform(EFFECT, ONCE);
  await graph.perform(EFFECT, ONCE);
  await graph.readSignIns(question(), PERSON);
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer first-token',
    'Bearer fresh-token',
    'Bearer first-token',
  ]);
});

describe('a change waits for its place', () => {
  test('in the budget of reports and in that of identity protection', async () => {
    const { graph, waits } = await world(() => ACCEPTED, {
      limits: {
        reports: { requests: 1, milliseconds: 7000 },
        identityProtection: { requests: 1, milliseconds: 60_000 },
        directory: { requests: 1, milliseconds: 1 },
      },
    });
    await graph.perform(EFFECT, ONCE);
    await graph.perform(EFFECT, ONCE);
    expect(waits.some((wait) => wait > 6000 && wait <= 7500)).toBe(true);
    expect(waits.some((wait) => wait > 50_000)).toBe(true);
  });

  test.each<[string, Readonly<Record<string, string>>, number]>([
    ['as long as Graph asks', { 'retry-after': '20' }, 20_000],
    ['no longer than anybody waits', { 'retry-after': '3600' }, 120_000],
    ['about a second where Graph does not say', {}, 1000],
  ])('after a 429, everybody in both waits %s', async (_what, headers, expected) => {
    const { graph, server, waits } = await world(({ index }) =>
      index === 0 ? throttled(headers) : { json: wireRow() },
    );
    await graph.perform(EFFECT, ONCE);
    expect(waits).toEqual([]);
    await graph.inspect({ inspect: 'sign-in', signInId: ID }, { priority: 'approvals', timeoutMs: 500_000 });
    expect(Math.max(...waits)).toBeGreaterThan(expected - 100);
    expect(Math.max(...waits)).toBeLessThanOrEqual(expected);
    expect(server.seen).toHaveLength(2);
  });

  test('and holds the first while it waits for the second; a 429 stops both', async () => {
    const asked: [string, string, number][] = [];
    const sharedWindow = (bucket: Bucket): SharedWindow => ({
      take: async (milliseconds) => {
        asked.push(['take', bucket, milliseconds]);
        return { seat: { hold: async () => undefined } };
      },
      pause: async (milliseconds) => void asked.push(['pause', bucket, milliseconds]),
    });
    const limit = { requests: 1, milliseconds: 1000 };
    const { graph } = await world(
      () => throttled({ 'retry-after': '20' }),
      { limits: { reports: limit, identityProtection: limit, directory: limit } },
      { sharedWindow },
    );
    await graph.perform(EFFECT, ONCE);
    const alone =
      asked.find(([what, bucket]) => what === 'take' && bucket === 'identityProtection')?.[2] ?? 0;
    expect(asked).toEqual([
      ['take', 'reports', alone + 10_000],
      ['take', 'identityProtection', alone],
      ['pause', 'reports', 20_000],
      ['pause', 'identityProtection', 20_000],
    ]);
  });

  test('before a person who waits longer', async () => {
    // Time stands still while a request is on its way, else the next might overtake it.
    let now = 0;
    let due = 1;
    const { graph, server, events } = await world(
      ({ method }) => (method === 'POST' ? ACCEPTED : page([])),
      {
        limits: {
          reports: { requests: 1, milliseconds: 1000 },
          identityProtection: { requests: 1, milliseconds: 1000 },
          directory: { requests: 1, milliseconds: 1 },
        },
      },
      {
        steady: () => now,
        sleep: async (milliseconds, signal) => {
          do await setTimeout(1, undefined, { signal });
          while (events.filter(({ event }) => event === 'answered').length < due);
          due += 1;
          now += milliseconds;
        },
      },
    );
    const asked = graph.readSignIns(question(), PERSON);
    const person = graph.readSignIns({ ...question(), limit: 5 }, PERSON);
    const change = graph.perform(EFFECT, ONCE);
    await Promise.all([asked, person, change]);
    expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });
});

describe('the gate of a change', () => {
  test('is asked when its places in the budgets are taken, and nothing is sent when it says no', async () => {
    const { graph, server } = await world(() => status(204));
    const gate = async (): Promise<boolean> => false;
    expect(await graph.perform(EFFECT, { ...ONCE, gate })).toMatchObject({ outcome: 'not-done' });
    expect(server.seen).toEqual([]);
  });

  test('is not asked before the budgets have a place, so that what it reads is not old when the change leaves', async () => {
    const { graph, server } = await world(
      () => status(204),
      {
        limits: {
          reports: { requests: 1, milliseconds: 10_000 },
          identityProtection: { requests: 1, milliseconds: 1 },
          directory: { requests: 1, milliseconds: 1 },
        },
      },
      { sleep: () => new Promise(() => undefined) },
    );
    let asked = 0;
    const gate = async (): Promise<boolean> => {
      asked += 1;
      return true;
    };
    expect(await graph.perform(EFFECT, { ...ONCE, gate })).toEqual({ outcome: 'done' });
    const late = await graph.perform(EFFECT, { ...ONCE, gate, timeoutMs: 50 });
    expect([late.outcome, asked, server.seen.length]).toEqual(['not-done', 1, 1]);
  });
});
