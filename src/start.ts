import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from './bot/bot.ts';
import type { Ports } from './bot/ports.ts';
import { warnOfUnknownPlaces } from './bot/unknown-places.ts';
import { render } from './cards/render.ts';
import type { Config } from './config.ts';
import { makeGraph } from './graph-edge.ts';
import { createLog } from './lib/log.ts';
import { type Making, makeBot } from './make-bot.ts';
import { createMetrics } from './metrics.ts';
import { openData } from './open-data.ts';
import { readiness } from './readiness.ts';
import { openLedger } from './running-ledger.ts';
import { speechThrough } from './speech.ts';
import type { Store } from './store/store.ts';
import { createTeams, type Teams } from './teams/server.ts';
import { openTokens } from './tokens.ts';

/** A running bot. */
export interface Running {
  readonly port: number;
  /** Takes no more requests, lets running answers finish, closes the store. */
  close(): Promise<void>;
}

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
  /** How often what was kept long enough is forgotten, and a checkpoint is due, in milliseconds. */
  readonly tickMs?: number;
}

/** How often it is looked whether something is due that nobody asks for. */
const TEND_MS = 1_000;

const makeTeams = ({ config, botTokens, clock, log, metrics }: Making, bot: Bot, store: Store): Teams =>
  createTeams({
    appId: config.bot.appId,
    tenantId: config.tenantId,
    cloud: config.cloud,
    getToken: () => botTokens(config.cloud.botScope),
    doors: bot,
    clock,
    log,
    onEvent: metrics.count,
    ready: readiness(store.check, log),
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
  const { clock = Date.now, writeLog, tendMs = TEND_MS, tickMs = TICK_MS } = surroundings;
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
  teams = makeTeams(making, bot, store);
  await warnOfUnknownPlaces(
    { store, log },
    {
      APPROVALS_CONVERSATION: config.changes.conversation,
      LEDGER_CONVERSATION: config.ledger.conversation,
    },
  );
  const { close: hangUp } = teams;
  const tick = setInterval(() => {
    Promise.all([bot.onTick(), ledger.tick()]).catch((error: unknown) => {
      log.error('tick.failed', { error });
      making.metrics.count('tick.failed');
    });
  }, tickMs);
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
