import { GraphFailure, type GraphProblem } from '../entra/graph-problem.ts';
import type { Query, Verdict } from '../entra/query.ts';
import type { SignIn } from '../entra/sign-in.ts';
import type { GraphClient } from './client.ts';
import { type Collected, collect, isDescending, type Judge } from './collect.ts';
import type { Priority } from './line.ts';
import { pagesOf } from './pages.ts';
import { MOST_ROWS, signInsRequest } from './request.ts';
import { insteadOf, type Task } from './tasks.ts';

/** What a reading is made of besides its tasks. */
export interface Reading {
  readonly client: GraphClient;
  readonly graphUrl: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly judge: Judge;
  readonly priority: Priority;
  readonly signal: AbortSignal;
  /** Rows a page. */
  readonly top: number;
  readonly maxPages: number;
  /** How many of the newest rows are enough; undefined when all must be read. */
  readonly enough: number | undefined;
}

/** How far a reading came. */
export interface Progress extends Collected {
  pages: number;
  /** The decoded `$filter` of the first request that was answered. */
  filter: string | undefined;
  /** Graph refused the whole question, so it was given the documented core. */
  usedCore: boolean;
  wasHalved: boolean;
  stoppedEarly: boolean;
  skew: number | undefined;
  problem: GraphProblem | undefined;
  isCapped: boolean;
}

/** Nothing read yet. */
export const begun = (): Progress => ({
  rows: new Map(),
  unreadable: 0,
  pages: 0,
  filter: undefined,
  usedCore: false,
  wasHalved: false,
  stoppedEarly: false,
  skew: undefined,
  problem: undefined,
  isCapped: false,
});

const hasEnough = (progress: Progress, rows: readonly SignIn[], enough: number | undefined): boolean => {
  if (enough === undefined || progress.usedCore || !isDescending(rows)) return false;
  const ids = new Set(rows.map(({ id }) => id));
  return [...ids].filter((id) => progress.rows.get(id)?.match !== 'no').length >= enough;
};

/** Reads one task to its end, to the page cap, or until the newest rows are enough. */
const readTask = async (reading: Reading, task: Task, progress: Progress): Promise<void> => {
  const { client, graphUrl, priority, signal, judge, enough } = reading;
  // Most of what the core gives is dropped here, so small pages would be many.
  const top = task.isCore ? MOST_ROWS : reading.top;
  const { sent, url } = signInsRequest(graphUrl, task.clauses, task.span, top);
  const inOrder: SignIn[] = [];
  for await (const page of pagesOf(client, url, { buckets: ['reports'], priority, signal })) {
    progress.pages += 1;
    progress.filter ??= sent;
    progress.skew ??= page.skew;
    inOrder.push(...collect(progress, page.rows, judge));
    if (!page.hasMore) return;
    if (hasEnough(progress, inOrder, enough)) {
      progress.stoppedEarly = true;
      return;
    }
    if (progress.pages >= reading.maxPages) {
      progress.isCapped = true;
      return;
    }
  }
};

const note = (progress: Progress, task: Task, next: readonly Task[]): void => {
  progress.usedCore ||= next.some(({ isCore }) => isCore) && !task.isCore;
  progress.wasHalved ||= next[0]?.span.from !== task.span.from;
};

/** Reads task after task, and in place of one that failed what can help, until all is read or nothing helps. */
export const readAll = async (
  reading: Reading,
  tasks: readonly Task[],
  progress: Progress,
): Promise<void> => {
  let left = tasks;
  for (let [task, ...rest] = left; task !== undefined; [task, ...rest] = left) {
    if (progress.pages >= reading.maxPages) {
      progress.isCapped = true;
      return;
    }
    try {
      await readTask(reading, task, progress);
      if (progress.isCapped) return;
      left = rest;
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      const instead = reading.signal.aborted
        ? undefined
        : insteadOf([task, ...rest], error.problem.kind, reading.now);
      if (instead === undefined) {
        progress.problem = error.problem;
        return;
      }
      note(progress, task, instead);
      left = instead;
    }
  }
};

/** Whether everything was read, and if not, why. */
export const verdictOf = ({ problem, isCapped }: Progress): Verdict => {
  if (isCapped) return { finished: false, why: 'capped' };
  switch (problem?.kind) {
    case undefined:
      return { finished: true };
    case 'throttled':
      return { finished: false, why: 'throttled' };
    case 'timeout':
    case 'gateway-timeout':
      return { finished: false, why: 'timeout' };
    default:
      return { finished: false, why: 'failed' };
  }
};

/** What the reader of the answer should know about how it came about. */
export const notesOf = (progress: Progress, { limit }: Query): readonly string[] => [
  ...(progress.usedCore
    ? [
        'Microsoft Graph refused this combination of conditions, so it was asked for less and the rest was tested here.',
      ]
    : []),
  ...(progress.wasHalved
    ? ['Microsoft Graph was too slow for the whole window, so it was asked in parts.']
    : []),
  ...(progress.stoppedEarly
    ? [
        `Reading stopped once the newest ${limit} ${limit === 1 ? 'was' : 'were'} found; older ones were not counted.`,
      ]
    : []),
  ...(progress.skew === undefined
    ? []
    : [`Microsoft's clock and ours differ by ${Math.round(Math.abs(progress.skew) / 60)} minutes.`]),
];
