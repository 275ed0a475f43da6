import type { Transaction } from 'kysely';
import type { Head, LedgerRow } from '../ledger/entry.ts';
import type { LedgerFact } from '../ledger/event.ts';
import type { LedgerTable } from './ledger-tables.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** An entry that has no place in the chain yet. */
export interface Sealing {
  /** Makes the row that follows on the head; it may be called several times, for other heads. */
  readonly seal: (head: Head) => LedgerRow;
  readonly facts: readonly LedgerFact[];
  /** The approval that it is about: the n of CR-n. */
  readonly approval?: number;
  /** What else it is about. */
  readonly topics?: readonly string[];
}

/**
 * Appends an entry behind the head, with its facts beside it; gives the new head once it is committed. Who appends at
 * the same time waits, in this process or another.
 */
export type Append = (entry: Sealing) => Promise<Head>;

const columnsOf = ({ prevHash, keyId, ...row }: LedgerRow): LedgerTable => ({
  ...row,
  prev_hash: prevHash,
  key_id: keyId,
});

/**
 * Writes entries, at least one, behind the head, which stays locked until the commit: whatever else the transaction
 * locks comes before. Gives the heads after each of them.
 */
export const appendAll = async (
  on: Transaction<Tables>,
  entries: readonly Sealing[],
): Promise<readonly Head[]> => {
  // Counting on takes the head's lock, as FOR UPDATE would, in SQLite too: nobody reads the hash meanwhile.
  const { size, hash } = await on
    .updateTable('ledger_head')
    .set((head) => ({ size: head('size', '+', entries.length) }))
    .where('id', '=', 1)
    .returning(['size', 'hash'])
    .executeTakeFirstOrThrow();
  let head: Head = { size: size - entries.length, hash };
  const rows = entries.map(({ seal }) => {
    const row = seal(head);
    head = { size: row.seq, hash: row.hash };
    return row;
  });
  await on.insertInto('ledger').values(rows.map(columnsOf)).execute();
  await on.updateTable('ledger_head').set({ hash: head.hash }).where('id', '=', 1).execute();
  const facts = rows.flatMap(({ seq, at }, index) =>
    (entries[index]?.facts ?? []).map((fact) => ({ ...fact, seq, at })),
  );
  if (facts.length > 0) await on.insertInto('ledger_private').values(facts).execute();
  const about = rows.flatMap(({ seq }, index) => {
    const number = entries[index]?.approval;
    return number === undefined ? [] : [{ seq, number }];
  });
  if (about.length > 0) await on.insertInto('ledger_approvals').values(about).execute();
  const topics = rows.flatMap(({ seq }, index) =>
    (entries[index]?.topics ?? []).map((topic) => ({ seq, topic })),
  );
  if (topics.length > 0) await on.insertInto('ledger_topics').values(topics).execute();
  return rows.map((row) => ({ size: row.seq, hash: row.hash }));
};

/** One entry on its way into the chain. */
interface Waiting extends Sealing {
  readonly resolve: (head: Head) => void;
  readonly reject: (error: unknown) => void;
}

/** The most entries that one statement holds: SQLite takes no more than 32,766 values at once. */
const ENTRIES_AT_ONCE = 100;

/** Entries that arrive while a commit is under way are written as one: the statements are what an entry costs. */
export const appendsTogether = (write: WriteTogether): Append => {
  const waiting: Waiting[] = [];

  const commit = async (entries: readonly Waiting[]): Promise<void> => {
    try {
      const heads = await write((on) => appendAll(on, entries));
      for (const [index, head] of heads.entries()) entries[index]?.resolve(head);
    } catch (error) {
      if (entries.length === 1) entries[0]?.reject(error);
      // One entry that cannot be written must not take the others with it.
      else for (const one of entries) await commit([one]);
    }
  };

  let isBusy = false;
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) await commit(waiting.splice(0, ENTRIES_AT_ONCE));
    isBusy = false;
  };

  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ ...entry, resolve, reject });
      if (!isBusy) setImmediate(flush);
      isBusy = true;
    });
};
