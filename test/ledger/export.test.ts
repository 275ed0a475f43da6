import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Checkpoint } from '../../src/ledger/checkpoint.ts';
import { hashOf, type LedgerRow, START } from '../../src/ledger/entry.ts';
import { lineOf, rowIn, verifyExport } from '../../src/ledger/export.ts';
import { pemOf, publicKeysIn } from '../../src/ledger/keys.ts';
import type { PubliclyKnown, Verification } from '../../src/ledger/verify.ts';
import { chainOf, KEY, keyOf, ORIGIN, turned } from './chain.ts';

const NEXT = keyOf(2);
/** What an auditor has: nothing that was made from a secret but what went through PEM. */
const KEYS = publicKeysIn(pemOf([NEXT, KEY]));

/** Twenty entries under two keys, with texts that line and text formats stumble over. */
const CHAIN: readonly LedgerRow[] = chainOf(
  9,
  {},
  NEXT,
  turned(chainOf(10, { actor: 'a\u2028b\r"\\\ufffd\u{1f6a9}' }), NEXT),
);
const COVERED = 16;

const rowAt = (seq: number): LedgerRow => CHAIN[seq - 1] as LedgerRow;
const LINES: readonly Buffer[] = CHAIN.map((row) => Buffer.from(lineOf(row)));
const lineAt = (seq: number): Buffer => LINES[seq - 1] as Buffer;

const checkpointAt = (seq: number): Checkpoint => ({
  origin: ORIGIN,
  size: seq,
  hash: rowAt(seq).hash,
  time: '2026-11-22T00:00:00Z',
  keyId: NEXT.id,
});

async function* streamOf(lines: readonly Buffer[]): AsyncGenerator<Buffer, void> {
  yield* lines;
}

const verify = (lines: readonly Buffer[], known: Partial<PubliclyKnown> = {}): Promise<Verification> =>
  verifyExport(streamOf(lines), {
    origin: ORIGIN,
    keys: KEYS,
    checkpoints: [checkpointAt(COVERED)],
    ...known,
  });

const linesOf = (rows: readonly LedgerRow[]): readonly Buffer[] =>
  rows.map((row) => Buffer.from(lineOf(row)));

const withLine = (seq: number, line: Buffer): readonly Buffer[] =>
  LINES.map((old, index) => (index === seq - 1 ? line : old));

const changed = (seq: number, change: Partial<LedgerRow>): readonly LedgerRow[] =>
  CHAIN.map((row) => (row.seq === seq ? { ...row, ...change } : row));

/** Hashes every row anew, as anybody can. */
const rehashed = (rows: readonly LedgerRow[]): readonly LedgerRow[] => {
  let prevHash = START.hash;
  return rows.map((row, index) => {
    const fresh = { ...row, seq: index + 1, prevHash };
    prevHash = hashOf(fresh, prevHash);
    return { ...fresh, hash: prevHash };
  });
};

describe('an export', () => {
  test('is verified by the public keys alone, across the entry with which a key began', async () => {
    expect(await verify(LINES)).toEqual({
      ok: true,
      head: { size: 20, hash: rowAt(20).hash },
      uncovered: 4,
    });
    expect(await verify(LINES, { checkpoints: [checkpointAt(20), checkpointAt(3)] })).toMatchObject({
      uncovered: 0,
    });
  });

  test('holds every row as it was stored', () => {
    expect(LINES.map(rowIn)).toEqual(CHAIN);
  });

  test('H169: needs every key there was', async () => {
    const [newest, old] = KEYS;
    expect(await verify(LINES, { keys: newest ? [newest] : [] })).toMatchObject({
      seq: 1,
      why: 'unknown-key',
    });
    expect(await verify(LINES, { keys: old ? [old] : [] })).toMatchObject({ seq: 11, why: 'unknown-key' });
  });

  test('H167: of another ledger is not taken for ours', async () => {
    expect(await verify(LINES, { origin: 'another' })).toMatchObject({ seq: 1, why: 'foreign-origin' });
  });

  test('that was hashed anew from the change on is not what the checkpoint was signed for', async () => {
    const lines = linesOf(rehashed(changed(5, { body: '{}' })));
    expect(await verify(lines)).toEqual({ ok: false, seq: COVERED, why: 'behind' });
  });

  test('that was cut is found up to the checkpoint, and not after it', async () => {
    expect(await verify(LINES.slice(0, COVERED - 1))).toEqual({ ok: false, seq: COVERED, why: 'behind' });
    expect(await verify(LINES.slice(0, COVERED))).toMatchObject({ ok: true, uncovered: 0 });
    expect(await verify([])).toEqual({ ok: false, seq: 1, why: 'behind' });
  });

  const text = (seq: number): string => lineAt(seq).toString();
  const [before, after] = text(5)
    .split('\ufffd')
    .map((part) => Buffer.from(part)) as [Buffer, Buffer];
  test.each([
    ['is no JSON', Buffer.from('{')],
    ['is empty', Buffer.from('')],
    ['lacks a field', Buffer.from('{"seq":5}')],
    ['shows another time than the one that was hashed', Buffer.from(text(5).replace('00:00:05', '09:00:05'))],
    ['says a field twice', Buffer.from(text(5).replace('{', '{"actor":"nobody",'))],
    ['says more', Buffer.from(text(5).replace('}"', '}","x":"'))],
    ['writes a number otherwise', Buffer.from(text(5).replace('"at":5000', '"at":5000.0'))],
    ['holds half a character', Buffer.from(text(5).replace('\ufffd', '\\ud800'))],
    ['holds a byte that is no text', Buffer.concat([before, Buffer.of(0xff), after])],
  ])('with a line that %s is not read on', async (_what, line) => {
    expect(await verify(withLine(5, line))).toEqual({ ok: false, seq: 5, why: 'unreadable' });
  });

  test('names the first bad entry even where a worse line follows', async () => {
    const lines = linesOf(changed(4, { body: '' })).slice(0, 4);
    expect(await verify([...lines, Buffer.from('{')])).toEqual({ ok: false, seq: 4, why: 'changed' });
  });
});

/** As in verify.test.ts, a tenth of it. */
const MUTATIONS = Math.ceil(Number(process.env.LEDGER_MUTATIONS ?? 2_000) / 10);

const seqs = fc.integer({ min: 1, max: COVERED });
const TEXT = fc.string({ minLength: 1, maxLength: 50 });
/** All but the seal, which takes the secret. */
const texts = fc.constantFrom('origin', 'kind', 'actor', 'body', 'prevHash', 'hash', 'keyId');

const mutations: fc.Arbitrary<readonly Buffer[]> = fc.oneof(
  fc.tuple(seqs, texts, TEXT).map(([seq, name, value]) => linesOf(changed(seq, { [name]: value }))),
  fc.tuple(seqs, texts, TEXT).map(([seq, name, value]) => linesOf(rehashed(changed(seq, { [name]: value })))),
  fc.tuple(seqs, fc.constantFrom(KEY.id, NEXT.id)).map(([seq, keyId]) => linesOf(changed(seq, { keyId }))),
  fc.tuple(seqs, fc.integer()).map(([seq, at]) => linesOf(changed(seq, { at }))),
  fc.tuple(seqs, fc.integer()).map(([seq, other]) => linesOf(changed(seq, { seq: other }))),
  seqs.map((seq) => LINES.toSpliced(seq - 1, 1)),
  seqs.map((seq) => linesOf(rehashed(CHAIN.toSpliced(seq - 1, 1)))),
  fc.tuple(seqs, seqs).map(([at, seq]) => LINES.toSpliced(at - 1, 0, lineAt(seq))),
  fc.tuple(seqs, seqs).map(([at, seq]) => linesOf(rehashed(CHAIN.toSpliced(at - 1, 0, rowAt(seq))))),
  fc.tuple(seqs, seqs).map(([one, other]) => LINES.with(one - 1, lineAt(other)).with(other - 1, lineAt(one))),
  seqs.map((seq) => LINES.slice(0, seq - 1)),
);

/** A byte before the last field, the seal. */
const bytes = fc
  .tuple(seqs, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 }))
  .map(([seq, where, byte]) => {
    const line = Buffer.from(lineAt(seq));
    line[Math.floor(where * (line.indexOf('"mac":"') + 6))] = byte;
    return withLine(seq, line);
  });

test(`of ${MUTATIONS} random mutations at or before the checkpoint every one is found without the secret`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutations, bytes), async (lines) => {
      // Inserted right behind the checkpoint, an entry changes nothing that it covers.
      fc.pre(!LINES.slice(0, COVERED).every((line, index) => lines[index]?.equals(line)));
      expect(await verify(lines)).toMatchObject({ ok: false });
    }),
    { numRuns: MUTATIONS },
  );
}, 3_600_000);
