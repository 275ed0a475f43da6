import type { HistoryEntry } from '../entra/ledger-event.ts';
import { isoOf, showInstant } from '../lib/time.ts';
import { entryWords } from './entry-words.ts';

/** A line of a history: when, and what happened. */
export interface HistoryLine {
  readonly say: string;
  readonly means: string;
}

/** What a heading over such lines says of the times in brackets; nothing where there are none. */
export const zoneWords = (zone: string): string => (zone === 'UTC' ? '' : ` (in brackets: ${zone})`);

// The heading names the zone once.
const timeOf = ({ at }: HistoryEntry, zone: string): string =>
  showInstant(isoOf(at), zone).replace(` ${zone})`, ')');

/** One entry as a line. */
export const historyLine = (entry: HistoryEntry, zone: string): HistoryLine => ({
  say: timeOf(entry, zone),
  means: entryWords(entry),
});

/** Entries that make one line: a single one, or those by which it was only put aside and taken up again. */
interface Run {
  readonly newest: HistoryEntry;
  readonly isPause: boolean;
  /** How often it was taken up again. */
  readonly times: number;
  /** Whether something was sent and waits to be read back. */
  readonly isSent: boolean;
}

/** The runs of a ledger's entries, which come in its order. */
const runsOf = (entries: readonly HistoryEntry[]): readonly Run[] => {
  const begun = entries.find(({ kind }) => kind === 'claimed');
  const runs: Run[] = [];
  for (const newest of entries) {
    const isAgain = newest.kind === 'claimed' && newest !== begun;
    const isPause = isAgain || newest.kind === 'released';
    const before = isPause && runs.at(-1)?.isPause ? runs.pop() : undefined;
    runs.push({
      newest,
      isPause,
      times: (before?.times ?? 0) + (isAgain ? 1 : 0),
      isSent: before?.isSent || (newest.kind === 'released' && newest.state === 'running'),
    });
  }
  return runs;
};

/** When the change that an entry is about was sent last. */
const sentAt = ({ seq, facts }: HistoryEntry, entries: readonly HistoryEntry[]): number | undefined =>
  entries.findLast((one) => one.kind === 'intent' && one.facts.target === facts.target && one.seq < seq)?.at;

/** What the ledger says of a request, the newest first, from its entries in their order. */
export const historyLines = (entries: readonly HistoryEntry[], zone: string): readonly HistoryLine[] =>
  runsOf(entries)
    .map(({ newest, times, isSent }) => {
      const often = times === 1 ? 'once more' : `${times} more times`;
      const means =
        times === 0
          ? entryWords(newest, sentAt(newest, entries))
          : `Flagman took it up ${often} to ${isSent ? 'read it back' : 'go on'}.`;
      return { say: timeOf(newest, zone), means };
    })
    .toReversed();
