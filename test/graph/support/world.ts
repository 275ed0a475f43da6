import { setTimeout } from 'node:timers/promises';
import { afterEach } from '@jest/globals';
import type { Condition } from '../../../src/entra/condition.ts';
import { GraphFailure, type GraphProblem } from '../../../src/entra/graph-problem.ts';
import type { Query, Window } from '../../../src/entra/query.ts';
import type { GraphEvent } from '../../../src/graph/call.ts';
import { createGraph, type Graph, type GraphOptions } from '../../../src/graph/graph.ts';
import { GRAPH_SETTINGS, type GraphSettings } from '../../../src/graph/settings.ts';
import { NOW, type Script, type Scripted, startScripted } from './scripted.ts';

export { NOW };

export interface World {
  readonly server: Scripted;
  readonly graph: Graph;
  readonly events: readonly GraphEvent[];
  /** Milliseconds that the client wanted to wait; its clock jumps instead. */
  readonly waits: readonly number[];
  /** How often each kind of token was asked for. */
  readonly tokens: readonly { readonly fresh: boolean }[];
}

/** How a person waits, before whatever has time. */
export const PERSON = { priority: 'person' } as const;

const open: Scripted[] = [];

/**
 * Starts a scripted Graph and the real client on it. Limits are wide and waits short unless the test sets them, and
 * time passes for the client only while it waits.
 */
export const world = async (
  script: Script,
  settings: Partial<GraphSettings> = {},
  options: Partial<GraphOptions> = {},
): Promise<World> => {
  const server = await startScripted(script);
  open.push(server);
  const events: GraphEvent[] = [];
  const waits: number[] = [];
  const tokens: { readonly fresh: boolean }[] = [];
  // Time that was slept through, without waiting for it.
  let skipped = 0;
  const graph = createGraph({
    graphUrl: server.url,
    getToken: async (asked) => {
      tokens.push(asked);
      return asked.fresh ? 'fresh-token' : 'first-token';
    },
    clock: () => NOW,
    steady: () => skipped,
    random: () => 0.5,
    sleep: async (milliseconds, signal) => {
      waits.push(milliseconds);
      await setTimeout(Math.min(milliseconds, 1), undefined, { signal });
      skipped += milliseconds;
    },
    newId: () => 'id-1',
    observe: (event) => events.push(event),
    settings: {
      ...GRAPH_SETTINGS,
      limits: { ...GRAPH_SETTINGS.limits, reports: { requests: 1000, milliseconds: 1 } },
      ...settings,
    },
    ...options,
  });
  return { server, graph, events, waits, tokens };
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A question, by default for everything of the last day. */
export const question = (where: readonly Condition[] = [], window: Window = {}): Query => ({
  entity: 'signIns',
  where,
  window,
});

/** The problem that a promise fails with. */
export const problemFrom = async (promise: Promise<unknown>): Promise<GraphProblem> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof GraphFailure) return error.problem;
  throw new Error(`Not a GraphFailure: ${error}`);
};
