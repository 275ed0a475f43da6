import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bot, createBot } from './bot/bot.ts';
import { createDeliverer, type DeliveryMoment } from './bot/deliver.ts';
import type { Ports, Settings } from './bot/ports.ts';
import { createShareDeliverer } from './bot/sharing/deliver.ts';
import { startTending, type Tending, together } from './bot/tending.ts';
import { warnOfUnknownPlaces } from './bot/unknown-places.ts';
import { createWorker, type WorkerMoment } from './bot/worker.ts';
import { render } from './cards/render.ts';
import type { Config } from './config.ts';
import type { TokenSource } from './entra/application.ts';
import type { Graph } from './graph/graph.ts';
import { type GraphMaking, graphPort, makeGraph } from './graph-edge.ts';
import { createLog } from './lib/log.ts';
import { createMetrics } from './metrics.ts';
import { openData } from './open-data.ts';
import { recordsOf } from './records.ts';
import { openLedger, type RunningLedger } from './running-ledger.ts';
import { incidentsOf, sharesOf } from './share-records.ts';
import { type Speech, speechThrough } from './speech.ts';
import type { Store } from './store/store.ts';
import { createTeams, type Teams } from './teams/server.ts';
import { openTokens } from './tokens.ts';

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

/** Longer than people take from letter to letter, shorter than they wait for an answer. */
const SEARCH_PAUSE_MS = 500;

/** Teams gives up on the compose box after five seconds. */
const SEARCH_MS = 3_000;

const WARM_UP_MS = 500;

/** A question may take longer than whoever stops a process is ready to wait. */
const DRAIN_MS = 6_500;

/** For saying so where an answer is still waited for. */
const FAREWELL_MS = 1_500;

const TICK_MS = 5 * 60_000;

/** What surrounds a bot, where it is not the machine itself. */
export interface Surroundings {
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  /** Takes the lines of the log; standard output if absent. */
  readonly writeLog?: (line: string) => void;
  /** How often it is looked whether something is due, in milliseconds. */
  readonly tendMs?: number;
}

/** What all the edges are made with. */
interface Making extends GraphMaking {
  readonly botTokens: TokenSource;
  /** Epoch milliseconds by the clock that all replicas share. */
  readonly now: () => Promise<number>;
  readonly tendMs: number;
}

/** The edges of a bot. */
interface Edges {
  readonly graph: Graph;
  readonly store: Store;
  readonly ledger: RunningLedger;
  readonly speech: Speech;
}

/** How long an approval is one process' own after each step; longer than any step takes. */
const LEASE_MS = 45_000;

/** How often it is looked whether something is due that nobody asks for. */
const TEND_MS = 1_000;

/** The bot, and what happens without anybody asking. */
interface Made {
  readonly bot: Bot;
  readonly tending: Tending;
}

const makeBot = (
  { config, clock, log, metrics, now, tendMs }: Making,
  { graph, store, ledger, speech }: Edges,
): Made => {
  const approvals = recordsOf(store, ledger);
  const ports: Ports = {
    graph: graphPort(graph, LEASE_MS),
    store,
    ledger,
    approvals,
    posts: store.posts,
    shares: sharesOf(store, ledger),
    sharePosts: store.sharePosts,
    incidents: incidentsOf(store, ledger),
    log,
    ...speech,
    clock,
    now,
    newId: randomUUID,
  };
  const changes = { ...config.changes, portalUrl: config.cloud.portalUrl };
  const settings: Settings = {
    changes,
    redactions: config.redactions,
    readerRoles: config.readerRoles,
    gaps: config.cloud.gaps,
    questionsPerMinute: config.questionsPerMinute,
    answersInChannels: config.answersInChannels,
    takesFiles: config.cloud.name === 'local' || config.cloud.fileHosts.length > 0,
    turnMs: TURN_MS,
    typingMs: TYPING_MS,
    search: { pauseMs: SEARCH_PAUSE_MS, answerMs: SEARCH_MS },
  };
  const observe = (moment: WorkerMoment | DeliveryMoment, approval: number): void => {
    log.debug('approval.step', { moment, approval });
    metrics.count('approval.step', moment);
  };
  const worker = createWorker({ ...ports, observe }, { ...changes, owner: randomUUID(), leaseMs: LEASE_MS });
  const deliverer = together(createDeliverer(ports, settings, observe), createShareDeliverer(ports));
  const tending = startTending({ worker, deliverer }, tendMs, log);
  return { bot: createBot(ports, settings, tending), tending };
};

const makeTeams = ({ config, botTokens, clock, log, metrics }: Making, bot: Bot): Teams =>
  createTeams({
    appId: config.bot.appId,
    tenantId: config.tenantId,
    cloud: config.cloud,
    getToken: () => botTokens(config.cloud.botScope),
    doors: bot,
    clock,
    log,
    onEvent: metrics.count,
    // The store is open before anything is listened to, so only the channel's keys can be missing.
    ready: () => true,
  });

/** Posts a signed checkpoint where it was configured, out of reach of whoever can change the store. */
const checkpointPoster =
  ({ config }: Making, store: Store, chatIn: Ports['chatIn']) =>
  async (note: string): Promise<void> => {
    const { conversation } = config.ledger;
    const place = conversation === undefined ? undefined : await store.places.find(conversation);
    if (conversation !== undefined && !place)
      throw new Error('The bot was never in the conversation that LEDGER_CONVERSATION names.');
    if (place) await chatIn(place).say(note);
  };

/** Joins the edges to the bot and starts it. Throws when the store, the port or the credential cannot be used. */
export const start = async (config: Config, surroundings: Surroundings = {}): Promise<Running> => {
  const { clock = Date.now, writeLog, tendMs = TEND_MS } = surroundings;
  const { logLevel: level, secrets } = config;
  const log = createLog({ level, secrets, ...(writeLog ? { write: writeLog } : {}) });
  for (const warning of config.warnings) log.warn('config.unwise', { warning });
  const store = await openData(config.data);
  const now = (surroundings.clock ? undefined : store.sharedClock) ?? (async () => clock());
  const { bot: botTokens, graph: graphTokens } = await openTokens(config, log);
  const making: Making = {
    config,
    botTokens,
    graphTokens,
    clock,
    log,
    metrics: createMetrics(),
    now,
    tendMs,
  };
  let teams: Teams | undefined;
  const speech = speechThrough(() => teams);
  const post = checkpointPoster(making, store, speech.chatIn);
  const ledger = await openLedger({ stored: store.ledger, config: config.ledger, clock, log, post });
  const graph = makeGraph(making, store);
  const { bot, tending } = makeBot(making, { graph, store, ledger, speech });
  teams = makeTeams(making, bot);
  await warnOfUnknownPlaces(
    { store, log },
    {
      APPROVALS_CONVERSATION: config.changes.conversation,
      LEDGER_CONVERSATION: config.ledger.conversation,
    },
  );
  const { close: hangUp } = teams;
  const tick = setInterval(() => {
    Promise.all([bot.onTick(), ledger.tick()]).catch((error: unknown) => log.error('tick.failed', { error }));
  }, TICK_MS);
  const served =
    config.metricsPort === undefined ? undefined : await making.metrics.serve(config.metricsPort);
  await teams.listen(config.port);
  const { port } = teams;
  log.info('started', { port, cloud: config.cloud.name });
  // The first card loads its library: better now than when somebody waits for it, but not before the bot is ready.
  const warmUp = setTimeout(() => render({ card: 'working', asked: '' }), WARM_UP_MS).unref();
  return {
    port,
    async close() {
      clearInterval(tick);
      clearTimeout(warmUp);
      const tended = tending.stop(DRAIN_MS);
      await hangUp();
      await Promise.race([bot.drain(DRAIN_MS), sleep(DRAIN_MS + FAREWELL_MS, undefined, { ref: false })]);
      await tended;
      served?.close();
      await ledger.close();
      await store.close();
      log.info('stopped');
    },
  };
};
