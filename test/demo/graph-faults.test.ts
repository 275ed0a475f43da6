import { afterAll, describe, expect, test } from '@jest/globals';
import { createLog } from '../../src/demo/graph/log.ts';
import { closeAll, open } from './graph-client.ts';

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
