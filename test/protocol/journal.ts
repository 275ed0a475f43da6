import type { Approval } from '../../src/actions/approval.ts';
import type { createWorker } from '../../src/bot/worker.ts';
import type { Effect, Performed } from '../../src/entra/effects.ts';
import type { ChangeEvent } from '../../src/entra/ledger-event.ts';
import type { Risk } from '../../src/entra/risk.ts';

/** What the worker takes, wherever it is declared. */
export type WorkerPorts = Parameters<typeof createWorker>[0];

/** The moments at which the worker can be killed. */
export type WorkerMoment = Parameters<WorkerPorts['observe']>[0];

/** One process of Flagman, from its start to its death. */
export interface Life {
  readonly replica: number;
  /** Under which it takes leases. */
  readonly owner: string;
  isAlive: boolean;
  /** How many more of its calls come back before it stands still, as a process does that is stopped. */
  gatesLeft: number;
}

/** Who does something: a process, and in it the worker or the press that an activity carried. */
export interface Doer {
  readonly life: Life;
  readonly task: string;
}

interface Happened extends Doer {
  /** Milliseconds, by the clock that the process goes by. */
  readonly now: number;
}

/** A target was read, or could not be. */
export interface Inspected extends Happened {
  readonly what: 'inspected';
  readonly target: string;
  readonly risk: Risk | undefined;
}

/** Somebody's roles were read, or could not be. */
export interface RolesRead extends Happened {
  readonly what: 'roles';
  readonly person: string;
  readonly roles: readonly string[] | undefined;
}

/** Somebody's account was read, or could not be. */
export interface AccountRead extends Happened {
  readonly what: 'account';
  readonly person: string;
  readonly enabled: boolean | undefined;
}

/** Graph took a POST, whatever it did with it. */
export interface Posted extends Happened {
  readonly what: 'posted';
  readonly effect: Effect;
  readonly clientRequestId: string;
  /** How many entries the ledger held then. */
  readonly recorded: number;
  readonly isDone: boolean;
  readonly outcome: Performed['outcome'];
}

/** A change of an approval stands in the store. */
export interface Committed extends Happened {
  readonly what: 'committed';
  readonly approval: Approval;
  readonly entries: readonly ChangeEvent[];
}

/** Everything that happened, in its order. */
export type Happening = Inspected | RolesRead | AccountRead | Posted | Committed;
