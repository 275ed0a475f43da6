import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entraOf } from './chat/entra.ts';
import { type Chat, startChat } from './chat/world.ts';
import type { Faults } from './graph/faults.ts';
import { type PretendGraph, startGraph } from './graph/server.ts';
import type { Limits } from './graph/throttle.ts';
import { PEOPLE, TENANT_ID } from './tenant/people.ts';
import { SHIFT } from './tenant/shift.ts';
import { createTenant } from './tenant/tenant.ts';

const APP_ID = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';

/** Starts the ordinary bot with these variables. */
export type StartBot = (
  environment: Readonly<Record<string, string>>,
) => Promise<{ readonly port: number; close(): Promise<void> }>;

export interface DemoOptions {
  readonly startBot: StartBot;
  /** Epoch milliseconds; the pretend tenant's sign-ins end at what it says at the start. */
  readonly clock: () => number;
  readonly seed?: number;
  /** The page's port; 0 takes a free one. */
  readonly port?: number;
  readonly limits?: Limits;
  readonly faults?: Faults;
  /** Milliseconds until the pretend Graph shows what was done to the tenant; 0 if absent. */
  readonly lag?: number;
  /** Variables that the bot is given beside those that lead it to the pretend Microsoft. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running demo: a pretend Microsoft on loopback with the ordinary bot before it. */
export interface Demo {
  readonly pageUrl: string;
  readonly chat: Chat;
  readonly graph: PretendGraph;
  close(): Promise<void>;
}

/** Starts the pretend Graph and Teams, then the bot with a fresh store, and adds it to every conversation. */
export const startDemo = async (options: DemoOptions): Promise<Demo> => {
  const { startBot, clock, seed = 7, port = 0, environment = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'flagman-demo-'));
  const graph = await startGraph({
    tenant: createTenant({ seed, now: clock() }),
    clock,
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.faults ? { faults: options.faults } : {}),
    lag: options.lag ?? 0,
  });
  const people = Object.values(PEOPLE);
  const entra = entraOf(graph);
  const chat = await startChat({
    people,
    tenantId: TENANT_ID,
    appId: APP_ID,
    clock,
    port,
    entra,
    earlier: SHIFT,
  });
  const bot = await startBot({
    CLOUD: 'local',
    LOCAL_GRAPH_URL: graph.url,
    LOCAL_OPENID_URL: chat.openIdUrl,
    MicrosoftAppId: APP_ID,
    MicrosoftAppTenantId: TENANT_ID,
    DATA: join(folder, 'flagman.db'),
    PORT: '0',
    ...environment,
  });
  await chat.connect(`http://127.0.0.1:${bot.port}`);
  return {
    pageUrl: chat.pageUrl,
    chat,
    graph,
    async close() {
      await chat.close();
      await bot.close();
      await graph.close();
      rmSync(folder, { recursive: true });
    },
  };
};
