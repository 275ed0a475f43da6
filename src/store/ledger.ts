import type { Kysely, Selectable, SelectQueryBuilder } from 'kysely';
import type { Head, LedgerRow } from '../ledger/entry.ts';
import { type Append, appendsTogether } from './ledger-append.ts';
import type { LedgerTable } from './ledger-tables.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

export type { Sealing } from './ledger-append.ts';

/** A row of the ledger, and by what name its actor went. */
export interface NamedRow {
  readonly row: LedgerRow;
  readonly name: string;
}

/** The same, and the reason that the actor gave. Empty where it was erased or there was none. */
export interface ReasonedRow extends NamedRow {
  readonly reason: string;
}

export interface Ledger {
  readonly append: Append;
  head(): Promise<Head>;
  find(seq: number): Promise<LedgerRow | undefined>;
  /** Every row in order; only some of them are in memory at once. */
  rows(): AsyncGenerator<LedgerRow, void>;
  /** The newest entries that name this user, as long as their facts are kept. */
  about(user: string, most: number): Promise<readonly NamedRow[]>;
  /** Every entry about this approval, in order. */
  ofApproval(number: number): Promise<readonly ReasonedRow[]>;
  /** Every entry about this topic, in order. */
  onTopic(topic: string): Promise<readonly ReasonedRow[]>;
  /** Which entries are about which topic, by the index beside the chain. */
  topics(): Promise<readonly { readonly seq: number; readonly topic: string }[]>;
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

/** Entries in their order, with what is still kept beside each of them. */
const toldIn = async (
  db: Kysely<Tables>,
  which: SelectQueryBuilder<Tables, 'ledger_approvals' | 'ledger_topics', { seq: number }>,
): Promise<readonly ReasonedRow[]> => {
  const rows = await db
    .selectFrom('ledger')
    .leftJoin('ledger_private as name', (join) =>
      join.onRef('name.seq', '=', 'ledger.seq').on('name.what', '=', 'name'),
    )
    .leftJoin('ledger_private as reason', (join) =>
      join.onRef('reason.seq', '=', 'ledger.seq').on('reason.what', '=', 'reason'),
    )
    .selectAll('ledger')
    .select(['name.value as name', 'reason.value as reason'])
    .where('ledger.seq', 'in', which)
    .orderBy('ledger.seq')
    .execute();
  return rows.map((row) => ({ row: rowOf(row), name: row.name ?? '', reason: row.reason ?? '' }));
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
  ofApproval: (number) =>
    toldIn(db, db.selectFrom('ledger_approvals').select('seq').where('number', '=', number)),
  onTopic: (topic) => toldIn(db, db.selectFrom('ledger_topics').select('seq').where('topic', '=', topic)),
  topics: () => db.selectFrom('ledger_topics').select(['seq', 'topic']).orderBy('seq').execute(),
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
