import type { HistoryEntry } from '../entra/ledger-event.ts';
import { isoOf, showInstant } from '../lib/time.ts';
import { runsOf, runWords } from './entry-runs.ts';
import { entryWords } from './entry-words.ts';

/** A line of a history: when, and what happened. */
export interface HistoryLine {
  readonly say: string;
  readonly means: string;
}

/** What a heading over such lines says of the times in brackets; nothing where there are none. */
export const zoneWords = (zone: string): string => (zone === 'UTC' ? '' : ` (in brackets: ${zone})`);

/** When something happened, under a heading that names the zone once. */
export const timeOf = ({ at }: Pick<HistoryEntry, 'at'>, zone: string): string =>
  showInstant(isoOf(at), zone).replace(` ${zone})`, ')');

/** One entry as a line. */
export const historyLine = (entry: HistoryEntry, zone: string): HistoryLine => ({
  say: timeOf(entry, zone),
  means: entryWords(entry),
});

/** What the ledger says of a request, the newest first, from its entries in their order. */
export const historyLines = (entries: readonly HistoryEntry[], zone: string): readonly HistoryLine[] =>
  runsOf(entries)
    .map((run) => ({ say: timeOf(run.newest, zone), means: runWords(run, entries) }))
    .toReversed();
