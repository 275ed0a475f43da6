import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Head, LedgerRow } from '../ledger/entry.ts';
import type { LedgerFact } from '../ledger/event.ts';
import type { LedgerTable } from './ledger-tables.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** A row of the ledger, and by what name its actor went. */
export interface NamedRow {
  readonly row: LedgerRow;
  readonly name: string;
}

/** The same, and the reason that the actor gave. Empty where it was erased or there was none. */
export interface ReasonedRow extends NamedRow {
  readonly reason: string;
}

/** An entry that has no place in the chain yet. */
export interface Sealing {
  /** Makes the row that follows on the head; it may be called several times, for other heads. */
  readonly seal: (head: Head) => LedgerRow;
  readonly facts: readonly LedgerFact[];
  /** The approval that it is about: the n of CR-n. */
  readonly approval?: number;
}

export interface Ledger {
  /**
   * Appends what `seal` makes of the head, with its facts beside it; gives the new head once it is committed. Who
   * appends at the same time waits, in this process or another.
   *
   * @param approval the n of the CR-n that it is about
   */
  append(seal: Sealing['seal'], facts: readonly LedgerFact[], approval?: number): Promise<Head>;
  head(): Promise<Head>;
  find(seq: number): Promise<LedgerRow | undefined>;
  /** Every row in order; only some of them are in memory at once. */
  rows(): AsyncGenerator<LedgerRow, void>;
  /** The newest entries that name this user, as long as their facts are kept. */
  about(user: string, most: number): Promise<readonly NamedRow[]>;
  /** Every entry about this approval, in order. */
  ofApproval(number: number): Promise<readonly ReasonedRow[]>;
  /** Erases the facts, never the entries, of before. */
  prune(before: number): Promise<void>;
}

const ROWS_AT_ONCE = 200;

const rowOf = (row: Selectable<LedgerTable>): LedgerRow => ({
  seq: row.seq,
  at: row.at,
  origin: row.origin,
  kind: row.kind,
  actor: row.actor,
  body: row.body,
  prevHash: row.prev_hash,
  hash: row.hash,
  keyId: row.key_id,
  mac: row.mac,
});

const columnsOf = ({ prevHash, keyId, ...row }: LedgerRow): LedgerTable => ({
  ...row,
  prev_hash: prevHash,
  key_id: keyId,
});

/** One entry on its way into the chain. */
interface Waiting extends Sealing {
  readonly resolve: (head: Head) => void;
  readonly reject: (error: unknown) => void;
}

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
  return rows.map((row) => ({ size: row.seq, hash: row.hash }));
};

/** The most entries that one statement holds: SQLite takes no more than 32,766 values at once. */
const ENTRIES_AT_ONCE = 100;

/** Entries that arrive while a commit is under way are written as one: the statements are what an entry costs. */
const appendsTogether = (write: WriteTogether): Ledger['append'] => {
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

  return (seal, facts, approval) =>
    new Promise((resolve, reject) => {
      waiting.push({ seal, facts, ...(approval !== undefined && { approval }), resolve, reject });
      if (!isBusy) setImmediate(flush);
      isBusy = true;
    });
};

/** The table that is only ever added to. */
export const ledgerIn = (db: Kysely<Tables>, write: WriteTogether): Ledger => ({
  append: appendsTogether(write),
  head: () => db.selectFrom('ledger_head').select(['size', 'hash']).executeTakeFirstOrThrow(),
  async find(seq) {
    const row = await db.selectFrom('ledger').selectAll().where('seq', '=', seq).executeTakeFirst();
    return row && rowOf(row);
  },
  async *rows() {
    let last = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const rows = await db
        .selectFrom('ledger')
        .selectAll()
        .where('seq', '>', last)
        .orderBy('seq')
        .limit(ROWS_AT_ONCE)
        .execute();
      for (const row of rows) yield rowOf(row);
      const end = rows.at(-1);
      if (end === undefined) return;
      last = end.seq;
    }
  },
  async about(user, most) {
    const rows = await db
      .selectFrom('ledger_private as fact')
      .innerJoin('ledger', 'ledger.seq', 'fact.seq')
      .leftJoin('ledger_private as name', (join) =>
        join.onRef('name.seq', '=', 'fact.seq').on('name.what', '=', 'name'),
      )
      .selectAll('ledger')
      .select('name.value as name')
      .where('fact.what', '=', 'user')
      .where('fact.value', '=', user)
      .orderBy('ledger.seq', 'desc')
      .limit(most)
      .execute();
    return rows.map((row) => ({ row: rowOf(row), name: row.name ?? '' }));
  },
  async ofApproval(number) {
    const rows = await db
      .selectFrom('ledger_approvals as about')
      .innerJoin('ledger', 'ledger.seq', 'about.seq')
      .leftJoin('ledger_private as name', (join) =>
        join.onRef('name.seq', '=', 'about.seq').on('name.what', '=', 'name'),
      )
      .leftJoin('ledger_private as reason', (join) =>
        join.onRef('reason.seq', '=', 'about.seq').on('reason.what', '=', 'reason'),
      )
      .selectAll('ledger')
      .select(['name.value as name', 'reason.value as reason'])
      .where('about.number', '=', number)
      .orderBy('about.seq')
      .execute();
    return rows.map((row) => ({ row: rowOf(row), name: row.name ?? '', reason: row.reason ?? '' }));
  },
  prune: (before) =>
    write(async (on) => {
      // Along the index from its beginning, so that what stays is not read.
      const kept = on
        .selectFrom('ledger_private')
        .select('seq')
        .where('at', '>=', before)
        .orderBy('seq')
        .limit(1);
      const { seq } = (await kept.executeTakeFirst()) ?? { seq: Number.MAX_SAFE_INTEGER };
      await on.deleteFrom('ledger_private').where('seq', '<', seq).execute();
    }),
});
