import { pass, voidAsEdited } from '../actions/approval/decide.ts';
import { isDue, judge, type Known } from '../actions/approval/judge.ts';
import { look, lookLater } from '../actions/approval/look.ts';
import { targetAt } from '../actions/approval/move.ts';
import {
  answered,
  claim,
  endAsEdited,
  intend,
  mayStillSend,
  putOff,
  release,
  stop,
} from '../actions/approval/perform.ts';
import type { Step, Turn } from '../actions/approval/step.ts';
import { type Approval, isAsRecorded, type Moved, type Target } from '../actions/approval.ts';
import { ACTIONS } from '../actions/list.ts';
import type { Performed } from '../entra/effects.ts';
import { riskOf } from '../entra/risk.ts';
import { BriefMap } from '../lib/brief-map.ts';
import type { Log } from '../lib/log.ts';
import type { ChangeDecision, ChangeStep } from '../policy/authorize-change.ts';
import { decideChange, rulesFor } from './authority.ts';
import type { Approvals, ChangeSettings, ChangingGraph } from './change-ports.ts';

/** The moments at which a process may die; the protocol holds at each of them. */
export type WorkerMoment =
  | 'claimed'
  | 'inspected'
  | 'permitted'
  | 'intended'
  | 'performed'
  | 'recorded'
  | 'released'
  | 'tended';

/** What carrying out takes. */
export interface WorkerPorts {
  readonly approvals: Pick<Approvals, 'due' | 'save' | 'evidence'>;
  readonly graph: ChangingGraph;
  readonly log: Log;
  /** Epoch milliseconds, by the clock that all replicas share. */
  now(): Promise<number>;
  newId(): string;
  /** Told what has just happened to CR-n, for the log and for tests. */
  observe(moment: WorkerMoment, approval: number): void;
}

export interface WorkerSettings extends ChangeSettings {
  /** Names this process among replicas. */
  readonly owner: string;
  /** How long an approval is this process' own after each step; longer than any step takes. */
  readonly leaseMs: number;
}

/** Carries approvals out, and keeps pending ones up to date. */
export interface Worker {
  /** Does what is due by now and not in hand yet, once for each approval. Gives how many there were. */
  run(): Promise<number>;
}

/** Approvals taken up at once; Graph's budget is what they wait for. */
const AT_ONCE = 20;

/** How long an approval that failed is left alone: whatever it was, it is rarely over at once. */
const REST_MS = 15_000;

/** Somebody else changed the approval meanwhile: it is theirs now, and nothing more is done with it here. */
class Overtaken extends Error {}

/** An approval in the hands of this process, and what was decided about it last. */
class Held {
  readonly #ports: WorkerPorts;
  readonly settings: WorkerSettings;
  approval: Approval;

  constructor(ports: WorkerPorts, settings: WorkerSettings, approval: Approval) {
    this.#ports = ports;
    this.settings = settings;
    this.approval = approval;
  }

  async turn(): Promise<Turn> {
    const { owner, leaseMs } = this.settings;
    return { owner, leaseMs, now: await this.#ports.now() };
  }

  /** Keeps a change, with its entries, before anything goes on. */
  async keep(moved: Moved, moment: WorkerMoment): Promise<void> {
    if (!(await this.#ports.approvals.save(moved))) throw new Overtaken();
    this.approval = moved.approval;
    this.#ports.observe(moment, this.approval.number);
  }
}

const inspect = async (
  { graph }: WorkerPorts,
  { action }: Approval,
  { signIn }: Target,
  priority: 'approvals' | 'watches',
): Promise<Known> => {
  const read = await graph.inspect(ACTIONS[action].verify(signIn), priority);
  return read.ok ? { known: true, risk: riskOf(read.value.signIn) } : { known: false, problem: read.error };
};

/** Checks approver and requester again; gives the first refusal. */
const refusalOf = async (
  ports: WorkerPorts,
  { settings, approval }: Held,
): Promise<(Extract<ChangeDecision, { permitted: false }> & { readonly step: ChangeStep }) | undefined> => {
  const { requester, decided, action } = approval;
  const common = {
    requesterId: requester.id,
    mode: settings.mode,
    rules: rulesFor(settings, action),
  };
  const steps = [
    { step: 'perform-approver', actorId: decided?.by.id ?? '' },
    { step: 'perform-requester', actorId: requester.id },
  ] as const;
  const decisions = await Promise.all(
    steps.map(async (one) => ({ ...(await decideChange(ports, { ...common, ...one })), step: one.step })),
  );
  return decisions.find((decision) => !decision.permitted);
};

const PASSING: ReadonlySet<string> = new Set(['roles-unknown', 'account-unknown']);

const NOT_SENT: Performed = { outcome: 'not-done', problem: { kind: 'timeout' } };

/** Sends one change: only if everybody still may, and only after the intent is on record. */
const send = async (ports: WorkerPorts, held: Held, index: number): Promise<void> => {
  const refusal = await refusalOf(ports, held);
  if (refusal) {
    const turn = await held.turn();
    const facts = { refused: refusal.why, step: refusal.step };
    const moved = PASSING.has(refusal.why)
      ? putOff(held.approval, turn)
      : stop(held.approval, 'role', turn, facts);
    return held.keep(moved, 'recorded');
  }
  ports.observe('permitted', held.approval.number);
  const action = ACTIONS[held.approval.action];
  const { signIn } = targetAt(held.approval, index);
  const clientRequestId = ports.newId();
  const step = async (): Promise<Step> => ({ index, turn: await held.turn() });
  await held.keep(intend(held.approval, action, await step(), clientRequestId), 'intended');
  // A process may be stopped for a while, and a commit may take long: by then it may be somebody else's turn.
  const isInTime = mayStillSend(held.approval, await held.turn());
  const performed = isInTime ? await ports.graph.perform(action.perform(signIn), clientRequestId) : NOT_SENT;
  ports.observe('performed', held.approval.number);
  await held.keep(answered(held.approval, await step(), performed), 'recorded');
};

/** Looks at one target that is due, and does what follows from it. */
const tendTarget = async (ports: WorkerPorts, held: Held, index: number): Promise<void> => {
  const target = targetAt(held.approval, index);
  // Whatever its row says, what is closed only waits for its proof.
  const isItsTurn = held.approval.state === 'running' || target.progress.at === 'done';
  if (!isItsTurn || !isDue(target, await ports.now())) return;
  const known = await inspect(ports, held.approval, target, 'approvals');
  ports.observe('inspected', held.approval.number);
  const { approval, settings } = held;
  const step = { index, turn: await held.turn() };
  const verdict = judge(approval, ACTIONS[approval.action], step, known, settings.settleMs);
  if (verdict.do === 'send') return send(ports, held, index);
  await held.keep(verdict.moved, 'recorded');
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

const tend = (ports: WorkerPorts, held: Held): Promise<void> => {
  switch (held.approval.state) {
    case 'pending':
      return keepUpToDate(ports, held);
    case 'approved':
    case 'running':
      return carryOut(ports, held);
    default:
      // Closed, and the proof of what was done is still looked for.
      return tendTargets(ports, held);
  }
};

/** Makes the worker: it decides nothing itself, but does what `actions/` decides, step by committed step. */
export const createWorker = (ports: WorkerPorts, settings: WorkerSettings): Worker => {
  const inHand = new Set<number>();
  const resting = new BriefMap<number, number>(AT_ONCE);
  const isResting = (number: number, now: number): boolean => (resting.get(number) ?? now) > now;
  const tended = async (approval: Approval): Promise<void> => {
    inHand.add(approval.number);
    try {
      await tend(ports, new Held(ports, settings, approval));
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
