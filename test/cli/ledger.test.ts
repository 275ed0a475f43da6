import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { type LedgerAtHand, makeLedger, ORIGIN, SECRET } from './ledger-at-hand.ts';

/** What a spreadsheet would run. */
const FORMULAS = [
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1',
  '=HYPERLINK("http://evil")',
];

let at: LedgerAtHand;

beforeAll(async () => {
  at = await makeLedger(FORMULAS);
});

afterAll(() => at.remove());

describe('ledger:verify', () => {
  test('ends with 0 where the ledger is whole, and says how far that can be trusted', () => {
    expect(at.run('verify')).toMatchObject({
      status: 0,
      out: 'Whole: 8 entries of tenant. There is no checkpoint: entries cut off at the end would not show.\n',
    });
    expect(at.run('verify', ['--checkpoint', at.checkpoint])).toMatchObject({
      status: 0,
      out: 'Whole: 8 entries of tenant. The checkpoint of 2026-11-22T00:00:00Z covers all of them. Had there been entries after it, their removal would not show.\n',
    });
  });

  test.each([
    [5, '3 entries after the last checkpoint: their removal would not show.'],
    [7, '1 entry after the last checkpoint: its removal would not show.'],
  ])('says what no ledger shows, where the checkpoint is of entry %i', async (size, said) => {
    const file = await at.noteAt(size);
    expect(at.run('verify', ['--checkpoint', file])).toMatchObject({
      status: 0,
      out: `Whole: 8 entries of tenant. The checkpoint of 2026-11-22T00:00:00Z covers the first ${size}. ${said}\n`,
    });
    expect(at.run('verify', ['--checkpoint', file, '--checkpoint', at.checkpoint]).out).toMatch(
      /covers all of/,
    );
  });

  test('takes the checkpoint that the bot keeps, where none is named', () => {
    expect(at.run('verify', [], { LEDGER_CHECKPOINT_FILE: at.checkpoint }).out).toMatch(/covers all of them/);
  });

  test.each([
    ['is none', () => 'words', 2, /\(not-a-checkpoint\): it holds no note/],
    ['was changed', (note: string) => note.replace('\n8\n', '\n7\n'), 2, /\(bad-signature\)/],
    ['is foreign', (note: string) => note.replace('tenant', 'other'), 2, /\(foreign-origin\)/],
  ])('does not go by a checkpoint that %s', (_what, change, status, why) => {
    const file = join(at.folder, 'wrong-note');
    writeFileSync(file, change(readFileSync(at.checkpoint, 'utf8')));
    expect(at.run('verify', ['--checkpoint', file])).toMatchObject({
      status,
      out: expect.stringMatching(why),
    });
  });

  test('ends with 4 where a key is not known', () => {
    expect(at.run('verify', [], { LEDGER_KEY: '02'.repeat(32) })).toMatchObject({
      status: 4,
      out: expect.stringMatching(/^Broken at entry 1 \(unknown-key\)/),
    });
    const flags = ['--checkpoint', at.checkpoint];
    expect(at.run('verify', flags, { LEDGER_KEY: '02'.repeat(32) }).status).toBe(4);
    expect(at.run('verify', [], { LEDGER_KEY: '02'.repeat(32), LEDGER_OLD_KEYS: SECRET }).status).toBe(0);
  });

  test('H167: takes the origin from the caller, never from the data', () => {
    expect(at.run('verify', ['--origin', 'another'])).toMatchObject({
      status: 2,
      out: expect.stringMatching(/^Broken at entry 1 \(foreign-origin\)/),
    });
    expect(at.run('verify', ['--origin', 'another', '--checkpoint', at.checkpoint]).status).toBe(2);
  });

  test.each([
    ['without a key', [], { LEDGER_KEY: undefined }, /LEDGER_KEY is missing/],
    ['without an origin', [], { LEDGER_ORIGIN: undefined }, /LEDGER_ORIGIN or MicrosoftAppTenantId/],
    [
      'without a store',
      ['--data', 'absent.db'],
      {},
      /^DATA cannot be read: no such file or directory \(absent\.db\)\./,
    ],
    [
      'without the checkpoint that was named',
      ['--checkpoint', 'absent'],
      {},
      /^--checkpoint cannot be read: no such file or directory \(absent\)\./,
    ],
    [
      'with a checkpoint that is a folder',
      [],
      { LEDGER_CHECKPOINT_FILE: '.' },
      /^LEDGER_CHECKPOINT_FILE cannot be read: illegal operation on a directory \(\.\)\./,
    ],
    [
      'with a store that is none',
      ['--data', 'note'],
      {},
      /^DATA names a store that cannot be used: .+ \(note\)\./,
    ],
    ['with a public key for a store', ['--public-key', 'x'], {}, /--public-key goes with --export/],
    ['with a flag that is none', ['--colour'], {}, /--colour/],
  ])('verifies nothing %s, and ends with 1', (_what, flags, change, why) => {
    expect(at.run('verify', flags, change)).toMatchObject({
      status: 1,
      out: '',
      errors: expect.stringMatching(why),
    });
  });

  test('ends with 3 behind a checkpoint, and with 2 at the first broken entry', () => {
    const broken = join(at.folder, 'broken.db');
    const database = new Database(at.data);
    database.exec(`vacuum into '${broken}'`);
    database.close();
    const tamper = (statement: string): void => {
      const copy = new Database(broken);
      copy.exec(
        `drop trigger if exists ledger_no_update; drop trigger if exists ledger_no_delete; ${statement}`,
      );
      copy.close();
    };
    tamper('delete from ledger where seq = 8; update ledger_head set size = 7');
    expect(at.run('verify', ['--data', broken]).status).toBe(0);
    expect(at.run('verify', ['--data', broken, '--checkpoint', at.checkpoint])).toMatchObject({
      status: 3,
      out: expect.stringMatching(/^Broken at entry 8 \(behind\)/),
    });
    tamper("update ledger set actor = 'bo' where seq = 2");
    expect(at.run('verify', ['--data', broken])).toMatchObject({
      status: 2,
      out: 'Broken at entry 2 (changed): it was changed: its texts do not have its hash.\n',
    });
  });
});

describe('ledger:export', () => {
  test('writes the texts as they were hashed, line by line, and no name', () => {
    const { status, out } = at.run('export');
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(rows.map(({ actor }) => actor)).toEqual(FORMULAS);
    expect(rows[3]).toMatchObject({ seq: 4, time: '2026-11-04T00:00:00Z', origin: ORIGIN });
    expect(out).not.toMatch(/Maya/);
  });

  test('writes what lies between two moments', () => {
    const { out } = at.run('export', ['--from', '2026-11-02', '--to', '2026-11-04T00:00:00Z']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([2, 3]);
  });

  test('H161: writes no cell that a spreadsheet takes for a formula', () => {
    const { out } = at.run('export', ['--format', 'csv']);
    expect(out.split('\n')[0]).toBe('seq,time,origin,kind,actor,body,prevHash,hash,keyId,mac');
    for (const formula of FORMULAS) expect(out).toContain(`'${formula.replaceAll('"', '""')}`);
    expect(out).not.toMatch(/[,\n]"?[=+\-@\t\r＝]/);
  });

  test.each([
    [['--format', 'xml'], /jsonl or csv/],
    [['--from', 'yesterday'], /--from is not a moment/],
  ])('%s is refused', (flags, why) => {
    expect(at.run('export', flags)).toMatchObject({ status: 1, out: '', errors: expect.stringMatching(why) });
  });
});
