import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Testimony } from '../entra/ledger-event.ts';
import { hashOf, isSealed, type LedgerRow } from './entry.ts';
import { approvalOf, changeOf, type RecordedChange, Requested } from './event.ts';
import type { LedgerKey } from './keys.ts';

/** An approval as the ledger alone tells it: everything about it that decides, but how each target stands. */
export interface Recorded extends Testimony {
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

const begun = (
  { kind, version, state, hash, revision, facts }: RecordedChange,
  { at, actor }: LedgerRow,
): Recorded => {
  if (kind !== 'requested' || version !== 1)
    throw new RangeError('The first entry of an approval is missing.');
  return { ...Requested.parse(facts), requesterId: actor, createdAt: at, state, version, hash, revision };
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

/** In these an approval can still change; every other state is its end. */
const OPEN: ReadonlySet<string> = new Set(['pending', 'approved', 'running', 'unknown']);

/** What is known after one more entry. */
const after = (before: Recorded | undefined, change: RecordedChange, row: LedgerRow): Recorded => {
  if (before === undefined) return begun(change, row);
  const { version, state, hash, revision = before.revision } = change;
  // Versions are counted one by one, and each step of the count is on record.
  if (change.kind === 'requested' || version < before.version || version > before.version + 1)
    throw new RangeError('Entries of an approval are missing, or stand twice.');
  // Only a row that was edited afterwards is made void once more.
  if (!OPEN.has(before.state) && state !== before.state && change.kind !== 'voided')
    throw new RangeError(`It was ${before.state}, and went on as ${state} (entry ${row.seq}).`);
  return { ...before, ...decisionOf(change, row), version, state, hash, revision };
};

/** What the ledger alone tells of approvals, by their numbers. */
export interface Folded {
  readonly approvals: ReadonlyMap<number, Recorded>;
  /** Why the entries of one do not add up. */
  readonly broken: ReadonlyMap<number, string>;
}

/** Makes the table of approvals from the ledger alone, row by row. */
export const fold = async (rows: AsyncIterable<LedgerRow> | Iterable<LedgerRow>): Promise<Folded> => {
  const approvals = new Map<number, Recorded>();
  const broken = new Map<number, string>();
  for await (const row of rows) {
    const change = changeOf(row);
    if (!change || broken.has(change.approval)) continue;
    const { approval } = change;
    try {
      approvals.set(approval, after(approvals.get(approval), change, row));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      broken.set(approval, error.message);
    }
  }
  return { approvals, broken };
};

/** What the entries of one approval are checked by; none of it comes from them. */
export interface KnownBy {
  readonly number: number;
  readonly origin: string;
  /** The newest first. */
  readonly keys: readonly LedgerKey[];
}

/**
 * Throws when one of these rows is not as it was sealed, or by its own words not about what it was looked up for: an
 * index beside the chain can be edited.
 */
export const checkSeals = (
  rows: readonly LedgerRow[],
  { origin, keys }: Omit<KnownBy, 'number'>,
  isAbout: (row: LedgerRow) => boolean,
): void => {
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
      isAbout(row);
    if (!isOurs) throw new RangeError(`Entry ${row.seq} of the ledger is not as it was written.`);
    oldest = age;
  }
};

/**
 * What the ledger says of one approval, by its entries in their order; undefined when it says nothing. Throws when one
 * of them is not genuine or is missing between the others; whether any are missing at the end, only the whole ledger
 * tells.
 */
export const evidenceOf = (rows: readonly LedgerRow[], known: KnownBy): Testimony | undefined => {
  checkSeals(rows, known, (row) => approvalOf(row) === known.number);
  return rows.reduce<Recorded | undefined>((before, row) => {
    const change = changeOf(row);
    return change ? after(before, change, row) : before;
  }, undefined);
};

/** An approval as a table holds it. */
export interface Kept
  extends Omit<Recorded, 'revision' | 'requesterId' | 'targets' | 'decidedBy' | 'approved'> {
  readonly number: number;
  readonly revision: number;
  readonly requester: { readonly id: string };
  readonly targets: readonly { readonly signIn: { readonly id: string } }[];
  readonly decided?: { readonly by: { readonly id: string } };
}

/** What the ledger and the table tell differently about an approval, or why one of them does not know it. */
export interface Difference {
  readonly number: number;
  /** "the table says pending, the ledger says withdrawn". */
  readonly what: string;
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

type Field = (typeof FIELDS)[number];

/** A state speaks for itself; everything else is said by its name. */
const told = (field: Field, value: Partial<Recorded>[Field]): string =>
  field === 'state' ? String(value) : `${field} ${value ?? 'nothing'}`;

const differencesIn = (recorded: Recorded | undefined, kept: Kept): readonly Difference[] => {
  const { number, revision, requester, targets, decided, ...same } = kept;
  if (recorded === undefined) return [{ number, what: 'it is not in the ledger' }];
  const seen: Partial<Recorded> = {
    ...same,
    requesterId: requester.id,
    targets: targets.map(({ signIn }) => signIn.id),
    ...(decided && { decidedBy: decided.by.id }),
  };
  const differences = FIELDS.filter((field) => !isDeepStrictEqual(recorded[field], seen[field])).map(
    (field) => `the table says ${told(field, seen[field])}, the ledger says ${told(field, recorded[field])}`,
  );
  const isOlder = revision < (recorded.revision ?? 0);
  // What stood there once is older in everything; it is named by itself where nothing else tells.
  const what =
    differences.length === 0 && isOlder ? ['the table holds an older row than the ledger'] : differences;
  return what.map((one) => ({ number, what: one }));
};

/** Holds the approvals of a table against what the ledger says of them. A table may have forgotten what has ended. */
export const compare = ({ approvals, broken }: Folded, table: Iterable<Kept>): readonly Difference[] => {
  const kept = [...table];
  const numbers = new Set(kept.map(({ number }) => number));
  const unkept = [...approvals].filter(([number, { state }]) => !numbers.has(number) && OPEN.has(state));
  return [
    ...[...broken].map(([number, what]): Difference => ({ number, what })),
    ...kept
      .filter(({ number }) => !broken.has(number))
      .flatMap((one) => differencesIn(approvals.get(one.number), one)),
    ...unkept
      .filter(([number]) => !broken.has(number))
      .map(
        ([number, { state }]): Difference => ({
          number,
          what: `the ledger says ${state}, the table does not know it`,
        }),
      ),
  ];
};
