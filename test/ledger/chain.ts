import { type Entry, type LedgerRow, START, seal } from '../../src/ledger/entry.ts';
import { type LedgerKey, ledgerKeyOf } from '../../src/ledger/keys.ts';
import { KEY_ENTRY } from '../../src/ledger/verify.ts';

export const ORIGIN = 'tenant';

export const keyOf = (byte: number): LedgerKey => ledgerKeyOf(new Uint8Array(32).fill(byte));

export const KEY = keyOf(1);

/** A whole ledger of so many entries, every one different. */
export const chainOf = (
  size: number,
  change: Partial<Omit<Entry, 'seq'>> = {},
  key: LedgerKey = KEY,
  after: readonly LedgerRow[] = [],
): readonly LedgerRow[] => {
  const rows = [...after];
  for (let index = 0; index < size; index += 1) {
    const last = rows.at(-1);
    const head = last ? { size: last.seq, hash: last.hash } : START;
    const at = 1_000 * (head.size + 1);
    const entry = {
      at,
      origin: ORIGIN,
      kind: 'question',
      actor: `person ${head.size % 3}`,
      body: `{"n":${at}}`,
    };
    rows.push(seal({ ...entry, ...change }, head, key));
  }
  return rows;
};

/** The ledger with one entry more, with which another key takes the place of the last one. */
export const turned = (
  rows: readonly LedgerRow[],
  key: LedgerKey,
  change: Readonly<Record<string, string>> = {},
): readonly LedgerRow[] => {
  const publicKey = key.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const body = JSON.stringify({ from: rows.at(-1)?.keyId, to: key.id, publicKey, ...change });
  return chainOf(1, { kind: KEY_ENTRY, body }, key, rows);
};
