import type { Kysely, Selectable } from 'kysely';
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

export interface Ledger {
  /**
   * Appends what `seal` makes of the head, with its facts beside it; gives the new head once it is committed. Who
   * appends at the same time waits, in this process or another.
   */
  append(seal: (head: Head) => LedgerRow, facts: readonly LedgerFact[]): Promise<Head>;
  head(): Promise<Head>;
  find(seq: number): Promise<LedgerRow | undefined>;
  /** Every row in order; only some of them are in memory at once. */
  rows(): AsyncGenerator<LedgerRow, void>;
  /** The newest entries that name this user, as long as their facts are kept. */
  about(user: string, most: number): Promise<readonly NamedRow[]>;
  /** Erases the facts, never the entries, of before. */
  prune(before: number): Promise<void>;
}

const ROWS_AT_ONCE = 1_000;

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

/** The table that is only ever added to. */
export const ledgerIn = (db: Kysely<Tables>, write: WriteTogether): Ledger => ({
  append: (seal, facts) =>
    write(async (on) => {
      // Counting on takes the head's lock, as FOR UPDATE would, in SQLite too: nobody reads the hash meanwhile.
      const { size, hash } = await on
        .updateTable('ledger_head')
        .set((head) => ({ size: head('size', '+', 1) }))
        .where('id', '=', 1)
        .returning(['size', 'hash'])
        .executeTakeFirstOrThrow();
      const row = seal({ size: size - 1, hash });
      await on.insertInto('ledger').values(columnsOf(row)).execute();
      await on.updateTable('ledger_head').set({ hash: row.hash }).where('id', '=', 1).execute();
      const { seq, at } = row;
      if (facts.length > 0) {
        const values = facts.map((fact) => ({ ...fact, seq, at }));
        await on.insertInto('ledger_private').values(values).execute();
      }
      return { size: seq, hash: row.hash };
    }),
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
  prune: (before) =>
    write(async (on) => {
      await on.deleteFrom('ledger_private').where('at', '<', before).execute();
    }),
});
