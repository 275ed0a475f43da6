import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ledgerKeyOf, pemOf } from '../../src/ledger/keys.ts';
import { KEY, type LedgerAtHand, makeLedger, ORIGIN, scriptOf } from './ledger-at-hand.ts';

let at: LedgerAtHand;

beforeAll(async () => {
  at = await makeLedger(['ana', 'bo', 'kim', 'ana', 'a\u2028b', '"\n\\', 'bo', 'kim']);
});

afterAll(() => at.remove());

describe('who has no key to a file', () => {
  // Root may read everything, so the tool is run as nobody.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const refused = (flags: readonly string[]) =>
    spawnSync(process.execPath, [scriptOf('verify'), ...flags], {
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
    out = join(at.folder, 'audit', 'ledger.jsonl');
    mkdirSync(join(at.folder, 'audit'));
    const flags = ['--out', out, '--with-checkpoint'];
    said = at.run('export', flags, { LEDGER_CHECKPOINT_FILE: at.checkpoint }).out;
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
    return at.run('verify', flags, { DATA: undefined, LEDGER_KEY: undefined, LEDGER_ORIGIN: undefined });
  };

  const edited = (change: (text: string) => string): string => {
    const path = join(at.folder, 'audit', 'edited.jsonl');
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
    expect(readFileSync(`${out}.checkpoint`, 'utf8')).toBe(readFileSync(at.checkpoint, 'utf8'));
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const [, command = ''] = said.split('\n');
    const flags = command.split('node src/cli/ledger-verify.ts ')[1]?.split(' ') ?? [];
    expect(at.run('verify', flags, { LEDGER_KEY: undefined })).toMatchObject({ status: 0 });
    expect(said).toMatch(/by another way than the entries/);
  });

  test('is told what no checkpoint covers', async () => {
    expect(audit({ checkpoint: await at.noteAt(6) })).toMatchObject({
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
    const other = join(at.folder, 'audit', 'other.pub');
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
    expect(at.run('export', flags)).toMatchObject({ status: 1, out: '', errors: expect.stringMatching(why) });
  });
});
