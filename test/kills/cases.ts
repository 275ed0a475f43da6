import type { WorkerMoment } from '../../src/bot/worker.ts';
import { OUTCOMES, type Outcome } from './outcomes.ts';

/**
 * Where a process dies: at a moment that the worker names or, as the pretend Graph sees it, when the POST has arrived
 * there and is done only afterwards, or when it is done and not yet answered.
 */
export type Moment = Exclude<WorkerMoment, 'tended'> | 'arrived' | 'unanswered';

/** One kill: how the POST ends, and when the process that sends it dies. */
export interface Case {
  readonly outcome: Outcome;
  readonly moment: Moment;
  /** The first time that it comes to this moment, or the second. */
  readonly nth: 1 | 2;
}

const ON_THE_WAY = [
  'claimed',
  'inspected',
  'permitted',
  'intended',
  'performed',
  'recorded',
  'released',
] as const;

/** What is done again when it was not done the first time. */
const REPEATED: readonly Outcome[] = [
  '429 before it is done',
  '503 before it is done',
  'cut before it is done',
];

/** Where it is looked again, since nobody knows whether it was done. */
const READ_BACK: readonly Outcome[] = ['504 after it was done', 'cut after it was done'];

const outcomes = Object.keys(OUTCOMES) as readonly Outcome[];

const times = (all: readonly Outcome[], moments: readonly Moment[], nth: Case['nth']): readonly Case[] =>
  moments.flatMap((moment) => all.map((outcome) => ({ outcome, moment, nth })));

const AT_GRAPH = times(['done'], ['arrived', 'unanswered'], 1);

/** Every moment with every outcome, and what comes a second time where it does. */
const OF_THE_WORKER: readonly Case[] = [
  ...times(outcomes, ON_THE_WAY, 1),
  ...times(REPEATED, ON_THE_WAY, 2),
  ...times(READ_BACK, ['claimed', 'inspected', 'recorded', 'released'], 2),
  // The second look is for the proof.
  ...times(['done'], ['inspected', 'recorded'], 2),
];

/** Prime, so that it meets every case before it meets one again, another outcome and another moment each time. */
const STRIDE = 11;

/** All cases, in such an order that the first few show every moment and every outcome. */
export const CASES: readonly Case[] = [
  ...AT_GRAPH,
  ...OF_THE_WORKER.flatMap((_, index) => OF_THE_WORKER[(index * STRIDE) % OF_THE_WORKER.length] ?? []),
];
