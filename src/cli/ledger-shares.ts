import { Shared, topicsIn } from '../ledger/incident-event.ts';
import type { Store } from '../store/store.ts';

/** What the chain says of shares and incidents, up to an entry. */
const recordedUpTo = async ({ ledger }: Pick<Store, 'ledger'>, last: number) => {
  const hashes = new Map<number, string>();
  const topics = new Map<string, number>();
  for await (const row of ledger.rows()) {
    if (row.seq > last) break;
    for (const topic of topicsIn(row)) topics.set(`${row.seq} ${topic}`, row.seq);
    if (row.kind !== 'shared') continue;
    const { share, hash } = Shared.parse(JSON.parse(row.body));
    hashes.set(share, hash);
  }
  return { hashes, topics };
};

/**
 * In which shares the store holds something else than the ledger recorded, and which entries the index beside the chain
 * hides or makes up: timelines are read by it. The ledger must have been found whole. What a running bot adds meanwhile
 * is left out.
 */
export const shareDifferencesOf = async (
  store: Pick<Store, 'ledger' | 'shares'>,
): Promise<readonly string[]> => {
  const { size } = await store.ledger.head();
  const { hashes, topics } = await recordedUpTo(store, size);
  const differences: string[] = [];
  for (const [number, hash] of hashes) {
    const share = await store.shares.find(number);
    if (!share) differences.push(`share ${number}: the store does not know it`);
    else if (share.hash !== hash)
      differences.push(`share ${number}: its rows in the store are not what was shared`);
  }
  const indexed = new Set((await store.ledger.topics()).map(({ seq, topic }) => `${seq} ${topic}`));
  const hidden = [...topics].filter(([entry]) => !indexed.has(entry)).map(([, seq]) => seq);
  return [
    ...differences,
    ...[...new Set(hidden)].map((seq) => `entry ${seq}: the index hides it from its share or incident`),
  ];
};
