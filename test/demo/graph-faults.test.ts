import { afterAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../src/demo/graph/faults.ts';
import { createLog } from '../../src/demo/graph/log.ts';
import { until as soon } from '../support/patience.ts';
import { closeAll, open, validRows } from './graph-client.ts';

afterAll(closeAll);

const LIST = '/beta/auditLogs/signIns?$top=2';

describe('a scripted fault', () => {
  test('hits the requests that it names, as often as it says', async () => {
    const { graph, get } = await open();
    graph.faults.push({
      path: '/auditLogs',
      skip: 1,
      times: 2,
      effect: { kind: 'answer', status: 503, code: 'ServiceUnavailable' },
    });
    const statuses: number[] = [];
    for (let request = 0; request < 4; request += 1) statuses.push((await get(LIST)).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect((await get('/v1.0/users')).status).toBe(200);
  });

  test('can be a page of HTML, half a JSON, or nothing', async () => {
    const { graph, get } = await open();
    for (const body of ['<html>Sign in</html>', '{"value":[', '']) {
      graph.faults.push({
        times: 1,
        effect: { kind: 'answer', status: 200, body, headers: { 'Content-Type': 'text/html' } },
      });
      const reply = await get(LIST);
      expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([200, body, 'text/html']);
    }
  });

  test('can be an error with headers of its own', async () => {
    const { graph, get } = await open();
    graph.faults.push({ effect: { kind: 'answer', status: 429, headers: { 'Retry-After': '60' } } });
    const reply = await get(LIST);
    expect([reply.status, reply.json.error.code, reply.headers.get('retry-after')]).toEqual([
      429,
      'UnknownError',
      '60',
    ]);
    graph.faults.length = 0;
    expect((await get(LIST)).status).toBe(200);
  });

  test('can cut the connection, before the answer or within it', async () => {
    const { graph, get } = await open();
    graph.faults.push(
      { times: 1, effect: { kind: 'cut' } },
      { skip: 1, times: 1, effect: { kind: 'cut', after: 100 } },
    );
    await expect(get(LIST)).rejects.toThrow();
    await expect(get(LIST)).rejects.toThrow();
    expect((await get(LIST)).status).toBe(200);
  });

  test('can make the service slow', async () => {
    const { graph, get } = await open({ latency: 20 });
    graph.faults.push({ times: 1, effect: { kind: 'delay', milliseconds: 60 } });
    const started = performance.now();
    await get(LIST);
    const afterFault = performance.now();
    await get(LIST);
    expect(afterFault - started).toBeGreaterThanOrEqual(75);
    expect(performance.now() - afterFault).toBeGreaterThanOrEqual(18);
  });

  test('can link to another host, or to the same page again', async () => {
    const { graph, get } = await open();
    graph.faults.push(
      { times: 1, effect: { kind: 'nextLink', to: 'https://evil.example/v1.0' } },
      { skip: 1, times: 1, effect: { kind: 'nextLink', to: 'self' } },
    );
    expect((await get(LIST)).json['@odata.nextLink']).toBe('https://evil.example/v1.0');
    expect((await get(LIST)).json['@odata.nextLink']).toBe(`${graph.url}${LIST}`);
  });

  test('can change the answer in any way, such as rows that nobody asked for', async () => {
    const { graph, get } = await open();
    graph.faults.push({
      effect: { kind: 'rewrite', change: (body) => ({ ...body, value: [{ id: 'foreign' }] }) },
    });
    expect((await get(LIST)).json.value).toEqual([{ id: 'foreign' }]);
  });

  test('that fails itself is told as 500', async () => {
    const { graph, get } = await open();
    const change = (): never => {
      throw new Error('no such row');
    };
    graph.faults.push({ effect: { kind: 'rewrite', change } });
    expect(await get(LIST)).toMatchObject({
      status: 500,
      json: { error: { message: 'Error: no such row' } },
    });
  });

  test("can let the service's clock go wrong", async () => {
    const { graph, get } = await open();
    graph.faults.push({ effect: { kind: 'skew', milliseconds: 15 * 60_000 } });
    expect((await get(LIST)).headers.get('date')).toBe('Sat, 21 Nov 2026 12:15:00 GMT');
  });
});

describe('a fault of a change', () => {
  const [risky] = validRows((row) => row.riskState === 'atRisk' && row.isInteractive === true);
  const body = { requestIds: [risky.id] };
  const answer = (status: number, headers = {}): Fault['effect'] => ({ kind: 'answer', status, headers });

  /** What comes back from a change that is struck, `cut` if nothing does, and whether it was done. */
  const struck = async (fault: Fault): Promise<readonly [number | 'cut', 'done' | 'not done']> => {
    const { graph, act, get } = await open();
    graph.faults.push({ method: 'POST', times: 1, ...fault });
    // The other method passes, and uses nothing up.
    expect((await get(LIST)).status).toBe(200);
    const status = await act('confirmSafe', body).then(
      (reply) => reply.status,
      () => 'cut' as const,
    );
    const { json } = await get(`/beta/auditLogs/signIns/${risky.id}`);
    const isDone = json.riskState === 'confirmedSafe';
    expect(graph.effects.length).toBe(isDone ? 1 : 0);
    return [status, isDone ? 'done' : 'not done'];
  };

  test.each([429, 500, 503, 504])('can be an answer %d, before or after it is done', async (status) => {
    expect(await struck({ effect: answer(status) })).toEqual([status, 'not done']);
    expect(await struck({ effect: answer(status), after: 'done' })).toEqual([status, 'done']);
  });

  test('can be a page of HTML, before or after it is done', async () => {
    const effect: Fault['effect'] = { kind: 'answer', status: 504, body: '<html>Gateway</html>' };
    expect(await struck({ effect })).toEqual([504, 'not done']);
    expect(await struck({ effect, after: 'done' })).toEqual([504, 'done']);
  });

  test('can be a 429 with or without a word about when to come back', async () => {
    const { graph, act } = await open();
    graph.faults.push(
      { times: 1, effect: answer(429, { 'Retry-After': '7' }) },
      { skip: 1, times: 1, effect: answer(429) },
    );
    expect((await act('confirmSafe', body)).headers.get('retry-after')).toBe('7');
    expect((await act('confirmSafe', body)).headers.get('retry-after')).toBeNull();
    expect(graph.effects).toEqual([]);
  });

  test('can be a connection that is cut, before or after it is done', async () => {
    expect(await struck({ effect: { kind: 'cut' } })).toEqual(['cut', 'not done']);
    expect(await struck({ effect: { kind: 'cut', after: 10 } })).toEqual(['cut', 'not done']);
    expect(await struck({ effect: { kind: 'cut' }, after: 'done' })).toEqual(['cut', 'done']);
    expect(await struck({ effect: { kind: 'cut', after: 0 }, after: 'done' })).toEqual(['cut', 'done']);
  });

  test('can be a delay before or after it is done', async () => {
    const effect: Fault['effect'] = { kind: 'delay', milliseconds: 80 };
    for (const fault of [{ effect }, { effect, after: 'done' } as const]) {
      const { graph, act } = await open();
      graph.faults.push(fault);
      const started = performance.now();
      expect((await act('confirmSafe', body)).status).toBe(204);
      expect(performance.now() - started).toBeGreaterThanOrEqual(75);
      expect(graph.effects.length).toBe(1);
    }
  });

  test('can hold it up until something has happened, before or after it is done', async () => {
    const { graph, act } = await open();
    const done: number[] = [];
    const effect: Fault['effect'] = { kind: 'hold', until: async () => done.push(graph.effects.length) };
    graph.faults.push({ effect }, { effect, after: 'done' });
    expect((await act('confirmSafe', body)).status).toBe(204);
    expect(done).toEqual([0, 1]);
  });

  test('lets a change that nobody waits for any more be done all the same', async () => {
    const { graph } = await open();
    const patience = new AbortController();
    const until = async (): Promise<void> => {
      patience.abort();
      await request.catch(() => undefined);
    };
    graph.faults.push({ effect: { kind: 'hold', until } });
    const request = fetch(`${graph.url}/v1.0/auditLogs/signIns/confirmSafe`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: patience.signal,
    });
    await expect(request).rejects.toThrow();
    await soon(
      () => graph.effects.length === 1,
      () => 'It is not done.',
    );
  });

  test('does not make an answer of what is refused anyway', async () => {
    const { graph, act } = await open();
    graph.faults.push({ after: 'done', effect: answer(504) });
    expect((await act('confirmSafe', { requestIds: ['unknown'] })).status).toBe(400);
    expect(graph.effects).toEqual([]);
  });

  test('that rewrites answers leaves an answer without body alone', async () => {
    expect(await struck({ effect: { kind: 'rewrite', change: () => ({}) } })).toEqual([204, 'done']);
  });
});

describe('the record of requests', () => {
  test('tells path, query, headers, time and status, and counts by path with or without version', async () => {
    const { graph, get } = await open();
    await get(LIST, { Prefer: 'include-unknown-enum-members' });
    await get('/v1.0/auditLogs/signIns?$top=5000');
    await get('/v1.0/users');
    expect(graph.requests[0]).toMatchObject({
      method: 'GET',
      path: '/beta/auditLogs/signIns',
      query: '$top=2',
      status: 200,
    });
    expect(graph.requests[0]?.headers.prefer).toBe('include-unknown-enum-members');
    expect(graph.requests[1]?.status).toBe(400);
    expect(graph.count('/auditLogs/signIns')).toBe(2);
    expect(graph.count('/beta/auditlogs/signins')).toBe(1);
    expect(graph.count('/')).toBe(3);
  });

  test('forgets the oldest, but counts on', () => {
    const log = createLog();
    for (let time = 0; time < 10_200; time += 1) log.add({ url: '/beta/users?$top=1', headers: {} }, time);
    expect(log.requests.length).toBeLessThan(10_000);
    expect(log.requests.at(-1)).toMatchObject({ method: 'GET', path: '/beta/users', time: 10_199 });
    expect(log.count('/users')).toBe(10_200);
  });
});
