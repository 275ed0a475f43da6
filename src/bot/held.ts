import type { Known } from '../actions/approval/judge.ts';
import type { Turn } from '../actions/approval/step.ts';
import type { Approval, Moved, Target } from '../actions/approval.ts';
import { ACTIONS } from '../actions/list.ts';
import { riskOf } from '../entra/risk.ts';
import type { Log } from '../lib/log.ts';
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

/** Somebody else changed the approval meanwhile: it is theirs now, and nothing more is done with it here. */
export class Overtaken extends Error {}

/** An approval in the hands of this process, and what was decided about it last. */
export class Held {
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

/** Reads how a target stands, now. */
export const inspect = async (
  { graph }: WorkerPorts,
  { action }: Approval,
  { signIn }: Target,
  priority: 'approvals' | 'watches',
): Promise<Known> => {
  const read = await graph.inspect(ACTIONS[action].verify(signIn), priority);
  if (!read.ok) return { known: false, problem: read.error };
  // Another person's sign-in under the same id is not what was decided about.
  if (read.value.signIn.userId !== signIn.userId) return { known: false, problem: { kind: 'wrong-shape' } };
  return { known: true, risk: riskOf(read.value.signIn) };
};
