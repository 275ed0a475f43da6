import { allOf, type Filter, isCore, toOData } from '../entra/filter.ts';
import type { GraphProblemKind } from '../entra/graph-problem.ts';
import { isoOf } from '../lib/time.ts';
import type { Span } from './span.ts';

/** One stretch of a reading that still has to be asked for. */
export interface Task {
  readonly clauses: readonly Filter[];
  readonly span: Span;
  /** Only flag, dates and user are left to Graph. */
  readonly isCore: boolean;
  /** It was begun anew once, because Graph had lost the place. */
  readonly isRestart: boolean;
  /** How often its window was halved. */
  readonly halved: number;
}

/** Graph that does not answer for this small a part of the window is not going to. */
const MOST_HALVINGS = 5;

const spelled = ({ clauses, span }: Task): string => {
  const filter = allOf(clauses);
  return `${span.from} ${span.to ?? ''} ${filter === undefined ? '' : toOData(filter)}`;
};

/** What is left when only the documented core is asked, each stretch once. */
const inCore = (tasks: readonly Task[]): readonly Task[] => {
  const reduced = tasks.map((task) => ({ ...task, clauses: task.clauses.filter(isCore), isCore: true }));
  return [...new Map(reduced.map((task) => [spelled(task), task])).values()];
};

/** The newer half first, as everywhere; both contain the instant in the middle. */
const halves = (task: Task, now: number): readonly Task[] | undefined => {
  const from = Date.parse(task.span.from);
  const to = task.span.to === undefined ? now : Date.parse(task.span.to);
  if (task.halved >= MOST_HALVINGS) return undefined;
  const middle = isoOf(Math.floor((from + to) / 2000) * 1000);
  const halved = task.halved + 1;
  return [
    { ...task, halved, span: { ...task.span, from: middle } },
    { ...task, halved, span: { from: task.span.from, to: middle } },
  ];
};

/**
 * What to do instead of the first task after Graph failed it: the tasks that take the place of all, or undefined
 * when nothing helps. Ends, because every answer is narrower than what failed.
 *
 * @param now epoch milliseconds
 */
export const insteadOf = (
  tasks: readonly [Task, ...Task[]],
  kind: GraphProblemKind,
  now: number,
): readonly Task[] | undefined => {
  const [task, ...rest] = tasks;
  switch (kind) {
    case 'invalid-filter':
      return task.isCore || task.clauses.every(isCore) ? undefined : inCore(tasks);
    case 'skip-token':
      return task.isRestart ? undefined : [{ ...task, isRestart: true }, ...rest];
    case 'gateway-timeout':
    case 'timeout': {
      const halved = halves(task, now);
      return halved && [...halved, ...rest];
    }
    default:
      return undefined;
  }
};
