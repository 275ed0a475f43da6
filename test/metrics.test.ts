import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMetrics } from '../src/metrics.ts';

const metrics = createMetrics();
let served: Awaited<ReturnType<typeof metrics.serve>>;
beforeAll(async () => {
  served = await metrics.serve(0);
});
afterAll(() => served.close());

const read = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${served.port}${path}`);

describe('metrics', () => {
  test('count events by kind and reason', async () => {
    metrics.count('auth.reject', 'signature');
    metrics.count('auth.reject', 'signature');
    metrics.count('turn.failed');
    const text = await (await read('/metrics')).text();
    expect(text).toContain('flagman_events_total{event="auth.reject",reason="signature"} 2');
    expect(text).toContain('flagman_events_total{event="turn.failed",reason=""} 1');
  });

  test("time Graph's answers by budget and status, in seconds", async () => {
    metrics.graphAnswered('reports', 200, 250);
    const text = await (await read('/metrics')).text();
    expect(text).toContain('flagman_graph_request_seconds_sum{bucket="reports",status="200"} 0.25');
    expect(text).toContain('process_resident_memory_bytes');
  });

  test('answer nothing else', async () => {
    const other = await read('/');
    expect([other.status, await other.text()]).toEqual([404, '']);
  });

  test('say when the port is taken', async () => {
    await expect(createMetrics().serve(served.port)).rejects.toThrow(/EADDRINUSE/);
  });
});
