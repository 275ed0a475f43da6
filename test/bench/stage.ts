import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summaryOf } from '../../src/cards/render.ts';
import { messageActivity, type Scene } from '../../src/demo/chat/activity.ts';
import { layOut } from '../../src/demo/chat/conversations.ts';
import { makeKeys, startOpenId } from '../../src/demo/chat/keys.ts';
import { startGraph } from '../../src/demo/graph/server.ts';
import { type DemoPerson, PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { createTenant } from '../../src/demo/tenant/tenant.ts';
import { listenOnLoopback } from '../../src/lib/loopback.ts';
import { inParallel, post, startSink } from './load.ts';
import { type BotProcess, startBot } from './process.ts';

const APP_ID = '5d1c7a90-0b3e-4c52-8f6a-7e2d9b4c1a08';

/** How many times faster than life the pretend Graph's limits and the bot's budget turn. */
export const SPEED = 20;

/** A pretend Microsoft, and bots to put before it. */
export interface Stage {
  /** Starts the full bot, or the echo bot, in a process of its own. */
  start(which: 'flagman' | 'echo', environment?: Readonly<Record<string, string>>): Promise<BotProcess>;
  /** Sends so many messages, so many at a time, and waits until each turn has ended. */
  say(bot: BotProcess, count: number, width: number, text: (index: number) => string): Promise<void>;
  /** Requests to `auditLogs/signIns` since the start, and how many of them were refused with 429. */
  signInRequests(): { readonly count: number; readonly throttled: number };
  /** All requests to the pretend Graph since the start. */
  requests(): number;
  /** Sends an activity as Teams would; gives the body of the answer. */
  invoke(bot: BotProcess, activity: unknown): Promise<unknown>;
  /** Answers that reached the pretend Teams. */
  answers(): number;
  /** Cards whose notification says this by now. */
  saying(text: string): number;
  /** The person in the one conversation there is; every activity is made of that. */
  scene(person: DemoPerson): Scene;
  /** Sends an activity as Teams would; throws when it is refused. */
  send(bot: BotProcess, activity: unknown): Promise<void>;
  close(): Promise<void>;
}

/** A port that is free at this moment. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listenOnLoopback(server);
  server.close();
  return port;
};

/** Sets everything up on loopback. */
export const setStage = async (): Promise<Stage> => {
  let serial = 0;
  let bots = 0;
  const keys = await makeKeys();
  const openId = await startOpenId(keys);
  const sink = await startSink(summaryOf({ card: 'working', asked: '' }));
  const tenant = createTenant({ seed: 7, now: Date.now() });
  const graph = await startGraph({ tenant, clock: Date.now, limits: { reportsPer10s: 5, speed: SPEED } });
  const token = await keys.signActivity({ appId: APP_ID, serviceUrl: sink.serviceUrl });
  const folder = mkdtempSync(join(tmpdir(), 'flagman-bench-'));
  const isSignIns = (path: string): boolean => path.toLowerCase().includes('/auditlogs/signins');

  const [conversation] = layOut([PEOPLE.analyst], APP_ID);
  if (!conversation) throw new Error('The pretend Teams has no conversation.');

  const scene = (person: DemoPerson): Scene => ({
    person,
    conversation,
    conversationId: conversation.id,
    tenantId: TENANT_ID,
    appId: APP_ID,
    serviceUrl: sink.serviceUrl,
    now: Date.now(),
  });

  const activity = (text: string): unknown => {
    serial += 1;
    return messageActivity(scene(PEOPLE.analyst), { id: `bench-${serial}`, text, mention: false });
  };

  const send = async (bot: BotProcess, sent: unknown): Promise<void> => {
    const status = await post(bot.url, token, sent);
    if (status >= 300) throw new Error(`A turn was answered ${status}.`);
  };

  return {
    async start(which, environment = {}) {
      bots += 1;
      const port = await freePort();
      const script = which === 'flagman' ? 'src/main.ts' : 'test/bench/echo.ts';
      return startBot(script, port, {
        CLOUD: 'local',
        LOCAL_GRAPH_URL: graph.url,
        LOCAL_OPENID_URL: openId.url,
        MicrosoftAppId: APP_ID,
        MicrosoftAppTenantId: TENANT_ID,
        DATA: join(folder, `${bots}.db`),
        GRAPH_BUDGET_SPEED: String(SPEED),
        QUESTIONS_PER_MINUTE: '100000',
        ...environment,
      });
    },
    say: (bot, count, width, text) => inParallel(count, width, (index) => send(bot, activity(text(index)))),
    scene,
    send,
    signInRequests: () => {
      const asked = graph.requests.filter((request) => isSignIns(request.path));
      return { count: asked.length, throttled: asked.filter((request) => request.status === 429).length };
    },
    requests: () => graph.requests.length,
    async invoke(bot, sent) {
      const response = await fetch(`${bot.url}/api/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(sent),
      });
      return response.json();
    },
    answers: () => sink.answers(),
    saying: (text) => sink.saying(text),
    async close() {
      sink.close();
      await Promise.all([openId.close(), graph.close()]);
      rmSync(folder, { recursive: true });
    },
  };
};
