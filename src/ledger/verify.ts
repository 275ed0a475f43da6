import type { Checkpoint } from './checkpoint.ts';
import { type Head, hashOf, isSealed, type LedgerRow, START } from './entry.ts';
import type { LedgerKey } from './keys.ts';

/**
 * What is wrong with a row:
 * changed: its texts do not have its hash; removed: rows that stood before it are gone; inserted: it stands twice;
 * re-ordered: it belongs elsewhere; forged: hashed anew without the key; unlinked: it follows another history;
 * foreign-origin: another ledger's; unknown-key: sealed by a key that was not given; old-key: by a key that had been
 * replaced before; cut: the store itself knows of more rows; behind: a checkpoint does.
 */
export type Fault =
  | 'changed'
  | 'removed'
  | 'inserted'
  | 're-ordered'
  | 'forged'
  | 'unlinked'
  | 'foreign-origin'
  | 'unknown-key'
  | 'old-key'
  | 'cut'
  | 'behind';

/** Either a whole ledger, or its first bad row. */
export type Verification =
  | {
      readonly ok: true;
      readonly head: Head;
      /** Rows after the checkpoint: their removal would not show. Without a checkpoint these are all. */
      readonly uncovered: number;
    }
  | { readonly ok: false; readonly seq: number; readonly why: Fault };

/** What a verifier knows from elsewhere; nothing of it may come from the rows themselves. */
export interface Known {
  readonly origin: string;
  /** Every key there was, the newest first. */
  readonly keys: readonly LedgerKey[];
  readonly checkpoint?: Checkpoint;
  /** What the store itself said of its end before the rows were read; it tells a clumsy cut, and proves nothing. */
  readonly head?: Pick<Head, 'size'>;
}

/** The kind of the entry with which a new key begins. */
export const KEY_ENTRY = 'key';

/** How far from its place a row is looked for when it does not fit: enough to name what happened to it. */
const NEARBY = 256;

/** The place for which a row was hashed, where that is not far from here. */
const placeOf = (row: LedgerRow): number | undefined => {
  for (let away = 0; away <= NEARBY; away += 1) {
    const at = [row.seq + away, row.seq - away].find(
      (seq) => seq > 0 && hashOf({ ...row, seq }, row.prevHash) === row.hash,
    );
    if (at !== undefined) return at;
  }
  return undefined;
};

/** What happened to a row whose number or hash is not the one that is due at `due`. */
const misplaced = (row: LedgerRow, next: LedgerRow | undefined, due: number): Fault => {
  const place = placeOf(row);
  if (place === undefined || place === due) return 'changed';
  if (place < due) return 'inserted';
  return next === undefined || placeOf(next) === place + 1 ? 'removed' : 're-ordered';
};

/** Where a key stands in time, 0 being the newest; -1 when it is not known. */
const ageOf = ({ keys }: Known, keyId: string): number => keys.findIndex(({ id }) => id === keyId);

const faultOfKey = (row: LedgerRow, before: LedgerRow | undefined, known: Known): Fault | undefined => {
  const age = ageOf(known, row.keyId);
  const key = known.keys[age];
  if (key === undefined) return 'unknown-key';
  if (!isSealed(key, row)) return 'forged';
  if (before === undefined || before.keyId === row.keyId) return undefined;
  // Whoever found an old key must not be able to go on with it.
  return age < ageOf(known, before.keyId) && row.kind === KEY_ENTRY ? undefined : 'old-key';
};

/** A row, and what stands before and after it. */
interface Standing {
  readonly row: LedgerRow;
  readonly before: LedgerRow | undefined;
  readonly next: LedgerRow | undefined;
}

const dueAfter = (before: LedgerRow | undefined): number => (before?.seq ?? START.size) + 1;

const faultOf = ({ row, before, next }: Standing, known: Known): Fault | undefined => {
  const due = dueAfter(before);
  if (row.seq !== due || hashOf(row, row.prevHash) !== row.hash) return misplaced(row, next, due);
  const keyFault = faultOfKey(row, before, known);
  if (keyFault) return keyFault;
  if (row.origin !== known.origin) return 'foreign-origin';
  if (row.prevHash !== (before?.hash ?? START.hash)) return 'unlinked';
  const { checkpoint } = known;
  return checkpoint?.size === row.seq && checkpoint.hash !== row.hash ? 'behind' : undefined;
};

const atEnd = (last: LedgerRow | undefined, { checkpoint, head }: Known): Verification => {
  const end: Head = last ? { size: last.seq, hash: last.hash } : START;
  const covered = checkpoint?.size ?? 0;
  if (end.size < covered) return { ok: false, seq: end.size + 1, why: 'behind' };
  if (head && end.size < head.size) return { ok: false, seq: end.size + 1, why: 'cut' };
  return { ok: true, head: end, uncovered: end.size - covered };
};

/**
 * Reads a ledger row by row, in constant memory, and names the first bad one. What it can find, and what no ledger
 * can show by itself (rows cut off behind the last checkpoint), stands in the README.
 */
export const verifyLedger = async (
  rows: AsyncIterable<LedgerRow> | Iterable<LedgerRow>,
  known: Known,
): Promise<Verification> => {
  let before: LedgerRow | undefined;
  let row: LedgerRow | undefined;
  for await (const next of rows) {
    const why = row && faultOf({ row, before, next }, known);
    if (why) return { ok: false, seq: dueAfter(before), why };
    [before, row] = [row, next];
  }
  const why = row && faultOf({ row, before, next: undefined }, known);
  return why ? { ok: false, seq: dueAfter(before), why } : atEnd(row, known);
};
