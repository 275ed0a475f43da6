import { z } from 'zod';
import type { Checkpoint } from './checkpoint.ts';
import { type Head, hashOf, isSealed, type LedgerRow, START } from './entry.ts';
import { Json } from './json.ts';
import { keyIdOf, type LedgerKey, type PublicKey } from './keys.ts';

/**
 * What is wrong with a row:
 * changed: its texts do not have its hash; removed: rows that stood before it are gone; inserted: it stands twice;
 * re-ordered: it belongs elsewhere; forged: hashed anew without the key; unlinked: it follows another history;
 * foreign-origin: another ledger's; unknown-key: sealed by a key that was not given; old-key: by a key that had been
 * replaced before, or by one that no entry announced; cut: the store itself knows of more rows; behind: a checkpoint
 * does; unreadable: a line of an export is not as it was written.
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
  | 'behind'
  | 'unreadable';

/** Either a whole ledger, or its first bad row. */
export type Verification =
  | {
      readonly ok: true;
      readonly head: Head;
      /** Rows after the last checkpoint: their removal would not show. Without a checkpoint these are all. */
      readonly uncovered: number;
    }
  | { readonly ok: false; readonly seq: number; readonly why: Fault };

/** What an auditor knows from elsewhere; nothing of it may come from the rows themselves. */
export interface PubliclyKnown {
  readonly origin: string;
  /** Every key there was, the newest first. */
  readonly keys: readonly PublicKey[];
  /** In any order. */
  readonly checkpoints?: readonly Checkpoint[];
  /** What the store itself said of its end before the rows were read; it tells a clumsy cut, and proves nothing. */
  readonly head?: Pick<Head, 'size'>;
}

/** What whoever holds the secrets knows. */
export interface Known extends PubliclyKnown {
  readonly keys: readonly LedgerKey[];
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
const ageOf = ({ keys }: PubliclyKnown, keyId: string): number => keys.findIndex(({ id }) => id === keyId);

/** Whether this is the entry with which its key takes the place of the one before. */
const isTurn = ({ kind, body, keyId }: LedgerRow, before: LedgerRow): boolean => {
  const turn = z.object({
    from: z.literal(before.keyId),
    to: z.literal(keyId),
    publicKey: z.base64().refine((der) => keyIdOf(Buffer.from(der, 'base64')) === keyId),
  });
  return kind === KEY_ENTRY && Json.pipe(turn).safeParse(body).success;
};

/** What a verifier goes by. */
interface Rules {
  readonly known: PubliclyKnown;
  readonly isSealed: (row: LedgerRow) => boolean;
}

const faultOfKey = (
  row: LedgerRow,
  before: LedgerRow | undefined,
  { known, isSealed }: Rules,
): Fault | undefined => {
  const age = ageOf(known, row.keyId);
  if (age < 0) return 'unknown-key';
  if (!isSealed(row)) return 'forged';
  if (before === undefined || before.keyId === row.keyId) return undefined;
  // Whoever found an old key must not be able to go on with it.
  return age < ageOf(known, before.keyId) && isTurn(row, before) ? undefined : 'old-key';
};

/** A row, and what stands before and after it. */
interface Standing {
  readonly row: LedgerRow;
  readonly before: LedgerRow | undefined;
  readonly next: LedgerRow | undefined;
}

const dueAfter = (before: LedgerRow | undefined): number => (before?.seq ?? START.size) + 1;

const faultOf = ({ row, before, next }: Standing, rules: Rules): Fault | undefined => {
  const due = dueAfter(before);
  if (row.seq !== due || hashOf(row, row.prevHash) !== row.hash) return misplaced(row, next, due);
  const keyFault = faultOfKey(row, before, rules);
  if (keyFault) return keyFault;
  const { origin, checkpoints = [] } = rules.known;
  if (row.origin !== origin) return 'foreign-origin';
  if (row.prevHash !== (before?.hash ?? START.hash)) return 'unlinked';
  return checkpoints.some(({ size, hash }) => size === row.seq && hash !== row.hash) ? 'behind' : undefined;
};

const atEnd = (last: LedgerRow | undefined, { checkpoints = [], head }: PubliclyKnown): Verification => {
  const end: Head = last ? { size: last.seq, hash: last.hash } : START;
  const covered = Math.max(0, ...checkpoints.map(({ size }) => size));
  if (end.size < covered) return { ok: false, seq: end.size + 1, why: 'behind' };
  if (head && end.size < head.size) return { ok: false, seq: end.size + 1, why: 'cut' };
  return { ok: true, head: end, uncovered: end.size - covered };
};

type Rows = AsyncIterable<LedgerRow> | Iterable<LedgerRow>;

/** Reads row by row, in constant memory, to the first bad one. */
const verifyBy = async (rules: Rules, rows: Rows): Promise<Verification> => {
  let before: LedgerRow | undefined;
  let row: LedgerRow | undefined;
  for await (const next of rows) {
    const why = row && faultOf({ row, before, next }, rules);
    if (why) return { ok: false, seq: dueAfter(before), why };
    [before, row] = [row, next];
  }
  const why = row && faultOf({ row, before, next: undefined }, rules);
  return why ? { ok: false, seq: dueAfter(before), why } : atEnd(row, rules.known);
};

/**
 * Reads a ledger and names its first bad row. What it can find, and what no ledger can show by itself (rows cut off
 * behind the last checkpoint), stands in the README.
 */
export const verifyLedger = (rows: Rows, known: Known): Promise<Verification> => {
  const isSealedRow = (row: LedgerRow): boolean =>
    known.keys.some((key) => key.id === row.keyId && isSealed(key, row));
  return verifyBy({ known, isSealed: isSealedRow }, rows);
};

/**
 * The same without the secrets: what a checkpoint covers is proven by its signature. Seals are not looked at, so rows
 * after the last checkpoint are unproven.
 */
export const verifyPublicly = (rows: Rows, known: PubliclyKnown): Promise<Verification> =>
  verifyBy({ known, isSealed: () => true }, rows);
