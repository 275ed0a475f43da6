import { isCore, whereFilters, widen } from '../entra/filter.ts';
import { GraphFailure } from '../entra/graph-problem.ts';
import type { Query, SignInAnswer } from '../entra/query.ts';
import { isoOf } from '../lib/time.ts';
import { limited } from './abort.ts';
import type { GraphClient } from './client.ts';
import { foundIn, judgeOf } from './collect.ts';
import { type Compiled, compile } from './compile.ts';
import type { Priority } from './line.ts';
import { begun, notesOf, type Progress, readAll, verdictOf } from './reading.ts';
import { pageSize } from './request.ts';
import type { GraphSettings } from './settings.ts';
import type { Span } from './span.ts';
import { describeCondition } from './words.ts';

export interface SignInReaderDeps {
  readonly client: GraphClient;
  readonly graphUrl: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly newId: () => string;
  readonly settings: GraphSettings;
}

/** Who reads, and until when they wait. */
export interface ReadOptions {
  readonly priority: Priority;
  readonly signal?: AbortSignal;
}

/** Reads sign-ins page by page. */
export interface SignInReader {
  /**
   * Reads everything that a question is about, page by page, and tests every row against it.
   *
   * @throws GraphFailure if nothing at all could be read; what comes in between is in the answer's verdict.
   */
  read(query: Query, options: ReadOptions): Promise<SignInAnswer>;
}

/** Nothing is kept from then, so Graph is not asked; `finished` would be an all-clear that nobody can give. */
const unasked = (query: Query, compiled: Compiled, now: number, readingId: string): SignInAnswer => ({
  readingId,
  query,
  rows: [],
  read: 0,
  dropped: 0,
  unreadable: 0,
  scope: compiled.scope,
  verdict: { finished: false, why: 'retention' },
  filter: '',
  secondPass: [],
  notes: compiled.windowNotes,
  fetchedAt: isoOf(now),
  pages: 0,
});

/** With the documented core alone, everything else is tested on the rows. */
const secondPassOf = (query: Query, compiled: Compiled, usedCore: boolean): readonly string[] => {
  if (!usedCore) return compiled.secondPass;
  const tested = query.where.filter(
    (condition) => !widen(condition).exact || !whereFilters([condition]).every(isCore),
  );
  return [...new Set([...tested.map(describeCondition), ...compiled.secondPass])];
};

const answerOf = (
  query: Query,
  compiled: Compiled,
  progress: Progress,
  meta: { readonly now: number; readonly readingId: string },
): SignInAnswer => {
  const found = foundIn(progress);
  return {
    readingId: meta.readingId,
    query,
    rows: query.groupBy === undefined ? found.slice(0, query.limit) : found,
    read: progress.rows.size,
    dropped: progress.rows.size - found.length,
    unreadable: progress.unreadable,
    scope: compiled.scope,
    verdict: verdictOf(progress),
    ...(progress.problem !== undefined && { problem: progress.problem }),
    filter: progress.filter ?? '',
    secondPass: secondPassOf(query, compiled, progress.usedCore),
    notes: [...compiled.notes, ...notesOf(progress, query)],
    fetchedAt: isoOf(meta.now),
    pages: progress.pages,
  };
};

const wordsFor = ({ where }: Query): string => where.map(describeCondition).join(' and ');

/** The reader of sign-ins. */
export const createSignInReader = (deps: SignInReaderDeps): SignInReader => {
  const { client, graphUrl, clock, newId, settings } = deps;

  const readParts = async (
    query: Query,
    parts: readonly Compiled[],
    span: Span,
    options: ReadOptions & { readonly now: number; readonly signal: AbortSignal },
  ): Promise<Progress> => {
    const progress = begun();
    const isExact = parts[0]?.secondPass.length === 0;
    const reading = {
      client,
      graphUrl,
      ...options,
      judge: judgeOf(query, span),
      top: pageSize(query, isExact),
      maxPages: settings.maxPages,
      enough: isExact && query.groupBy === undefined ? query.limit : undefined,
    };
    const tasks = parts.map(({ clauses }) => ({ clauses, span, isCore: false, isRestart: false, halved: 0 }));
    await readAll(reading, tasks, progress);
    if (progress.problem !== undefined && progress.pages === 0) throw new GraphFailure(progress.problem);
    return progress;
  };

  const readOne = async (query: Query, options: ReadOptions & { readonly signal: AbortSignal }) => {
    const now = clock();
    const readingId = newId();
    const parts = compile(query, { ...settings, now, graphUrl });
    const [compiled] = parts;
    if (compiled.span === undefined) return unasked(query, compiled, now, readingId);
    const progress = await readParts(query, parts, compiled.span, { ...options, now });
    return answerOf(query, compiled, progress, { now, readingId });
  };

  return {
    read: async (query, { priority, signal }) => {
      const either = limited(settings.readingTimeout, signal);
      const first = await readOne(query, { priority, signal: either });
      if (query.otherwise === undefined || first.rows.length > 0 || !first.verdict.finished) return first;
      const second = await readOne(query.otherwise, { priority, signal: either });
      return {
        ...second,
        query,
        pages: first.pages + second.pages,
        notes: [
          ...first.notes,
          `No sign-in matches all of it. Shown is any whose ${wordsFor(query.otherwise)}.`,
          ...second.notes,
        ],
      };
    },
  };
};
