import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ports } from './bot/ports.ts';
import type { Config } from './config.ts';
import type { TokenSource } from './entra/application.ts';
import { createGraph, type Graph, type GraphOptions } from './graph/graph.ts';
import { GRAPH_SETTINGS, type GraphSettings } from './graph/settings.ts';
import type { Log } from './lib/log.ts';
import type { Metrics } from './metrics.ts';
import type { Store } from './store/store.ts';

/** Longer than Graph needs for roles; nobody waits for more. */
const ROLES_MS = 10_000;

/** What decides has to be read while somebody waits for the answer to a press. */
const FRESH_MS = 2_500;

/** Waiting for the budget included, which alone can take ten seconds. */
const INSPECT_MS = 25_000;

/** The part of a lease within which a change must have ended. */
const OF_LEASE = 0.9;

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

/** What the edge is made with. */
export interface GraphMaking {
  readonly config: Config;
  /** Where the application that reads Graph gets its tokens. */
  readonly graphTokens: TokenSource;
  readonly clock: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Makes the edge to Microsoft Graph. */
export const makeGraph = (
  { config, graphTokens, clock, log, metrics }: GraphMaking,
  store: Pick<Store, 'sharedWindow'>,
): Graph =>
  createGraph({
    graphUrl: config.cloud.graphUrl,
    getToken: (options) => graphTokens(`${config.cloud.graphUrl}/.default`, options),
    clock,
    steady: () => performance.now(),
    random: Math.random,
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
    newId: randomUUID,
    observe: watchGraph(metrics, log),
    settings: graphSettings(config),
    ...(store.sharedWindow && { sharedWindow: store.sharedWindow }),
  });

/**
 * The edge as the middle sees it.
 *
 * @param leaseMs how long an approval is this process' own after each step
 */
export const graphPort = (graph: Graph, leaseMs: number): Ports['graph'] => ({
  readSignIns: (query) => graph.readSignIns(query, { priority: 'person' }),
  rolesOf: (personId) => graph.rolesOf(personId, { fresh: false, timeoutMs: ROLES_MS }),
  findUsers: (prefix) => graph.findUsers(prefix),
  freshRolesOf: (personId) => graph.rolesOf(personId, { fresh: true, timeoutMs: FRESH_MS }),
  accountOf: (personId) => graph.accountOf(personId, { timeoutMs: FRESH_MS }),
  inspect: (inspection, priority) =>
    graph.inspect(inspection, { priority, timeoutMs: INSPECT_MS, signal: AbortSignal.timeout(leaseMs) }),
  // What is sent must have ended before anybody else may take over, and the lease begins anew with the intent.
  perform: (effect, clientRequestId, gate) =>
    graph.perform(effect, { clientRequestId, gate, timeoutMs: Math.floor(leaseMs * OF_LEASE) }),
});
