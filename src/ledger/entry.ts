import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { LedgerKey } from './keys.ts';

/** What an entry says. The texts are stored as they are hashed: nothing is ever written out anew. */
export interface Entry {
  /** Counts from 1, without gaps. */
  readonly seq: number;
  /** Epoch milliseconds, by our own clock. */
  readonly at: number;
  /** Whose ledger this is; part of every hash, so that no row passes from one to another. */
  readonly origin: string;
  readonly kind: string;
  /** Object id of whoever acted. */
  readonly actor: string;
  /** JSON without names: ids, counts, keyed pseudonyms. */
  readonly body: string;
}

/** An entry in its place in the chain. Hashes and MACs are base64. */
export interface LedgerRow extends Entry {
  /** The hash of the row before; that of the first row is `START`. */
  readonly prevHash: string;
  readonly hash: string;
  readonly keyId: string;
  readonly mac: string;
}

/** The end of the chain: how many rows there are, and the hash of the last one. */
export interface Head {
  readonly size: number;
  readonly hash: string;
}

/** The head of a ledger without rows. */
export const START: Head = { size: 0, hash: Buffer.alloc(32).toString('base64') };

/** Keeps the hash of an entry apart from every other SHA-256 that anybody computes. */
const ENTRY = Buffer.of(0);

/** Length first, so that no byte can pass from one field to its neighbour. */
const field = (value: string | number): Buffer => {
  const bytes = Buffer.from(String(value));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** SHA-256 over every field of the entry and the hash before it. */
export const hashOf = ({ origin, seq, at, kind, actor, body }: Entry, prevHash: string): string => {
  const fields = [origin, seq, at, kind, actor, body].map(field);
  const before = Buffer.from(prevHash, 'base64');
  return createHash('sha256')
    .update(Buffer.concat([ENTRY, ...fields, before]))
    .digest('base64');
};

const macOf = (key: LedgerKey, hash: string): string =>
  createHmac('sha256', key.mac).update(Buffer.from(hash, 'base64')).digest('base64');

/** Whether this very hash was sealed by whoever holds the key. */
export const isSealed = (key: LedgerKey, { hash, mac }: Pick<LedgerRow, 'hash' | 'mac'>): boolean => {
  // As text, to the letter: the same bytes can be spelt in base64 in several ways.
  const given = Buffer.from(mac);
  const due = Buffer.from(macOf(key, hash));
  return given.length === due.length && timingSafeEqual(given, due);
};

/** Puts an entry behind the head. */
export const seal = (entry: Omit<Entry, 'seq'>, head: Head, key: LedgerKey): LedgerRow => {
  const whole = { ...entry, seq: head.size + 1 };
  const hash = hashOf(whole, head.hash);
  return { ...whole, prevHash: head.hash, hash, keyId: key.id, mac: macOf(key, hash) };
};
