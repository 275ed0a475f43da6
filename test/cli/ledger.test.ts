import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { seal } from '../../src/ledger/entry.ts';
import { ledgerKeyOf } from '../../src/ledger/keys.ts';
import { openStore } from '../../src/store/store.ts';

const SECRET = '01'.repeat(32);
const KEY = ledgerKeyOf(Buffer.from(SECRET, 'hex'));
const ORIGIN = 'tenant';

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

let folder: string;
const data = (): string => join(folder, 'flagman.db');
const checkpoint = (): string => join(folder, 'note');

const run = (tool: 'verify' | 'export', flags: readonly string[] = [], change: NodeJS.ProcessEnv = {}) => {
  const script = new URL(`../../src/cli/ledger-${tool}.ts`, import.meta.url).pathname;
  const env = { PATH: process.env.PATH, DATA: data(), LEDGER_KEY: SECRET, LEDGER_ORIGIN: ORIGIN, ...change };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...flags], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, out: stdout, errors: stderr };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-cli-'));
  const { ledger, close } = await openStore(data());
  for (const [index, actor] of FORMULAS.entries()) {
    const at = Date.UTC(2026, 10, index + 1);
    await ledger.append(
      (head) => seal({ at, origin: ORIGIN, kind: 'question', actor, body: '{}' }, head, KEY),
      [{ what: 'name', value: 'Maya' }],
    );
  }
  writeFileSync(checkpoint(), writeCheckpoint(ORIGIN, await ledger.head(), '2026-11-22T00:00:00Z', KEY));
  await close();
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('ledger:verify', () => {
  test('ends with 0 where the ledger is whole, and says how far that can be trusted', () => {
    expect(run('verify')).toMatchObject({
      status: 0,
      out: 'Whole: 8 entries of tenant. There is no checkpoint: entries cut off at the end would not show.\n',
    });
    expect(run('verify', ['--checkpoint', checkpoint()])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/checkpoint of 2026-11-22T00:00:00Z covers all of them/),
    });
  });

  test('ends with 4 where a key is not known', () => {
    expect(run('verify', [], { LEDGER_KEY: '02'.repeat(32) })).toMatchObject({
      status: 4,
      out: expect.stringMatching(/^Broken at entry 1 \(unknown-key\)/),
    });
    const flags = ['--checkpoint', checkpoint()];
    expect(run('verify', flags, { LEDGER_KEY: '02'.repeat(32) }).status).toBe(4);
    expect(run('verify', [], { LEDGER_KEY: '02'.repeat(32), LEDGER_OLD_KEYS: SECRET }).status).toBe(0);
  });

  test('H167: takes the origin from the caller, never from the data', () => {
    expect(run('verify', ['--origin', 'another'])).toMatchObject({
      status: 2,
      out: expect.stringMatching(/^Broken at entry 1 \(foreign-origin\)/),
    });
    expect(run('verify', ['--origin', 'another', '--checkpoint', checkpoint()]).status).toBe(2);
  });

  test.each([
    ['without a key', [], { LEDGER_KEY: undefined }, /LEDGER_KEY is missing/],
    ['without an origin', [], { LEDGER_ORIGIN: undefined }, /LEDGER_ORIGIN or MicrosoftAppTenantId/],
    ['without a store', ['--data', 'absent.db'], {}, /There is no file absent\.db/],
    ['without the checkpoint that was named', ['--checkpoint', 'absent'], {}, /There is no file absent/],
    ['with a flag that is none', ['--colour'], {}, /--colour/],
  ])('verifies nothing %s, and ends with 1', (_what, flags, change, why) => {
    expect(run('verify', flags, change)).toMatchObject({
      status: 1,
      out: '',
      errors: expect.stringMatching(why),
    });
  });

  test('ends with 3 behind a checkpoint, and with 2 at the first broken entry', () => {
    const broken = join(folder, 'broken.db');
    const database = new Database(data());
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
    expect(run('verify', ['--data', broken]).status).toBe(0);
    expect(run('verify', ['--data', broken, '--checkpoint', checkpoint()])).toMatchObject({
      status: 3,
      out: expect.stringMatching(/^Broken at entry 8 \(behind\)/),
    });
    tamper("update ledger set actor = 'bo' where seq = 2");
    expect(run('verify', ['--data', broken])).toMatchObject({
      status: 2,
      out: 'Broken at entry 2 (changed): it was changed: its texts do not have its hash.\n',
    });
  });
});

describe('ledger:export', () => {
  test('writes the texts as they were hashed, line by line, and no name', () => {
    const { status, out } = run('export');
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
    const { out } = run('export', ['--from', '2026-11-02', '--to', '2026-11-04T00:00:00Z']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).seq),
    ).toEqual([2, 3]);
  });

  test('H161: writes no cell that a spreadsheet takes for a formula', () => {
    const { out } = run('export', ['--format', 'csv']);
    expect(out.split('\n')[0]).toBe('seq,time,origin,kind,actor,body,prevHash,hash,keyId,mac');
    for (const formula of FORMULAS) expect(out).toContain(`'${formula.replaceAll('"', '""')}`);
    expect(out).not.toMatch(/[,\n]"?[=+\-@\t\r＝]/);
  });

  test.each([
    [['--format', 'xml'], /jsonl or csv/],
    [['--from', 'yesterday'], /--from is not a moment/],
  ])('%s is refused', (flags, why) => {
    expect(run('export', flags)).toMatchObject({ status: 1, out: '', errors: expect.stringMatching(why) });
  });
});
