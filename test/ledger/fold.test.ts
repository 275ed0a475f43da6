import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isAsRecorded, type Moved } from '../../src/actions/approval.ts';
import type { ChangeEvent, LedgerEvent } from '../../src/entra/ledger-event.ts';
import { type LedgerRow, START, seal } from '../../src/ledger/entry.ts';
import { draftOf, keyDraft } from '../../src/ledger/event.ts';
import { compare, evidenceOf, fold, type KnownBy } from '../../src/ledger/fold.ts';
import type { LedgerKey } from '../../src/ledger/keys.ts';
import { KEY, keyOf, ORIGIN } from './chain.ts';
import { chances, requested, walk } from './walk.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

const chained = (
  events: readonly LedgerEvent[],
  key: LedgerKey = KEY,
  before: readonly LedgerRow[] = [],
): readonly LedgerRow[] => {
  const rows = [...before];
  for (const event of events) {
    const last = rows.at(-1);
    rows.push(seal(draftOf(event, ORIGIN, key), last ? { size: last.seq, hash: last.hash } : START, key));
  }
  return rows;
};

const entriesOf = (path: readonly Moved[]): readonly ChangeEvent[] => path.flatMap(({ entries }) => entries);

const known: KnownBy = { number: 1001, origin: ORIGIN, keys: [KEY] };

const [request] = requested(1001, NOW).entries as [ChangeEvent];

const approved: ChangeEvent = {
  ...request,
  kind: 'approved',
  at: NOW + 1,
  person: { id: 'approver-id', name: 'Maya Okafor' },
  state: 'approved',
  version: 2,
  facts: { activity: 'f:1', performBy: NOW + 600_000 },
  users: [],
};

const declined: LedgerEvent = {
  kind: 'declined',
  at: NOW,
  person: { id: 'bo-id', name: 'Bo' },
  conversationId: 'chat',
  step: 'approve',
  approval: 1001,
  why: 'role-needed',
};

describe('whatever becomes of approvals', () => {
  test('the ledger alone gives the table again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(chances, { maxLength: 3 }), async (all) => {
        const paths = all.map((one, index) => walk(1001 + index, NOW, one));
        // Entries of several approvals stand among each other, in the order in which they happened.
        const entries = paths.flatMap(entriesOf).toSorted((one, other) => one.at - other.at);
        const table = paths.flatMap((path) => path.at(-1)?.approval ?? []);
        expect(compare(await fold(chained([declined, ...entries])), table)).toEqual([]);
      }),
    );
  });

  test('the ledger bears every approval out, at every step', () => {
    fc.assert(
      fc.property(chances, (all) => {
        let rows: readonly LedgerRow[] = [];
        for (const { approval, entries } of walk(1001, NOW, all)) {
          rows = chained(entries, KEY, rows);
          const testimony = evidenceOf(rows, known);
          const evidence = testimony && { ...testimony, document: JSON.stringify(approval) };
          expect(isAsRecorded(approval, evidence)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('what the ledger says of an approval', () => {
  test('is who asked for what, who approved, and where it stands', () => {
    expect(evidenceOf(chained([request, declined, approved]), known)).toMatchObject({
      requesterId: 'requester-id',
      hash: request.hash,
      approved: { personId: 'approver-id', version: 2 },
      state: 'approved',
      version: 2,
    });
    expect(evidenceOf(chained([request]), known)).not.toHaveProperty('approved');
  });

  test('is nothing when nobody asked for it', () => {
    expect(evidenceOf([], known)).toBeUndefined();
    expect(evidenceOf(chained([declined]), known)).toBeUndefined();
  });

  test.each<[string, (row: LedgerRow) => LedgerRow]>([
    ['another approver', (row) => ({ ...row, actor: 'attacker-id' })],
    ['another state', (row) => ({ ...row, body: row.body.replace('approved', 'pending') })],
    ['another time', (row) => ({ ...row, at: row.at - 1 })],
    ['another place', (row) => ({ ...row, seq: row.seq + 1 })],
    ['another kind', (row) => ({ ...row, kind: 'facts' })],
    ['another seal', (row) => ({ ...row, mac: START.hash })],
    ['a key that nobody knows', (row) => ({ ...row, keyId: keyOf(2).id })],
    [
      'the hash of what was changed, and no seal for it',
      (row) => ({
        ...seal({ ...row, actor: 'attacker-id' }, { size: row.seq - 1, hash: row.prevHash }, keyOf(2)),
        keyId: KEY.id,
      }),
    ],
  ])('is not said when an entry has %s', (_what, edit) => {
    const rows = chained([request, approved]).map((row) => (row.kind === 'approved' ? edit(row) : row));
    expect(() => evidenceOf(rows, known)).toThrow(/Entry \d of the ledger is not as it was written/);
  });

  test('is not said by the entries of another approval, or of another ledger', () => {
    const rows = chained([request, approved]);
    expect(() => evidenceOf(rows, { ...known, number: 1002 })).toThrow(RangeError);
    expect(() => evidenceOf(rows, { ...known, origin: 'another' })).toThrow(RangeError);
  });

  test.each<[string, readonly LedgerEvent[]]>([
    ['the request', [approved]],
    ['a step between', [request, { ...approved, version: 3 }]],
    ['the beginning of the count', [{ ...request, version: 2 }]],
  ])('is not said when %s is missing', (_what, events) => {
    expect(() => evidenceOf(chained(events), known)).toThrow(/missing/);
  });

  test('is not said when a step stands twice or is taken back', () => {
    expect(() => evidenceOf(chained([request, request]), known)).toThrow(/stand twice/);
    const back: ChangeEvent = { ...approved, kind: 'facts', version: 1 };
    expect(() => evidenceOf(chained([request, approved, back]), known)).toThrow(/stand twice/);
  });

  test('goes on across a new key, and never back to one that was replaced', () => {
    const [old, newer] = [KEY, keyOf(2)];
    const turned = chained([request], old);
    const head = { size: 1, hash: turned[0]?.hash ?? '' };
    const turn = seal(keyDraft(NOW, ORIGIN, old.id, newer), head, newer);
    const after = chained([approved], newer, [...turned, turn]).filter(({ kind }) => kind !== 'key');
    const both = { ...known, keys: [newer, old] };
    expect(evidenceOf(after, both)).toMatchObject({ state: 'approved' });
    const released: ChangeEvent = { ...approved, kind: 'released' };
    expect(() => evidenceOf(chained([released], old, after), both)).toThrow(RangeError);
  });
});

describe('where table and ledger differ', () => {
  const { approval } = requested(1001, NOW);
  const recorded = fold(chained([request]));
  const told = async (edit: object, by = recorded) =>
    compare(await by, [{ ...approval, ...edit }]).map(({ number, what }) => `CR-${number}: ${what}`);

  test('it is said what each of them says', async () => {
    expect(await told({ state: 'approved' })).toEqual([
      'CR-1001: the table says approved, the ledger says pending',
    ]);
    expect(await told({ performBy: NOW })).toEqual([
      `CR-1001: the table says performBy ${NOW}, the ledger says performBy nothing`,
    ]);
  });

  test.each([
    ['version', { version: 2 }],
    ['hash', { hash: 'another' }],
    ['requesterId', { requester: { id: 'approver-id' } }],
    ['decidedBy', { decided: { by: { id: 'approver-id' } } }],
    ['action', { action: 'confirm-sign-in-safe' }],
    ['targets', { targets: [] }],
    ['createdAt', { createdAt: NOW + 1 }],
    ['expiresAt', { expiresAt: NOW + 86_400_000 }],
  ])('the %s is named', async (what, edit) => {
    const [only, ...others] = await told(edit);
    expect(only).toContain(`the table says ${what} `);
    expect(others).toEqual([]);
  });

  test('a row that was put back is named, even where it says the same otherwise', async () => {
    const at = (revision: number) => fold(chained([{ ...request, revision }]));
    expect(await told({ revision: 3 }, at(4))).toEqual([
      'CR-1001: the table holds an older row than the ledger',
    ]);
    expect(await told({ revision: 4 }, at(4))).toEqual([]);
    expect(await told({ revision: 5 }, at(4))).toEqual([]);
  });

  test('whichever of them does not know an approval is named', async () => {
    expect(compare(await recorded, [])).toEqual([
      { number: 1001, what: 'the ledger says pending, the table does not know it' },
    ]);
    expect(compare(await fold([]), [approval])).toEqual([{ number: 1001, what: 'it is not in the ledger' }]);
  });

  test('what has ended may be forgotten', async () => {
    const rejected: ChangeEvent = { ...approved, kind: 'rejected', state: 'rejected' };
    expect(compare(await fold(chained([request, rejected])), [])).toEqual([]);
  });

  test('an approval that went on after its end is named, and hides no other one', async () => {
    const ended: ChangeEvent = { ...approved, kind: 'withdrawn', state: 'withdrawn' };
    const other: ChangeEvent = { ...request, approval: 1002 };
    const folded = await fold(chained([request, ended, approved, { ...approved, kind: 'claimed' }, other]));
    expect(compare(folded, [{ ...approval, state: 'approved' }])).toEqual([
      { number: 1001, what: 'It was withdrawn, and went on as approved (entry 3).' },
      { number: 1002, what: 'the ledger says pending, the table does not know it' },
    ]);
  });

  test('what is void since its row was edited after its end is no revival', async () => {
    const ended: ChangeEvent = { ...approved, kind: 'withdrawn', state: 'withdrawn' };
    const voided: ChangeEvent = { ...approved, kind: 'voided', state: 'void', facts: {} };
    const { broken } = await fold(chained([request, ended, voided]));
    expect(broken.size).toBe(0);
  });
});
