import { z } from 'zod';
import { isoOf } from '../lib/time.ts';
import type { LedgerRow } from './entry.ts';
import { Json } from './json.ts';
import { type PubliclyKnown, type Verification, verifyPublicly } from './verify.ts';

/** A row as a line of an export, without its end: the texts as they were hashed, and the time to read. */
export const lineOf = ({
  seq,
  at,
  origin,
  kind,
  actor,
  body,
  prevHash,
  hash,
  keyId,
  mac,
}: LedgerRow): string =>
  JSON.stringify({ seq, at, time: isoOf(at), origin, kind, actor, body, prevHash, hash, keyId, mac });

// Half a surrogate pair would have the hash of U+FFFD.
const text = z.string().refine((value) => value.isWellFormed());

const Line = Json.pipe(
  z.object({
    seq: z.int(),
    at: z.int(),
    origin: text,
    kind: text,
    actor: text,
    body: text,
    prevHash: text,
    hash: text,
    keyId: text,
    mac: text,
  }),
);

/** The row of a line; undefined when the line is not, to the byte, the one that `lineOf` writes. */
export const rowIn = (line: Buffer): LedgerRow | undefined => {
  const row = Line.safeParse(line.toString()).data;
  // A field that stands twice, another time, bytes that are no text: readers would differ over what was written.
  return row && Buffer.from(lineOf(row)).equals(line) ? row : undefined;
};

/** Verifies the lines of an export with public keys alone, in constant memory. */
export const verifyExport = async (
  lines: AsyncIterable<Buffer>,
  known: PubliclyKnown,
): Promise<Verification> => {
  let seq = 0;
  let isReadable = true;
  const rows = async function* () {
    for await (const line of lines) {
      seq += 1;
      const row = rowIn(line);
      isReadable = row !== undefined;
      if (row === undefined) return;
      yield row;
    }
  };
  const found = await verifyPublicly(rows(), known);
  const wasBefore = !found.ok && found.seq < seq;
  return isReadable || wasBefore ? found : { ok: false, seq, why: 'unreadable' };
};
