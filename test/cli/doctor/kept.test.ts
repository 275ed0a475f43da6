import { describe, expect, test } from '@jest/globals';
import { ledgerFindings } from '../../../src/cli/doctor/ledger.ts';
import { placeFinding } from '../../../src/cli/doctor/places.ts';
import { storeFindings } from '../../../src/cli/doctor/store.ts';
import { lookAtFiles } from '../../../src/cli/doctor/store-files.ts';
import { only, verdicts } from './found.ts';

describe('a database server', () => {
  const server = {
    version: '15.4',
    isSuperuser: false,
    isStandby: false,
    isReadOnly: false,
    mayCreate: true,
  };
  const found = (change: Partial<typeof server>) =>
    storeFindings({
      name: 'postgres://db/flagman',
      seen: { due: [], unknown: [], server: { ...server, ...change } },
    });

  test.each([
    [{}, ['ok']],
    [{ isSuperuser: true }, ['warning']],
    [{ isStandby: true, mayCreate: false }, ['wrong']],
    [{ isReadOnly: true }, ['wrong']],
    [{ isReadOnly: true, isStandby: true }, ['wrong']],
    [{ mayCreate: false, isSuperuser: true }, ['wrong', 'warning']],
  ])('of %j is %j', (change, expected) => {
    expect(verdicts(found(change))).toEqual(expected);
  });

  test.each([
    ['password authentication failed for user "flagman"', /alter role/],
    ['database "flagman" does not exist', /create database/],
    ['role "flagman" does not exist', /create role/],
    ['The server does not support SSL connections', /sslmode/],
    ['self-signed certificate in certificate chain', /sslrootcert/],
    [
      'no pg_hba.conf entry for host "10.0.0.1", user "flagman", database "flagman", no encryption',
      /sslmode/,
    ],
    ['no pg_hba.conf entry for host "10.0.0.1", user "flagman", database "flagman"', /pg_hba/],
    ['sorry, too many clients already', /max_connections/],
    ['getaddrinfo ENOTFOUND db', /DNS/],
    ['connect ECONNREFUSED 127.0.0.1:5432', /runs/],
    ['timeout expired', /runs/],
    ['something else', /address in DATA/],
  ])('of which is said "%s" is mended accordingly', (problem, mend) => {
    const found = only(storeFindings({ name: 'postgres://db/flagman', problem }));
    expect(found).toMatchObject({ verdict: 'wrong', mend: expect.stringMatching(mend) });
  });
});

test('a disk without room is wrong, whatever the file says, and is no reason to restore a backup', () => {
  const files = { ...lookAtFiles(import.meta.filename), freeMb: 9 };
  const found = only(storeFindings({ name: 'flagman.db', files, problem: 'database or disk is full' }));
  expect(found).toMatchObject({
    verdict: 'wrong',
    what: expect.stringContaining('9 MB'),
    mend: 'Make room there.',
  });
  expect(lookAtFiles(import.meta.filename).freeMb).toBeGreaterThan(9);
});

test('a store of an older version is right: the next start brings it up to date', () => {
  const found = only(storeFindings({ name: 'flagman.db', seen: { due: ['x'], unknown: [] } }));
  expect(found).toEqual({ verdict: 'ok', what: 'flagman.db will be brought up to date by the next start.' });
});

describe('the ledger', () => {
  const whole = { code: 0, text: 'Whole.' };
  const MINUTE = 60_000;

  test('without a checkpoint of its newest entries for long is a warning', () => {
    expect(verdicts(ledgerFindings({ verdict: whole, entries: 9, uncoveredMs: 14 * MINUTE }))).toEqual([
      'ok',
    ]);
    const found = only(ledgerFindings({ verdict: whole, entries: 9, uncoveredMs: 16 * MINUTE }));
    expect(found).toMatchObject({ verdict: 'warning', what: expect.stringContaining('16 min') });
  });

  test('without entries is right', () => {
    expect(verdicts(ledgerFindings({ verdict: whole, entries: 0 }))).toEqual(['ok']);
  });
});

test.each([
  ['gone', 'wrong'],
  ['throttled', 'warning'],
  ['unreachable', 'wrong'],
  ['foreign-host', 'wrong'],
  ['refused', 'wrong'],
  ['too-big', 'wrong'],
  ['ambiguous', 'wrong'],
] as const)('a conversation of which Teams says %s is %s', (problem, verdict) => {
  const found = placeFinding('LEDGER_CONVERSATION', { kind: 'failed', problem });
  expect(found).toMatchObject({ verdict, about: 'LEDGER_CONVERSATION', mend: expect.stringMatching(/\.$/) });
});
