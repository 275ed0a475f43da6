import { randomUUID } from 'node:crypto';
import { type Bot, createBot } from './bot/bot.ts';
import { createDeliverer, type DeliveryMoment } from './bot/deliver.ts';
import type { Ports, Settings } from './bot/ports.ts';
import { createShareDeliverer } from './bot/sharing/deliver.ts';
import { type Chore, startTending, type Tending, together } from './bot/tending.ts';
import { createWorker, type WorkerMoment } from './bot/worker.ts';
import { keptSince } from './config/ledger.ts';
import type { Config } from './config.ts';
import type { TokenSource } from './entra/application.ts';
import type { Graph } from './graph/graph.ts';
import { type GraphMaking, graphPort } from './graph-edge.ts';
import { recordsOf } from './records.ts';
import type { RunningLedger } from './running-ledger.ts';
import { incidentsOf, sharesOf } from './share-records.ts';
import type { Speech } from './speech.ts';
import type { Store } from './store/store.ts';

/** A turn is acknowledged within 3 s; this leaves room for saying that work goes on, to many people at once. */
const TURN_MS = 2_000;

/** Typing is an extra call to Teams, so it is shown only when the answer is not there at once. */
const TYPING_MS = 700;

/** Longer than people take from letter to letter, shorter than they wait for an answer. */
const SEARCH_PAUSE_MS = 500;

/** Teams gives up on the compose box after five seconds. */
const SEARCH_MS = 3_000;

/** What all the edges are made with. */
export interface Making extends GraphMaking {
  readonly botTokens: TokenSource;
  /** Epoch milliseconds by the clock that all replicas share. */
  readonly now: () => Promise<number>;
  readonly tendMs: number;
}

/** The edges of a bot. */
export interface Edges {
  readonly graph: Graph;
  readonly store: Store;
  readonly ledger: RunningLedger;
  readonly speech: Speech;
}

/** How long an approval is one process' own after each step; longer than any step takes. */
const LEASE_MS = 45_000;

const settingsOf = (config: Config): Settings => ({
  changes: { ...config.changes, portalUrl: config.cloud.portalUrl },
  redactions: config.redactions,
  readerRoles: config.readerRoles,
  gaps: config.cloud.gaps,
  questionsPerMinute: config.questionsPerMinute,
  answersInChannels: config.answersInChannels,
  takesFiles: config.cloud.name === 'local' || config.cloud.fileHosts.length > 0,
  turnMs: TURN_MS,
  typingMs: TYPING_MS,
  search: { pauseMs: SEARCH_PAUSE_MS, answerMs: SEARCH_MS },
});

/** The bot, and what happens without anybody asking. */
export interface Made {
  readonly bot: Bot;
  readonly tending: Tending;
}

/** Joins the edges to the middle. Nothing is listened to yet. */
export const makeBot = (
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
    shares: sharesOf(store, ledger, () => keptSince(config.ledger, clock())),
    sharePosts: store.sharePosts,
    incidents: incidentsOf(store, ledger),
    log,
    ...speech,
    clock,
    now,
    newId: randomUUID,
  };
  const settings = settingsOf(config);
  const observe = (moment: WorkerMoment | DeliveryMoment, approval: number): void => {
    log.debug('approval.step', { moment, approval });
    metrics.count('approval.step', moment);
  };
  const worker = createWorker(
    { ...ports, observe },
    { ...settings.changes, owner: randomUUID(), leaseMs: LEASE_MS },
  );
  const deliverer = together(
    createDeliverer(ports, settings, observe),
    createShareDeliverer(ports, settings),
  );
  const counted = (chore: Chore): Chore => ({
    run: () =>
      chore.run().catch((error: unknown) => {
        metrics.count('tending.failed');
        throw error;
      }),
  });
  const chores = { worker: counted(worker), deliverer: counted(deliverer) };
  const tending = startTending(chores, tendMs, log);
  return { bot: createBot(ports, settings, tending), tending };
};
