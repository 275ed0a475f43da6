import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryMoment } from '../../src/bot/deliver.ts';
import type { Ports } from '../../src/bot/ports.ts';
import { type Chore, startTending } from '../../src/bot/tending.ts';
import { createWorker, type WorkerMoment } from '../../src/bot/worker.ts';
import { createGraph, type Graph } from '../../src/graph/graph.ts';
import { GRAPH_SETTINGS } from '../../src/graph/settings.ts';
import { graphPort } from '../../src/graph-edge.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Store } from '../../src/store/store.ts';
import { createCallFirstWorker } from './call-first.ts';
import { LEASE_MS, openGround, SECOND, SETTINGS, SPEED } from './ground.ts';
import { ASLEEP, type Death, type Orders } from './orders.ts';

/** Pauses of the edge to Graph pass faster too, but not so fast that a database could not keep up. */
const EDGE_SPEED = 20;

/** How often it is looked whether something is due. */
const TEND_MS = 2 * SECOND;

/** Dies at its moment, in the middle of whatever else goes on. */
const mortal = (death: Death | undefined) => {
  let times = 0;
  return (moment: WorkerMoment | DeliveryMoment, approval: number): void => {
    if (moment !== death?.moment || approval !== death.approval) return;
    times += 1;
    if (times !== death.nth) return;
    if (death.signal === 'SIGSTOP') writeSync(1, `${ASLEEP}\n`);
    process.kill(process.pid, death.signal);
  };
};

const graphAt = (graphUrl: string, { sharedWindow }: Store): Graph =>
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

const idle: Chore = { run: async () => 0 };

/** Cards are loaded only where some are posted. */
const posting = async (
  chatUrl: string,
  ports: Omit<Ports, 'chatIn'>,
  observe: ReturnType<typeof mortal>,
): Promise<Chore> => {
  const [{ createDeliverer }, { chatAt }] = await Promise.all([
    import('../../src/bot/deliver.ts'),
    import('./chat.ts'),
  ]);
  const settings = {
    changes: SETTINGS,
    readerRoles: [],
    questionsPerMinute: 1,
    turnMs: SECOND,
    typingMs: SECOND,
  };
  return createDeliverer({ ...ports, chatIn: () => chatAt(chatUrl) }, settings, observe);
};

/** Starts to carry out. Resolves when it has begun. */
export const carryOut = async (orders: Orders): Promise<void> => {
  const log = createLog({ level: 'error', write: (line) => writeSync(2, line) });
  const { store, ledger, records, now } = await openGround(orders, log);
  const observe = mortal(orders.death);
  const ports: Omit<Ports, 'chatIn'> = {
    graph: graphPort(graphAt(orders.graphUrl, store), LEASE_MS),
    store,
    ledger,
    approvals: records,
    posts: store.posts,
    log,
    clock: Date.now,
    now,
    newId: randomUUID,
  };
  const create = orders.order === 'record-first' ? createWorker : createCallFirstWorker;
  const worker = create({ ...ports, observe }, { ...SETTINGS, owner: randomUUID(), leaseMs: LEASE_MS });
  const deliverer = orders.chatUrl === undefined ? idle : await posting(orders.chatUrl, ports, observe);
  startTending({ worker, deliverer }, TEND_MS / SPEED, log);
};
