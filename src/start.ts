import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bot, createBot } from './bot/bot.ts';
import { render } from './cards/render.ts';
import type { Config } from './config.ts';
import { createGraph, type Graph, type GraphOptions } from './graph/graph.ts';
import { GRAPH_SETTINGS, type GraphSettings } from './graph/settings.ts';
import { createLog, type Log } from './lib/log.ts';
import { publicNameOf } from './lib/postgres-url.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openLedger, type RunningLedger } from './running-ledger.ts';
import { openStore, type Store } from './store/store.ts';
import { createTeams, type Teams } from './teams/server.ts';

/** A running bot. */
export interface Running {
  readonly port: number;
  /** Takes no more requests, lets running answers finish, closes the store. */
  close(): Promise<void>;
}

/** A turn is acknowledged within 3 s; this leaves room for saying that work goes on, to many people at once. */
const TURN_MS = 2_000;

/** Typing is an extra call to Teams, so it is shown only when the answer is not there at once. */
const TYPING_MS = 700;

/** Longer than Graph needs for roles; nobody waits for more. */
const ROLES_MS = 10_000;

const WARM_UP_MS = 500;

/** A question may take longer than whoever stops a process is ready to wait. */
const DRAIN_MS = 6_500;

/** For saying so where an answer is still waited for. */
const FAREWELL_MS = 1_500;

const TICK_MS = 5 * 60_000;

/** A pretend Graph is given a fixed text; the identity library, slow to load, is only for Microsoft. */
const tokensFor = async (config: Config): Promise<GraphOptions['getToken']> => {
  const { graph, tenantId, cloud } = config;
  if (graph.credential.kind === 'local') return async () => 'local-graph-token';
  const { graphTokens } = await import('./graph-tokens.ts');
  return graphTokens({ ...graph, credential: graph.credential }, tenantId, cloud);
};

const graphSettings = (config: Config): GraphSettings => ({
  ...GRAPH_SETTINGS,
  retentionDays: config.retentionDays,
  defaultHours: config.defaultHours,
  settling: config.settlingMinutes * 60_000,
  freshness: config.freshnessSeconds * 1000,
  rememberRoles: config.roleMemorySeconds * 1000,
  maxPages: config.pageCap,
  readingTimeout: config.answerSeconds * 1000,
  speed: config.budgetSpeed,
});

const openData = async (data: string): Promise<Store> => {
  try {
    return await openStore(data);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`DATA names a store that cannot be used: ${why} (${publicNameOf(data)}).`, {
      cause: error,
    });
  }
};

const watchGraph =
  (metrics: Metrics, log: Log): NonNullable<GraphOptions['observe']> =>
  (event) => {
    switch (event.event) {
      case 'answered':
        metrics.graphAnswered(event.bucket, event.status, event.milliseconds);
        return;
      case 'failed':
        metrics.count('graph.failed', event.kind);
        log.warn('graph.failed', { bucket: event.bucket, kind: event.kind, requestId: event.requestId });
        return;
      case 'skewed':
        metrics.count('graph.skewed');
        log.warn('graph.skewed', { seconds: event.seconds });
        return;
      case 'foreign-link':
        metrics.count('graph.foreign-link');
        log.error('graph.foreign-link');
    }
  };

/** What surrounds a bot, where it is not the machine itself. */
export interface Surroundings {
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** Takes the lines of the log; standard output if absent. */
  readonly writeLog?: (line: string) => void;
}

/** What all the edges are made with. */
interface Making {
  readonly config: Config;
  readonly clock: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
}

const makeGraph = async ({ config, clock, log, metrics }: Making, store: Store): Promise<Graph> =>
  createGraph({
    graphUrl: config.cloud.graphUrl,
    getToken: await tokensFor(config),
    clock,
    steady: () => performance.now(),
    random: Math.random,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
    newId: randomUUID,
    observe: watchGraph(metrics, log),
    settings: graphSettings(config),
    ...(store.sharedWindow && { sharedWindow: store.sharedWindow }),
  });

const makeBot = ({ config, clock, log }: Making, graph: Graph, store: Store, ledger: RunningLedger): Bot =>
  createBot(
    {
      graph: {
        readSignIns: (query) => graph.readSignIns(query, { priority: 'person' }),
        rolesOf: (personId) => graph.rolesOf(personId, { fresh: false, timeoutMs: ROLES_MS }),
        findUsers: (prefix) => graph.findUsers(prefix),
      },
      store,
      ledger,
      log,
      clock,
      newId: randomUUID,
    },
    {
      readerRoles: config.readerRoles,
      questionsPerMinute: config.questionsPerMinute,
      turnMs: TURN_MS,
      typingMs: TYPING_MS,
    },
  );

const makeTeams = ({ config, clock, log, metrics }: Making, bot: Bot): Teams =>
  createTeams({
    appId: config.bot.appId,
    tenantId: config.tenantId,
    cloud: config.cloud,
    credential: config.bot.credential,
    doors: bot,
    clock,
    log,
    onEvent: metrics.count,
    // The store is open before anything is listened to, so only the channel's keys can be missing.
    ready: () => true,
  });

/** Joins the edges to the bot and starts it. Throws when the store, the port or the credential cannot be used. */
export const start = async (config: Config, surroundings: Surroundings = {}): Promise<Running> => {
  const { clock = Date.now, writeLog } = surroundings;
  const { logLevel: level, secrets } = config;
  const log = createLog({ level, secrets, ...(writeLog ? { write: writeLog } : {}) });
  for (const warning of config.warnings) log.warn('config.unwise', { warning });
  const making: Making = { config, clock, log, metrics: createMetrics() };
  const store = await openData(config.data);
  const ledger = await openLedger({ stored: store.ledger, config: config.ledger, clock, log });
  const bot = makeBot(making, await makeGraph(making, store), store, ledger);
  const teams = makeTeams(making, bot);
  const tick = setInterval(() => {
    Promise.all([bot.onTick(), ledger.tick()]).catch((error: unknown) => log.error('tick.failed', { error }));
  }, TICK_MS);
  const served =
    config.metricsPort === undefined ? undefined : await making.metrics.serve(config.metricsPort);
  await teams.listen(config.port);
  log.info('started', { port: teams.port, cloud: config.cloud.name });
  // The first card loads its library: better now than when somebody waits for it, but not before the bot is ready.
  const warmUp = setTimeout(() => render({ card: 'working', asked: '' }), WARM_UP_MS).unref();
  return {
    port: teams.port,
    async close() {
      clearInterval(tick);
      clearTimeout(warmUp);
      await teams.close();
      await Promise.race([bot.drain(DRAIN_MS), sleep(DRAIN_MS + FAREWELL_MS, undefined, { ref: false })]);
      served?.close();
      await ledger.close();
      await store.close();
      log.info('stopped');
    },
  };
};
