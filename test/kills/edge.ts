import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGraph, type Graph } from '../../src/graph/graph.ts';
import { GRAPH_SETTINGS } from '../../src/graph/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { SPEED } from './ground.ts';

/** Pauses of the edge to Graph pass faster too, but not so fast that a database could not keep up. */
const EDGE_SPEED = 20;

/** The edge to a pretend Graph, in a hurry. */
export const graphAt = (graphUrl: string, { sharedWindow }: Pick<Store, 'sharedWindow'>): Graph =>
  createGraph({
    graphUrl,
    getToken: async () => 'local-graph-token',
    clock: Date.now,
    steady: () => performance.now() * EDGE_SPEED,
    random: Math.random,
    sleep: (milliseconds, signal) => sleep(milliseconds / EDGE_SPEED, undefined, signal ? { signal } : {}),
    newId: randomUUID,
    // What cannot be read is read at the next turn, so that the worker meets it too.
    settings: { ...GRAPH_SETTINGS, retries: 0, speed: SPEED / EDGE_SPEED },
    ...(sharedWindow && { sharedWindow }),
  });
