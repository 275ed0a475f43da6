import type { Kysely, Transaction } from 'kysely';
import type { Approval, Notice } from '../actions/approval.ts';
import { type ApprovalRow, approvalOf, columnsOf, isKnown } from './approval-row.ts';
import { appendAll, type Sealing } from './ledger-append.ts';
import { keepNotices } from './post-rows.ts';
import type { Tables } from './tables.ts';
import type { WriteTogether } from './together.ts';

/** An approval after a change, and everything that is written in the same transaction. */
export interface Written {
  readonly approval: Approval;
  readonly notices: readonly Notice[];
  /** In their order; the store notes for each of them that it is about this approval. */
  readonly entries: readonly Sealing[];
  /** Makes the seal that is kept with the approval of the text that is stored. */
  readonly seal: (document: string) => string;
}

/** Requests for changes, and their lives. All reject when the store cannot be read or written; nothing is half done. */
export interface Approvals {
  /**
   * Keeps a new approval under the next number; numbers begin with 1001 and have no gaps. Writes nothing at all when
   * one of its targets is in an open approval already (`taken`: the number of that one), or when the requester has
   * `mostOpen` open ones (`full`: how many). `make` must be pure: it may be called several times.
   */
  create(
    make: (number: number) => Written,
    mostOpen: number,
  ): Promise<Approval | { readonly taken: number } | { readonly full: number }>;
  /**
   * Keeps a change of the approval whose revision was one less. False when there is none: somebody else changed it
   * first, or it is of a newer version of Flagman; then nothing at all is written.
   */
  save(written: Written): Promise<boolean>;
  /** Undefined, too, when a newer version of Flagman wrote it. */
  find(number: number): Promise<Approval | undefined>;
  /** The same as it is stored, for whoever can check its seal. */
  row(number: number): Promise<ApprovalRow | undefined>;
  /** All of them, by number. */
  rows(): Promise<readonly ApprovalRow[]>;
  /** Those that can still change, the oldest first. */
  open(): Promise<readonly Approval[]>;
  /** Those that need attention by now, the longest due first. */
  due(now: number, most: number): Promise<readonly Approval[]>;
  /** Forgets closed approvals about which the ledger has said nothing since then, with their messages. */
  prune(before: number): Promise<void>;
}

/**
 * The next number. Whoever has asked for it holds the counter until the commit, as FOR UPDATE would: of two requests
 * for one target, or of one person, the second sees the first.
 */
const nextNumber = async (on: Transaction<Tables>): Promise<number> => {
  const { last } = await on
    .updateTable('approval_counter')
    .set((counter) => ({ last: counter.ref('last') }))
    .where('id', '=', 1)
    .returning('last')
    .executeTakeFirstOrThrow();
  return last + 1;
};

const sealedRowOf = ({ approval, seal }: Written): ApprovalRow => {
  const columns = columnsOf(approval);
  return { ...columns, seal: seal(columns.document) };
};

const targetsOf = ({ targets }: Approval): readonly [string, ...string[]] => {
  const [first, ...others] = targets;
  return [first.signIn.id.toLowerCase(), ...others.map(({ signIn }) => signIn.id.toLowerCase())];
};

/** The open approval that already has one of these targets. */
const holderOf = async (on: Transaction<Tables>, targets: readonly string[]): Promise<number | undefined> => {
  const row = await on
    .selectFrom('approval_targets')
    .select('number')
    .where('open', '=', 1)
    .where('target_id', 'in', targets)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return row?.number;
};

const openOf = async (on: Transaction<Tables>, requesterId: string): Promise<number> => {
  const rows = await on
    .selectFrom('approvals')
    .select('number')
    .where('open', '=', 1)
    .where('requester_id', '=', requesterId)
    .execute();
  return rows.length;
};

// The head of the ledger comes last: every writer of approvals takes its locks in this order, so none waits in a
// circle, and all replicas wait for the head as briefly as can be.
const writeBeside = async (
  on: Transaction<Tables>,
  { approval, notices, entries }: Written,
): Promise<void> => {
  await keepNotices(on, approval, notices);
  if (entries.length === 0) return;
  await appendAll(
    on,
    entries.map((entry) => ({ ...entry, approval: approval.number })),
  );
};

/** Forgets what is closed and of which the ledger has said nothing since. */
const forget = async (on: Transaction<Tables>, before: number): Promise<void> => {
  const forgotten = on
    .selectFrom('approvals')
    .select('approvals.number')
    .where('open', '=', 0)
    .where('created_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('ledger_approvals')
            .innerJoin('ledger', 'ledger.seq', 'ledger_approvals.seq')
            .select('ledger.seq')
            .whereRef('ledger_approvals.number', '=', 'approvals.number')
            .where('ledger.at', '>=', before),
        ),
      ),
    );
  await on.deleteFrom('posts').where('number', 'in', forgotten).execute();
  await on.deleteFrom('approval_targets').where('number', 'in', forgotten).execute();
  await on.deleteFrom('approvals').where('number', 'in', forgotten).execute();
};

/**
 * Approvals in the store.
 *
 * @param write commits one write at a time: two of them in one transaction could wait for those of another replica
 */
export const approvalsIn = (db: Kysely<Tables>, write: WriteTogether): Approvals => {
  const known = () => db.selectFrom('approvals').select(['number', 'document']).where(isKnown);
  const whole = () => db.selectFrom('approvals').selectAll().where(isKnown);

  return {
    create: (make, mostOpen) =>
      write(async (on) => {
        const number = await nextNumber(on);
        const written = make(number);
        const { approval } = written;
        const targets = targetsOf(approval);
        const taken = await holderOf(on, targets);
        if (taken !== undefined) return { taken };
        const full = await openOf(on, approval.requester.id);
        if (full >= mostOpen) return { full };
        await on.updateTable('approval_counter').set({ last: number }).where('id', '=', 1).execute();
        await on.insertInto('approvals').values(sealedRowOf(written)).execute();
        const rows = targets.map((target_id) => ({ number, target_id, open: 1 }));
        await on.insertInto('approval_targets').values(rows).execute();
        await writeBeside(on, written);
        return approval;
      }),

    save: (written) =>
      write(async (on) => {
        const { number, ...columns } = sealedRowOf(written);
        const { numUpdatedRows } = await on
          .updateTable('approvals')
          .set(columns)
          .where('number', '=', number)
          .where('revision', '=', columns.revision - 1)
          .where(isKnown)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        if (columns.open === 0)
          await on.updateTable('approval_targets').set({ open: 0 }).where('number', '=', number).execute();
        await writeBeside(on, written);
        return true;
      }),

    async find(number) {
      const row = await known().where('number', '=', number).executeTakeFirst();
      return row && approvalOf(row);
    },
    row: (number) => whole().where('number', '=', number).executeTakeFirst(),
    rows: () => whole().orderBy('number').execute(),
    open: async () => (await known().where('open', '=', 1).orderBy('number').execute()).map(approvalOf),
    async due(now, most) {
      const rows = await known()
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('number')
        .limit(most)
        .execute();
      return rows.map(approvalOf);
    },
    prune: (before) => write((on) => forget(on, before)),
  };
};
