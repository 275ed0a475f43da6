import { sign, verify } from 'node:crypto';
import type { Head } from './entry.ts';
import type { LedgerKey, PublicKey } from './keys.ts';

/** A signed statement about the head: whoever has it finds every later change of what lies before. */
export interface Checkpoint extends Head {
  readonly origin: string;
  /** ISO 8601 in UTC, by our own clock. */
  readonly time: string;
  readonly keyId: string;
}

/** Why a text is no checkpoint to go by. */
export type CheckpointProblem = 'not-a-checkpoint' | 'foreign-origin' | 'unknown-key' | 'bad-signature';

const textOf = ({ origin, size, hash, time }: Omit<Checkpoint, 'keyId'>): string =>
  `${origin}\n${size}\n${hash}\n${time}\n`;

/** A note of four lines, a blank one, and the signature over the four: "— KEY-ID BASE64". */
export const writeCheckpoint = (origin: string, head: Head, time: string, key: LedgerKey): string => {
  const text = textOf({ origin, ...head, time });
  return `${text}\n— ${key.id} ${sign(null, Buffer.from(text), key.privateKey).toString('base64')}\n`;
};

// However much white space a note lost or won on its way through a chat: what was signed is written anew.
const NOTE =
  /^\s*(\S+)\s+([1-9]\d{0,14})\s+([A-Za-z0-9+/]{43}=)\s+(\S+)\s+—\s+([\da-f]{16})\s+([A-Za-z0-9+/]{86}==)\s*$/;

/** Reads a note, for the origin and by the keys that the caller knows: what it says of itself proves nothing. */
export const readCheckpoint = (
  note: string,
  origin: string,
  keys: readonly PublicKey[],
): Checkpoint | CheckpointProblem => {
  const [, named = '', size = '', hash = '', time = '', keyId = '', signature = ''] = NOTE.exec(note) ?? [];
  if (named === '') return 'not-a-checkpoint';
  if (named !== origin) return 'foreign-origin';
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) return 'unknown-key';
  const checkpoint = { origin, size: Number(size), hash, time, keyId };
  const text = Buffer.from(textOf(checkpoint));
  return verify(null, text, key.publicKey, Buffer.from(signature, 'base64')) ? checkpoint : 'bad-signature';
};
