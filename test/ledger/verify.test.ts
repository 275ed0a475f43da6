import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Checkpoint } from '../../src/ledger/checkpoint.ts';
import { hashOf, type LedgerRow } from '../../src/ledger/entry.ts';
import { KEY_ENTRY, type Known, type Verification, verifyLedger } from '../../src/ledger/verify.ts';
import { chainOf, KEY, keyOf, ORIGIN, turned } from './chain.ts';

const CHAIN = chainOf(24);

const rowAt = (seq: number): LedgerRow => CHAIN[seq - 1] as LedgerRow;

const checkpointAt = (seq: number): Checkpoint => ({
  origin: ORIGIN,
  size: seq,
  hash: rowAt(seq).hash,
  time: '2026-11-22T00:00:00Z',
  keyId: KEY.id,
});

const verify = (rows: readonly LedgerRow[], known: Partial<Known> = {}): Promise<Verification> =>
  verifyLedger(rows, { origin: ORIGIN, keys: [KEY], ...known });

/** Gives every row its number anew, as somebody would who hides a gap. */
const renumbered = (rows: readonly LedgerRow[]): readonly LedgerRow[] =>
  rows.map((row, index) => ({ ...row, seq: index + 1 }));

/** Hashes every row anew, as somebody would who has the store but not the key. */
const rehashed = (rows: readonly LedgerRow[]): readonly LedgerRow[] => {
  let prevHash = rowAt(1).prevHash;
  return rows.map((row, index) => {
    const fresh = { ...row, seq: index + 1, prevHash };
    const hash = hashOf(fresh, prevHash);
    prevHash = hash;
    return { ...fresh, hash };
  });
};

const without = (seq: number): readonly LedgerRow[] => CHAIN.filter((row) => row.seq !== seq);

const swapped = (one: number, other: number): readonly LedgerRow[] =>
  CHAIN.map((row) => (row.seq === one ? rowAt(other) : row.seq === other ? rowAt(one) : row));

const changed = (seq: number, change: Partial<LedgerRow>): readonly LedgerRow[] =>
  CHAIN.map((row) => (row.seq === seq ? { ...row, ...change } : row));

describe('a whole ledger', () => {
  test('is whole, and tells how much of it no checkpoint covers', async () => {
    const head = { size: 24, hash: rowAt(24).hash };
    expect(await verify(CHAIN, { head })).toEqual({ ok: true, head, uncovered: 24 });
    expect(await verify(CHAIN, { checkpoints: [checkpointAt(20)] })).toMatchObject({ uncovered: 4 });
    expect(await verify([])).toMatchObject({ ok: true, head: { size: 0 } });
  });

  test('may have grown since its head and its checkpoint were read', async () => {
    expect(await verify(CHAIN, { head: { size: 20 }, checkpoints: [checkpointAt(3)] })).toMatchObject({
      ok: true,
    });
  });
});

describe('the first bad entry is named, and why it is bad', () => {
  const inserted = [...CHAIN.slice(0, 7), { ...rowAt(3), body: '{}' }, ...CHAIN.slice(7)];
  test.each<[string, readonly LedgerRow[], number, string]>([
    ['a changed text', changed(5, { body: '{"n":0}' }), 5, 'changed'],
    ['a changed time', changed(5, { at: 1 }), 5, 'changed'],
    ['a changed actor', changed(24, { actor: 'nobody' }), 24, 'changed'],
    ['a changed number', changed(5, { seq: 9 }), 5, 'changed'],
    [
      'text moved over from the next field',
      changed(5, { kind: 'questionp', actor: 'erson 1' }),
      5,
      'changed',
    ],
    ['a removed entry', without(5), 5, 'removed'],
    ['a removed beginning', without(1), 1, 'removed'],
    ['a removed entry and a hidden gap', renumbered(without(5)), 5, 'removed'],
    ['two entries in each other’s place', swapped(5, 6), 5, 're-ordered'],
    ['distant entries in each other’s place', renumbered(swapped(5, 20)), 5, 're-ordered'],
    ['an entry that stands twice', [...CHAIN.slice(0, 7), rowAt(7), ...CHAIN.slice(7)], 8, 'inserted'],
    [
      'an old entry again, numbered anew',
      renumbered([...CHAIN.slice(0, 7), ...CHAIN.slice(3)]),
      8,
      'inserted',
    ],
    ['a made-up entry between', rehashed(inserted), 8, 'forged'],
    ['a change that was hashed anew', rehashed(changed(5, { body: '{}' })), 5, 'forged'],
    ['a seal that is no seal', changed(5, { mac: '' }), 5, 'forged'],
    [
      'a link to another history',
      [...CHAIN.slice(0, 4), ...chainOf(6, { body: '{}' }).slice(4)],
      5,
      'unlinked',
    ],
  ])('%s', async (_what, rows, seq, why) => {
    expect(await verify(rows)).toEqual({ ok: false, seq, why });
  });

  test('H167: a ledger of another instance with the same key is not taken for ours', async () => {
    const other = chainOf(5, { origin: 'another tenant' });
    expect(await verify(other)).toEqual({ ok: false, seq: 1, why: 'foreign-origin' });
    const grafted = [...CHAIN.slice(0, 3), ...other.slice(3)];
    expect(await verify(grafted)).toMatchObject({ ok: false, seq: 4 });
    const claimed = other.map((row) => ({ ...row, origin: ORIGIN }));
    expect(await verify(claimed)).toEqual({ ok: false, seq: 1, why: 'changed' });
  });
});

describe('a cut end', () => {
  test('before the checkpoint is found', async () => {
    const cut = CHAIN.slice(0, 19);
    expect(await verify(cut, { checkpoints: [checkpointAt(20)] })).toEqual({
      ok: false,
      seq: 20,
      why: 'behind',
    });
  });

  test('after it is found only while the store still counts, and else named as what cannot be known', async () => {
    const cut = CHAIN.slice(0, 22);
    const checkpoints = [checkpointAt(20)];
    expect(await verify(cut, { checkpoints, head: { size: 24 } })).toEqual({
      ok: false,
      seq: 23,
      why: 'cut',
    });
    expect(await verify(cut, { checkpoints })).toMatchObject({ ok: true, uncovered: 2 });
  });

  test('is measured against every checkpoint, in whatever order they come', async () => {
    const checkpoints = [checkpointAt(20), checkpointAt(24), checkpointAt(4)];
    expect(await verify(CHAIN, { checkpoints })).toMatchObject({ ok: true, uncovered: 0 });
    expect(await verify(CHAIN.slice(0, 22), { checkpoints })).toEqual({ ok: false, seq: 23, why: 'behind' });
    const other = { ...checkpointAt(4), hash: rowAt(5).hash };
    expect(await verify(CHAIN, { checkpoints: [...checkpoints, other] })).toEqual({
      ok: false,
      seq: 4,
      why: 'behind',
    });
  });

  test('that was grown over anew by whoever holds the key is not what the checkpoint says', async () => {
    const regrown = chainOf(10, { body: '{}' }, KEY, CHAIN.slice(0, 15));
    expect(await verify(regrown)).toMatchObject({ ok: true });
    expect(await verify(regrown, { checkpoints: [checkpointAt(20)] })).toEqual({
      ok: false,
      seq: 20,
      why: 'behind',
    });
  });
});

describe('H169: a key that was replaced in the middle', () => {
  const next = keyOf(2);
  const whole = chainOf(5, {}, next, turned(CHAIN.slice(0, 10), next));

  test('is verified across the entry that replaced it', async () => {
    expect(await verify(whole, { keys: [next, KEY] })).toMatchObject({ ok: true, head: { size: 16 } });
  });

  test('is an error when it is not known, never skipped', async () => {
    expect(await verify(whole, { keys: [next] })).toEqual({ ok: false, seq: 1, why: 'unknown-key' });
    expect(await verify(whole, { keys: [KEY] })).toEqual({ ok: false, seq: 11, why: 'unknown-key' });
  });

  test('seals nothing after it was replaced, and no key begins unannounced', async () => {
    const keys = [next, KEY];
    const back = turned(whole, KEY);
    expect(await verify(back, { keys })).toEqual({ ok: false, seq: 17, why: 'old-key' });
    const sudden = chainOf(1, {}, next, CHAIN.slice(0, 10));
    expect(await verify(sudden, { keys })).toEqual({ ok: false, seq: 11, why: 'old-key' });
  });

  test.each([
    ['another key than the one before', { from: next.id }],
    ['another key than its own', { to: KEY.id }],
    ['another public key', { publicKey: 'AAAA' }],
    ['no public key', { publicKey: '' }],
  ])('does not begin with an entry that names %s', async (_what, change) => {
    const wrong = turned(CHAIN.slice(0, 10), next, change);
    expect(await verify(wrong, { keys: [next, KEY] })).toEqual({ ok: false, seq: 11, why: 'old-key' });
  });

  test('does not begin with an entry that names nothing', async () => {
    const empty = chainOf(1, { kind: KEY_ENTRY, body: 'no JSON' }, next, CHAIN.slice(0, 10));
    expect(await verify(empty, { keys: [next, KEY] })).toEqual({ ok: false, seq: 11, why: 'old-key' });
  });
});

/** The issue asks for 100,000 (`LEDGER_MUTATIONS=100000`). */
const MUTATIONS = Number(process.env.LEDGER_MUTATIONS ?? 2_000);

const seqs = fc.integer({ min: 1, max: CHAIN.length });
const texts = fc.constantFrom('origin', 'kind', 'actor', 'body', 'prevHash', 'hash', 'keyId', 'mac');
const TEXT = fc.string({ minLength: 1, maxLength: 50 });

const mutations: fc.Arbitrary<readonly LedgerRow[]> = fc.oneof(
  fc.tuple(seqs, texts, TEXT).map(([seq, name, text]) => changed(seq, { [name]: text })),
  fc.tuple(seqs, fc.integer()).map(([seq, at]) => changed(seq, { at })),
  fc.tuple(seqs, fc.integer({ min: 1, max: 100 })).map(([seq, other]) => changed(seq, { seq: other })),
  fc.tuple(seqs, fc.boolean()).map(([seq, hide]) => (hide ? renumbered(without(seq)) : without(seq))),
  fc.tuple(seqs, seqs).map(([one, other]) => swapped(one, other)),
  fc.tuple(seqs, seqs).map(([one, other]) => renumbered(swapped(one, other))),
  fc
    .tuple(seqs, seqs)
    .map(([at, seq]) => [...CHAIN.slice(0, at), rowAt(seq), ...CHAIN.slice(at)])
    .map((rows) => renumbered(rows)),
  fc.tuple(seqs, TEXT).map(([seq, body]) => rehashed(changed(seq, { body }))),
  fc.tuple(seqs).map(([seq]) => rehashed(without(seq))),
  fc.tuple(seqs).map(([seq]) => CHAIN.slice(0, seq - 1)),
);

test(`of ${MUTATIONS} random mutations every one is found`, async () => {
  const untouched = JSON.stringify(CHAIN);
  const known = { checkpoints: [checkpointAt(CHAIN.length)] };
  await fc.assert(
    fc.asyncProperty(mutations, async (rows) => {
      fc.pre(JSON.stringify(rows) !== untouched);
      expect(await verify(rows, known)).toMatchObject({ ok: false });
    }),
    { numRuns: MUTATIONS },
  );
}, 3_600_000);
