import { pass, voidAsEdited } from '../actions/approval/decide.ts';
import { isDue } from '../actions/approval/judge.ts';
import { look, lookLater } from '../actions/approval/look.ts';
import { targetAt } from '../actions/approval/move.ts';
import { claim, endAsEdited, release } from '../actions/approval/perform.ts';
import { type Approval, isAsRecorded } from '../actions/approval.ts';
import { BriefMap } from '../lib/brief-map.ts';
import { Held, inspect, Overtaken, type WorkerPorts, type WorkerSettings } from './held.ts';
import { isToBeSent, send } from './send.ts';

export type { WorkerMoment, WorkerPorts, WorkerSettings } from './held.ts';

/** Carries approvals out, and keeps pending ones up to date. */
export interface Worker {
  /** Does what is due by now and not in hand yet, once for each approval. Gives how many there were. */
  run(): Promise<number>;
}

/** Approvals taken up at once; Graph's budget is what they wait for. */
const AT_ONCE = 20;

/** How long an approval that failed is left alone: whatever it was, it is rarely over at once. */
const REST_MS = 15_000;

/** Looks at one target that is due, and does what follows from it. */
const tendTarget = async (ports: WorkerPorts, held: Held, index: number): Promise<void> => {
  const target = targetAt(held.approval, index);
  // Whatever its row says, what is closed only waits for its proof.
  const isItsTurn = held.approval.state === 'running' || target.progress.at === 'done';
  if (!isItsTurn || !isDue(target, await ports.now())) return;
  if (target.progress.at === 'waiting') return send(ports, held, index);
  await isToBeSent(ports, held, index);
};

const tendTargets = async (ports: WorkerPorts, held: Held): Promise<void> => {
  for (const index of held.approval.targets.keys()) await tendTarget(ports, held, index);
};

/** Carries an approved one out, or goes on with one that somebody left. */
const carryOut = async (ports: WorkerPorts, held: Held): Promise<void> => {
  const { approval } = held;
  if (!isAsRecorded(approval, await ports.approvals.evidence(approval.number)))
    return held.keep(endAsEdited(approval, await ports.now()), 'recorded');
  const claimed = claim(approval, await held.turn());
  if (claimed === undefined) return;
  await held.keep(claimed, 'claimed');
  await tendTargets(ports, held);
  await held.keep(release(held.approval, await held.turn()), 'released');
};

/** Lets time pass for a pending one, and looks whether what it is about has changed. */
const keepUpToDate = async (ports: WorkerPorts, held: Held): Promise<void> => {
  const { approval } = held;
  const now = await ports.now();
  const passed = pass(approval, now);
  if (passed === undefined && approval.lookAt > now) return;
  // Before any entry: the ledger takes over what its entries are about.
  if (!isAsRecorded(approval, await ports.approvals.evidence(approval.number)))
    return held.keep(voidAsEdited(approval, now), 'tended');
  if (passed) return held.keep(passed, 'tended');
  const known = await Promise.all(
    approval.targets.map((target) => inspect(ports, approval, target, 'watches')),
  );
  const risks = known.flatMap((one) => (one.known ? [one.risk] : []));
  const later = await ports.now();
  const isWhole = risks.length === known.length;
  const moved = isWhole ? look(approval, risks, later) : undefined;
  await held.keep(moved ?? lookLater(approval, later), 'tended');
};

const tend = (ports: WorkerPorts, held: Held, inTurn: InTurn): Promise<void> => {
  switch (held.approval.state) {
    case 'pending':
      return keepUpToDate(ports, held);
    case 'approved':
    case 'running':
      return inTurn(() => carryOut(ports, held));
    default:
      // Closed, and the proof of what was done is still looked for.
      return tendTargets(ports, held);
  }
};

/** Does one piece of work after the other. */
type InTurn = (work: () => Promise<void>) => Promise<void>;

/**
 * Approvals are carried out one by one: each change holds places in Graph's budgets while its target is read once more,
 * and several at a time would wait for each other's. Graph takes one change a second anyway.
 */
const oneByOne = (): InTurn => {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
};

/** Makes the worker: it decides nothing itself, but does what `actions/` decides, step by committed step. */
export const createWorker = (ports: WorkerPorts, settings: WorkerSettings): Worker => {
  const inTurn = oneByOne();
  const inHand = new Set<number>();
  const resting = new BriefMap<number, number>(AT_ONCE);
  const isResting = (number: number, now: number): boolean => (resting.get(number) ?? now) > now;
  const tended = async (approval: Approval): Promise<void> => {
    inHand.add(approval.number);
    try {
      await tend(ports, new Held(ports, settings, approval), inTurn);
    } catch (error) {
      if (error instanceof Overtaken) return;
      // Whatever it was: the approval is as it was committed last, and is taken up again later.
      ports.log.error('worker.failed', { approval: approval.number, error });
      resting.set(approval.number, (await ports.now()) + REST_MS);
    } finally {
      inHand.delete(approval.number);
    }
  };
  return {
    async run() {
      const now = await ports.now();
      const due = await ports.approvals.due(now, AT_ONCE);
      const fresh = due.filter(({ number }) => !inHand.has(number) && !isResting(number, now));
      await Promise.all(fresh.map(tended));
      return fresh.length;
    },
  };
};
