import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { seal } from '../../src/ledger/entry.ts';
import { ledgerKeyOf, pemOf } from '../../src/ledger/keys.ts';
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

/** The note of an earlier time, when there were so many entries. */
const noteAt = async (size: number): Promise<string> => {
  const store = await openStore(data());
  const row = await store.ledger.find(size);
  await store.close();
  return writeCheckpoint(ORIGIN, { size, hash: row?.hash ?? '' }, '2026-11-22T00:00:00Z', KEY);
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
      out: 'Whole: 8 entries of tenant. The checkpoint of 2026-11-22T00:00:00Z covers all of them. Had there been entries after it, their removal would not show.\n',
    });
  });

  test.each([
    [5, '3 entries after the last checkpoint: their removal would not show.'],
    [7, '1 entry after the last checkpoint: its removal would not show.'],
  ])('says what no ledger shows, where the checkpoint is of entry %i', async (size, said) => {
    const file = join(folder, `note-${size}`);
    writeFileSync(file, await noteAt(size));
    expect(run('verify', ['--checkpoint', file])).toMatchObject({
      status: 0,
      out: `Whole: 8 entries of tenant. The checkpoint of 2026-11-22T00:00:00Z covers the first ${size}. ${said}\n`,
    });
    expect(run('verify', ['--checkpoint', file, '--checkpoint', checkpoint()]).out).toMatch(/covers all of/);
  });

  test('takes the checkpoint that the bot keeps, where none is named', () => {
    expect(run('verify', [], { LEDGER_CHECKPOINT_FILE: checkpoint() }).out).toMatch(/covers all of them/);
  });

  test.each([
    ['is none', () => 'words', 2, /\(not-a-checkpoint\): it holds no note/],
    ['was changed', (note: string) => note.replace('\n8\n', '\n7\n'), 2, /\(bad-signature\)/],
    ['is foreign', (note: string) => note.replace('tenant', 'other'), 2, /\(foreign-origin\)/],
  ])('does not go by a checkpoint that %s', (_what, change, status, why) => {
    const file = join(folder, 'wrong-note');
    writeFileSync(file, change(readFileSync(checkpoint(), 'utf8')));
    expect(run('verify', ['--checkpoint', file])).toMatchObject({ status, out: expect.stringMatching(why) });
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

describe('who has no key to a file', () => {
  // Root may read everything, so the tool is run as nobody.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const script = new URL('../../src/cli/ledger-verify.ts', import.meta.url).pathname;
  const refused = (flags: readonly string[]) =>
    spawnSync(process.execPath, [script, ...flags], {
      env: { PATH: process.env.PATH },
      encoding: 'utf8',
      ...asNobody,
    });
  const able = refused(['--colour']).stderr?.includes('--colour') ?? false;

  (able ? test : test.skip)('is told so in a sentence', () => {
    const secret = join(mkdtempSync(join(tmpdir(), 'flagman-secret-')), 'note');
    writeFileSync(secret, 'x', { mode: 0 });
    chmodSync(join(secret, '..'), 0o755);
    const flags = ['--export', 'x', '--origin', ORIGIN, '--public-key', secret, '--checkpoint', secret];
    const { status, stderr } = refused(flags);
    expect(status).toBe(1);
    expect(stderr.split('\n')[0]).toBe(`--public-key cannot be read: permission denied (${secret}).`);
    rmSync(join(secret, '..'), { recursive: true });
  });
});

describe('an auditor', () => {
  let out: string;
  let said: string;

  beforeAll(() => {
    out = join(folder, 'audit', 'ledger.jsonl');
    mkdirSync(join(folder, 'audit'));
    const flags = ['--out', out, '--with-checkpoint'];
    said = run('export', flags, { LEDGER_CHECKPOINT_FILE: checkpoint() }).out;
  });

  /** What the auditor has: three files, and the origin that somebody told them; no variable at all. */
  const audit = (change: Readonly<Record<string, string>> = {}) => {
    const given = {
      export: out,
      checkpoint: `${out}.checkpoint`,
      'public-key': `${out}.pub`,
      origin: ORIGIN,
      ...change,
    };
    const flags = Object.entries(given).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));
    return run('verify', flags, { DATA: undefined, LEDGER_KEY: undefined, LEDGER_ORIGIN: undefined });
  };

  const edited = (change: (text: string) => string): string => {
    const path = join(folder, 'audit', 'edited.jsonl');
    writeFileSync(path, change(readFileSync(out, 'utf8')));
    return path;
  };

  test('needs only the public key, and is told what it does not prove', () => {
    expect(audit()).toEqual({
      status: 0,
      errors: '',
      out: `Proven: all 8 entries of tenant, by the checkpoint of 2026-11-22T00:00:00Z (key ${KEY.id}). Had there been entries after it, their removal would not show. The seals of the entries (MACs) were not checked: that takes the secret key.\n`,
    });
  });

  test('is given nothing secret, and the words to go by', () => {
    expect(readFileSync(`${out}.pub`, 'utf8')).toBe(pemOf([KEY]));
    expect(readFileSync(`${out}.checkpoint`, 'utf8')).toBe(readFileSync(checkpoint(), 'utf8'));
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const [, command = ''] = said.split('\n');
    const flags = command.split(' -- ')[1]?.split(' ') ?? [];
    expect(run('verify', flags, { LEDGER_KEY: undefined })).toMatchObject({ status: 0 });
    expect(said).toMatch(/by another way than the entries/);
  });

  test('is told what no checkpoint covers', async () => {
    const early = join(folder, 'audit', 'early');
    writeFileSync(early, await noteAt(6));
    expect(audit({ checkpoint: early })).toMatchObject({
      status: 0,
      out: expect.stringMatching(
        /the first 6 of 8 entries .+ 2 entries after the last checkpoint: their removal would not show\. What stands after the last checkpoint is unproven\./,
      ),
    });
  });

  test('finds what was changed, cut off or read with the wrong key', () => {
    expect(
      audit({ export: edited((text) => text.replace('"kind":"question"', '"kind":"refusal"')) }),
    ).toMatchObject({
      status: 2,
      out: expect.stringMatching(/^Broken at entry 1 \(changed\)/),
    });
    expect(audit({ export: edited((text) => text.replace('\n', '\n\n')) })).toMatchObject({
      status: 2,
      out: expect.stringMatching(/^Broken at entry 2 \(unreadable\)/),
    });
    expect(audit({ export: edited((text) => text.split('\n').slice(0, 7).join('\n')) })).toMatchObject({
      status: 3,
      out: expect.stringMatching(/^Broken at entry 8 \(behind\)/),
    });
    const other = join(folder, 'audit', 'other.pub');
    writeFileSync(other, pemOf([ledgerKeyOf(Buffer.alloc(32, 9))]));
    expect(audit({ 'public-key': other })).toMatchObject({ status: 4 });
    expect(audit({ origin: 'another' })).toMatchObject({ status: 2 });
  });

  test.each([
    ['without a checkpoint', { checkpoint: '' }, /--export needs --origin, --checkpoint and --public-key/],
    ['without an origin', { origin: '' }, /--export needs/],
    ['with a store besides', { data: 'flagman.db' }, /Either --export or --data/],
    [
      'without the file',
      { export: 'absent' },
      /^--export cannot be read: no such file or directory \(absent\)/,
    ],
    [
      'with a key that is none',
      { 'public-key': 'note' },
      /^--public-key holds no PEM of Ed25519 public keys \(note\)/,
    ],
  ])('verifies nothing %s', (_what, change, why) => {
    expect(audit(change)).toMatchObject({ status: 1, out: '', errors: expect.stringMatching(why) });
  });

  test.each([
    [['--with-checkpoint'], /goes with --out/],
    [['--with-checkpoint', '--out', 'new', '--format', 'csv'], /goes with all entries as JSON lines/],
    [['--with-checkpoint', '--out', 'new', '--from', '2026-11-02'], /goes with all entries/],
    [['--with-checkpoint', '--out', 'new', '--to', '2026-11-02'], /goes with all entries/],
    [['--with-checkpoint', '--out', 'new'], /^LEDGER_CHECKPOINT_FILE cannot be read: no such file/],
    [['--out', 'note'], /^--out cannot be written: file already exists \(note\)/],
  ])('gets no file by %j', (flags, why) => {
    expect(run('export', flags)).toMatchObject({ status: 1, out: '', errors: expect.stringMatching(why) });
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
