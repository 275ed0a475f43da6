import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Evidence } from '../entra/ledger-event.ts';
import { hashOf, isSealed, type LedgerRow } from './entry.ts';
import { approvalOf, changeOf, type RecordedChange, Requested } from './event.ts';
import type { LedgerKey } from './keys.ts';

/** An approval as the ledger alone tells it: everything about it that decides, but how each target stands. */
export interface Recorded extends Evidence {
  readonly action: string;
  /** Ids, in their order. */
  readonly targets: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly performBy?: number;
  /** Object id of whoever approved, rejected or withdrew it last. */
  readonly decidedBy?: string;
}

const Approved = z.object({ performBy: z.number() });

const begun = ({ kind, version, state, hash, facts }: RecordedChange, { at, actor }: LedgerRow): Recorded => {
  if (kind !== 'requested' || version !== 1)
    throw new RangeError('The first entry of an approval is missing.');
  return { ...Requested.parse(facts), requesterId: actor, createdAt: at, state, version, hash };
};

const decisionOf = ({ kind, version, facts }: RecordedChange, { actor }: LedgerRow): Partial<Recorded> => {
  switch (kind) {
    case 'approved': {
      const { performBy } = Approved.parse(facts);
      return { approved: { personId: actor, version }, performBy, decidedBy: actor };
    }
    case 'rejected':
    case 'withdrawn':
      return { decidedBy: actor };
    default:
      return {};
  }
};

/** What is known after one more entry. */
const after = (before: Recorded | undefined, change: RecordedChange, row: LedgerRow): Recorded => {
  if (before === undefined) return begun(change, row);
  const { version, state, hash } = change;
  // Versions are counted one by one, and each step of the count is on record.
  if (change.kind === 'requested' || version < before.version || version > before.version + 1)
    throw new RangeError('Entries of an approval are missing, or stand twice.');
  return { ...before, ...decisionOf(change, row), version, state, hash };
};

/** Makes the table of approvals from the ledger alone, row by row. Throws when the entries of one do not add up. */
export const fold = async (
  rows: AsyncIterable<LedgerRow> | Iterable<LedgerRow>,
): Promise<ReadonlyMap<number, Recorded>> => {
  const approvals = new Map<number, Recorded>();
  for await (const row of rows) {
    const change = changeOf(row);
    if (change) approvals.set(change.approval, after(approvals.get(change.approval), change, row));
  }
  return approvals;
};

/** What the entries of one approval are checked by; none of it comes from them. */
export interface KnownBy {
  readonly number: number;
  readonly origin: string;
  /** The newest first. */
  readonly keys: readonly LedgerKey[];
}

/** Throws when one of these rows is not as it was sealed, or not about this approval. */
const checkSeals = (rows: readonly LedgerRow[], { number, origin, keys }: KnownBy): void => {
  let oldest = keys.length - 1;
  for (const row of rows) {
    // A key that had been replaced seals nothing any more.
    const age = keys.findIndex(({ id }, at) => at <= oldest && id === row.keyId);
    const key = keys[age];
    const isOurs =
      key !== undefined &&
      row.origin === origin &&
      hashOf(row, row.prevHash) === row.hash &&
      isSealed(key, row) &&
      approvalOf(row) === number;
    if (!isOurs) throw new RangeError(`Entry ${row.seq} of the ledger is not as it was written.`);
    oldest = age;
  }
};

/**
 * What the ledger says of one approval, by its entries in their order; undefined when it says nothing. Throws when one
 * of them is not genuine or is missing between the others; whether any are missing at the end, only the whole ledger
 * tells.
 */
export const evidenceOf = (rows: readonly LedgerRow[], known: KnownBy): Evidence | undefined => {
  checkSeals(rows, known);
  return rows.reduce<Recorded | undefined>((before, row) => {
    const change = changeOf(row);
    return change ? after(before, change, row) : before;
  }, undefined);
};

/** An approval as a table holds it. */
export interface Kept extends Omit<Recorded, 'requesterId' | 'targets' | 'decidedBy' | 'approved'> {
  readonly number: number;
  readonly requester: { readonly id: string };
  readonly targets: readonly { readonly signIn: { readonly id: string } }[];
  readonly decided?: { readonly by: { readonly id: string } };
}

/** What the ledger and the table tell differently about an approval, or which of them does not know it. */
export interface Difference {
  readonly number: number;
  readonly what: keyof Omit<Recorded, 'approved'> | 'not in the ledger' | 'not in the table';
}

const FIELDS = [
  'state',
  'version',
  'hash',
  'requesterId',
  'decidedBy',
  'action',
  'targets',
  'createdAt',
  'expiresAt',
  'performBy',
] as const;

const differencesIn = (recorded: Recorded | undefined, kept: Kept): readonly Difference[] => {
  const { number, requester, targets, decided, ...same } = kept;
  if (recorded === undefined) return [{ number, what: 'not in the ledger' }];
  const seen: Partial<Recorded> = {
    ...same,
    requesterId: requester.id,
    targets: targets.map(({ signIn }) => signIn.id),
    ...(decided && { decidedBy: decided.by.id }),
  };
  return FIELDS.filter((field) => !isDeepStrictEqual(recorded[field], seen[field])).map((what) => ({
    number,
    what,
  }));
};

/** Holds the approvals of a table against what the ledger says of them. */
export const compare = (
  recorded: ReadonlyMap<number, Recorded>,
  table: Iterable<Kept>,
): readonly Difference[] => {
  const kept = [...table];
  const numbers = new Set(kept.map(({ number }) => number));
  const unkept = [...recorded.keys()].filter((number) => !numbers.has(number));
  return [
    ...kept.flatMap((one) => differencesIn(recorded.get(one.number), one)),
    ...unkept.map((number): Difference => ({ number, what: 'not in the table' })),
  ];
};
