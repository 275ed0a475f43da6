import type { HistoryEntry, TimelineEntry } from '../entra/ledger-event.ts';
import { entryWords } from './entry-words.ts';

/** An entry of one request's history or of a timeline, in which each request has its own entries. */
type Told = Pick<TimelineEntry, 'kind' | 'seq' | 'at'> & {
  readonly approval?: number;
  readonly state?: string;
};

type RequestEntry = HistoryEntry & { readonly approval?: number };

/** Entries that make one line: a single one, or those by which a request was only put aside and taken up again. */
export interface Run<Entry> {
  readonly newest: Entry;
  /** How many entries it stands for. */
  readonly count: number;
  /** How often it was taken up again. */
  readonly times: number;
  /** Whether something was sent and waits to be read back. */
  readonly isSent: boolean;
}

/** The runs of a ledger's entries, which come in its order. */
export const runsOf = <Entry extends Told>(entries: readonly Entry[]): readonly Run<Entry>[] => {
  const begun = new Set<number | undefined>();
  const pauses = new Map<number | undefined, Run<Entry>>();
  const runs = new Set<Run<Entry>>();
  for (const newest of entries) {
    const { kind, approval, state } = newest;
    const isAgain = kind === 'claimed' && begun.has(approval);
    const isPause = isAgain || kind === 'released';
    const before = isPause ? pauses.get(approval) : undefined;
    const run = {
      newest,
      count: (before?.count ?? 0) + 1,
      times: (before?.times ?? 0) + (isAgain ? 1 : 0),
      isSent: before?.isSent || (kind === 'released' && state === 'running'),
    };
    if (before) runs.delete(before);
    runs.add(run);
    if (kind === 'claimed') begun.add(approval);
    if (isPause) pauses.set(approval, run);
    else pauses.delete(approval);
  }
  return [...runs];
};

/** When the change that an entry is about was sent last. */
const sentAt = ({ seq, facts, approval }: RequestEntry, entries: readonly RequestEntry[]) =>
  entries.findLast(
    (one) =>
      one.kind === 'intent' &&
      one.approval === approval &&
      one.facts.target === facts.target &&
      one.seq < seq,
  )?.at;

/** What a run of a request says; `entries` are all there are, in the ledger's order. */
export const runWords = (
  { newest, times, isSent }: Run<RequestEntry>,
  entries: readonly RequestEntry[],
): string => {
  if (times === 0) return entryWords(newest, sentAt(newest, entries));
  const often = times === 1 ? 'once more' : `${times} more times`;
  return `Flagman took it up ${often} to ${isSent ? 'read it back' : 'go on'}.`;
};
