import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { readConfig } from '../src/config.ts';
import { type Demo, startDemo } from '../src/demo/start.ts';
import { listenOnLoopback } from '../src/lib/loopback.ts';
import { start } from '../src/start.ts';

/** A port that nobody listens to. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listenOnLoopback(server);
  server.close();
  await once(server, 'close');
  return port;
};

describe('a bot whose store is gone', () => {
  let folder: string;
  let data: string;
  let metricsPort: number;
  let port: number;
  let demo: Demo;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flagman-start-'));
    data = join(folder, 'flagman.db');
    metricsPort = await freePort();
    demo = await startDemo({
      startBot: async (environment) => {
        const config = readConfig({ ...environment, LOG_LEVEL: 'silent', METRICS_PORT: String(metricsPort) });
        if (!config.ok) throw new Error(config.error.join('\n'));
        const running = await start(config.value, { tendMs: 100, tickMs: 100 });
        port = running.port;
        return running;
      },
      clock: Date.now,
      environment: { DATA: data },
    });
  });

  afterAll(async () => {
    await demo.close();
    rmSync(folder, { recursive: true });
  });

  const statusOf = async (path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).status;

  const counted = async (event: string): Promise<boolean> =>
    (await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).includes(
      `flagman_events_total{event="${event}",reason=""}`,
    );

  test('is healthy, but not ready, and counts what it cannot do', async () => {
    // On a busy machine the store may once take longer than whoever asks waits.
    while ((await statusOf('/readyz')) !== 200) await sleep(100);
    expect(await counted('tending.failed')).toBe(false);
    const database = new Database(data);
    database.exec('drop table approvals; drop table ledger_head');
    database.close();
    while ((await statusOf('/readyz')) === 200) await sleep(100);
    expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 503]);
    while (!(await counted('tending.failed'))) await sleep(100);
    rmSync(data);
    while (!(await counted('tick.failed'))) await sleep(100);
  });
});
