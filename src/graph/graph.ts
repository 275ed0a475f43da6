import type { Query, SignInAnswer } from '../entra/query.ts';
import { keyOf } from '../entra/query-key.ts';
import { createAccountOf } from './account.ts';
import { type Budget, createBudget } from './budget.ts';
import type { GraphEvent } from './call.ts';
import { createGraphClient } from './client.ts';
import { createFresh } from './fresh.ts';
import { createInspect } from './inspect.ts';
import { isGraphUrl } from './link.ts';
import { createPerform } from './perform.ts';
import { createRoles } from './roles.ts';
import type { Bucket, GraphSettings } from './settings.ts';
import { createSharedBudget, type SharedWindow } from './shared-budget.ts';
import { createSignInReader, type ReadOptions } from './sign-ins.ts';
import type { GetToken } from './steps.ts';
import { createFindUsers } from './users.ts';

/** What Graph is reached with: time, chance and ids come in. */
export interface GraphOptions {
  /** Root of Microsoft Graph, without version or trailing slash: https, or loopback. */
  readonly graphUrl: string;
  readonly getToken: GetToken;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds that never run backwards, such as `performance.now`. */
  readonly steady: () => number;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly newId: () => string;
  /** Told what happens on the way, for metrics and the log. */
  readonly observe?: (event: GraphEvent) => void;
  readonly settings: GraphSettings;
  /** Where several processes keep the window of requests that they share; absent where there is only this one. */
  readonly sharedWindow?: (bucket: Bucket, requests: number) => SharedWindow;
}

/** Who reads, and whether an answer of a moment ago will do. */
export interface SignInOptions extends ReadOptions {
  /** Ask Graph in any case, whoever asked the same a moment ago. */
  readonly fresh?: boolean;
}

/** How many rows of earlier answers are kept for people who ask the same. */
const ROOM = 20_000;

/** Microsoft Graph as Flagman reads and changes it: one budget, one memory, one client for all who ask. */
export const createGraph = (options: GraphOptions) => {
  const { graphUrl, steady, sleep, settings, observe = () => undefined } = options;
  if (!isGraphUrl(graphUrl, graphUrl)) throw new RangeError('graphUrl must be https, or loopback.');
  const budgetOf = (bucket: Bucket): Budget => {
    const { requests, milliseconds } = settings.limits[bucket];
    const limit = { requests, milliseconds: milliseconds / settings.speed };
    const window = options.sharedWindow?.(bucket, requests);
    const waits = { clock: steady, sleep };
    return window ? createSharedBudget(limit, window, waits) : createBudget(limit, waits);
  };
  const client = createGraphClient({
    ...options,
    ...settings,
    observe,
    budgets: {
      reports: budgetOf('reports'),
      identityProtection: budgetOf('identityProtection'),
      directory: budgetOf('directory'),
    },
  });
  const reader = createSignInReader({ ...options, client });
  const answers = createFresh<SignInAnswer>({
    clock: steady,
    freshness: settings.freshness,
    // What is unfinished may be finished when asked again.
    keeps: ({ verdict }) => verdict.finished || verdict.why === 'capped',
    weigh: ({ rows }) => rows.length,
    room: ROOM,
  });
  return {
    /**
     * Reads sign-ins; the same question within the freshness time shares one reading.
     *
     * @throws GraphFailure if nothing at all could be read; the signal's reason if the caller gives up.
     */
    readSignIns: (query: Query, { priority, signal, fresh }: SignInOptions): Promise<SignInAnswer> =>
      answers.get(`${priority} ${keyOf(query)}`, (left) => reader.read(query, { priority, signal: left }), {
        always: fresh,
        signal,
      }),
    rolesOf: createRoles({ client, graphUrl, clock: steady, remember: settings.rememberRoles }),
    findUsers: createFindUsers({ client, graphUrl }),
    accountOf: createAccountOf({ client, graphUrl }),
    inspect: createInspect({ client, graphUrl }),
    perform: createPerform({ client, graphUrl }),
  };
};

/** The edge to Microsoft Graph. */
export type Graph = ReturnType<typeof createGraph>;
