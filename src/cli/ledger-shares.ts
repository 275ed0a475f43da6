import type { LedgerRow } from '../ledger/entry.ts';
import { Shared, topicsIn } from '../ledger/incident-event.ts';
import type { RunningLedger } from '../running-ledger.ts';
import { editedIn } from '../share-records.ts';
import type { Store } from '../store/store.ts';

/** What the chain says of shares and incidents, up to an entry. */
const recordedUpTo = async ({ ledger }: Pick<Store, 'ledger'>, last: number) => {
  const shares = new Map<number, LedgerRow>();
  const topics = new Map<string, number>();
  for await (const row of ledger.rows()) {
    if (row.seq > last) break;
    for (const topic of topicsIn(row)) topics.set(`${row.seq} ${topic}`, row.seq);
    if (row.kind === 'shared') shares.set(Shared.parse(JSON.parse(row.body)).share, row);
  }
  return { shares, topics };
};

/** What is wrong with one share, as sentences; `row` is what the ledger recorded of it. */
const faultsOf = async (
  { shares }: Pick<Store, 'shares'>,
  number: number,
  row: LedgerRow | undefined,
  { isIn, keptSince }: Judging,
): Promise<readonly string[]> => {
  const share = await shares.find(number);
  if (!share) return [`share ${number}: the store does not know it`];
  if (!row) return [`share ${number}: the ledger knows of none`];
  const edited = editedIn(share, { row, name: '' }, { isIn }, keptSince);
  return edited.map((what) => `share ${number}: not as the ledger recorded it: ${what}`);
};

interface Judging extends Pick<RunningLedger, 'isIn'> {
  /** Since when rows are kept, epoch milliseconds. */
  readonly keptSince: number;
}

/**
 * In which shares the store holds something else than the ledger recorded, and which entries the index beside the chain
 * hides or makes up: timelines are read by it. The ledger must have been found whole. What a running bot adds meanwhile
 * is left out.
 */
export const shareDifferencesOf = async (
  store: Pick<Store, 'ledger' | 'shares'>,
  judging: Judging,
): Promise<readonly string[]> => {
  const stored = await store.shares.numbers();
  const { size } = await store.ledger.head();
  const { shares, topics } = await recordedUpTo(store, size);
  const numbers = new Set([...stored, ...shares.keys()]);
  const faults: string[] = [];
  for (const number of numbers) faults.push(...(await faultsOf(store, number, shares.get(number), judging)));
  const indexed = new Set((await store.ledger.topics()).map(({ seq, topic }) => `${seq} ${topic}`));
  const hidden = [...topics].filter(([entry]) => !indexed.has(entry)).map(([, seq]) => seq);
  return [
    ...faults,
    ...[...new Set(hidden)].map((seq) => `entry ${seq}: the index hides it from its share or incident`),
  ];
};
