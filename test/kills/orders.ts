import type { DeliveryMoment } from '../../src/bot/deliver.ts';
import type { WorkerMoment } from '../../src/bot/worker.ts';
import type { Where } from './ground.ts';

/** Which process dies when: the n-th time that it comes to this moment of CR-n. */
export interface Death {
  readonly approval: number;
  readonly moment: WorkerMoment | DeliveryMoment;
  /** From 1. */
  readonly nth: number;
  /** SIGSTOP: it only falls asleep. */
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** What a child is told. */
export interface Orders extends Where {
  readonly graphUrl: string;
  /** Whether no other process carries out at the same time. */
  readonly isAlone: boolean;
  /** Carries out as the bot does, or the other way round, to see whether that is found out. */
  readonly order: 'record-first' | 'call-first';
  /** Where it posts cards; it posts none where that is absent. */
  readonly chatUrl?: string;
  readonly death?: Death;
}

/** What a child says on standard output, a line each. */
export const READY = 'ready';
export const ASLEEP = 'asleep';
