import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { DeliveryMoment } from '../../src/bot/deliver.ts';
import type { Ports } from '../../src/bot/ports.ts';
import { type Chore, startTending } from '../../src/bot/tending.ts';
import { createWorker, type WorkerMoment } from '../../src/bot/worker.ts';
import { graphPort } from '../../src/graph-edge.ts';
import { createLog } from '../../src/lib/log.ts';
import { NO_SPEECH, USUAL_ANSWERS } from '../support/files.ts';
import { NO_REDACTIONS, NO_SHARING } from '../support/sharing.ts';
import { createCallFirstWorker } from './call-then-save.ts';
import { graphAt } from './edge.ts';
import { LEASE_MS, openGround, SECOND, SETTINGS } from './ground.ts';
import { ASLEEP, type Death, type Orders } from './orders.ts';

/** How often it is looked whether something is due. */
const TEND_MS = 4 * SECOND;

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

const idle: Chore = { run: async () => 0 };

/** Cards are loaded only where some are posted. */
const posting = async (
  chatUrl: string,
  ports: Omit<Ports, 'chatIn'>,
  observe: ReturnType<typeof mortal>,
): Promise<Chore> => {
  const [{ createDeliverer }, { render }, { chatAt }] = await Promise.all([
    import('../../src/bot/deliver.ts'),
    import('../../src/cards/render.ts'),
    import('./chat.ts'),
  ]);
  const settings = {
    changes: SETTINGS,
    ...USUAL_ANSWERS,
    redactions: NO_REDACTIONS,
    readerRoles: [],
    questionsPerMinute: 1,
    turnMs: SECOND,
    typingMs: SECOND,
    search: { pauseMs: SECOND, answerMs: SECOND },
  };
  // The first card loads its library, for longer than a delivery may take at this speed.
  render({ card: 'working', asked: '' });
  return createDeliverer({ ...ports, chatIn: () => chatAt(chatUrl) }, settings, observe);
};

/** Starts to carry out. Resolves when it has begun. */
export const carryOut = async (orders: Orders): Promise<void> => {
  const log = createLog({ level: 'error', write: (line) => writeSync(2, line) });
  const { store, ledger, records, now } = await openGround(orders, log);
  const observe = mortal(orders.death);
  const ports: Omit<Ports, 'chatIn'> = {
    // The edge goes by the clock on the wall. Whoever is alone on a store may take as long as a busy machine needs.
    graph: graphPort(graphAt(orders.graphUrl, store), orders.isAlone ? LEASE_MS : LEASE_MS / orders.speed),
    store,
    ledger,
    approvals: records,
    posts: store.posts,
    ...NO_SHARING,
    ...NO_SPEECH,
    log,
    clock: Date.now,
    now,
    newId: randomUUID,
  };
  const create = orders.order === 'record-first' ? createWorker : createCallFirstWorker;
  const worker = create({ ...ports, observe }, { ...SETTINGS, owner: randomUUID(), leaseMs: LEASE_MS });
  const deliverer = orders.chatUrl === undefined ? idle : await posting(orders.chatUrl, ports, observe);
  startTending({ worker, deliverer }, TEND_MS / orders.speed, log);
};
