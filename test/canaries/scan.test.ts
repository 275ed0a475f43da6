import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { createLog } from '../../src/lib/log.ts';
import { zip } from '../../src/lib/zip.ts';
import { filesIn } from './artefacts.ts';
import { type Artefacts, hits } from './scan.ts';

const SECRET = 'can"ary~\\/+=&% 7f3a-é';
const CANARIES = [
  { name: 'the other', secret: 'nowhere-7f3b' },
  { name: 'this', secret: SECRET },
];

const found = (artefacts: Artefacts): readonly string[] => hits(artefacts, CANARIES);

describe('the scanner finds a secret', () => {
  test.each([
    ['as it is', `Bearer ${SECRET}.`],
    ['in JSON', JSON.stringify({ message: `secret=${SECRET}` })],
    ['in JSON within JSON', JSON.stringify({ body: JSON.stringify({ message: SECRET }) })],
    ['in an address', `https://a.example/?code=${encodeURIComponent(SECRET)}&x=1`],
    ['in an address within an address', encodeURIComponent(`https://a/?c=${encodeURIComponent(SECRET)}`)],
    ['in a form', new URLSearchParams({ client_secret: SECRET }).toString()],
    ['in hexadecimal digits', Buffer.from(`x${SECRET}`).toString('hex')],
    ...[0, 1, 2].flatMap((before): [string, string][] => {
      const bytes = Buffer.from(`${'x'.repeat(before)}${SECRET}:y`);
      return [
        [`in base64, ${before} bytes from its start`, bytes.toString('base64')],
        [`in base64url, ${before} bytes from its start`, bytes.toString('base64url')],
        [
          `in base64 of an address, ${before} bytes from its start`,
          encodeURIComponent(bytes.toString('base64')),
        ],
      ];
    }),
  ])('%s', (_how, text) => {
    expect(found({ text })).toEqual(['this in text']);
  });

  test('in what a database has not yet moved into its file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'flagman-scan-'));
    const database = new Database(join(folder, 'flagman.db'));
    database.pragma('journal_mode = wal');
    database.exec('create table facts (fact text)');
    database.prepare('insert into facts values (?)').run(`it is ${SECRET}`);
    expect(found(filesIn(folder))).toEqual(['this in flagman.db-wal']);
    database.close();
    expect(found(filesIn(folder))).toEqual(['this in flagman.db']);
    rmSync(folder, { recursive: true });
  });

  test('in a package', () => {
    expect(found({ package: zip([{ name: 'manifest.json', bytes: Buffer.from(SECRET) }]) })).toEqual([
      'this in package',
    ]);
  });

  test('in the lines of a log that takes nothing out, and not in those of ours', () => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const error = new Error(`Authorization: Bearer ${SECRET}`);
    createLog({ level: 'debug', secrets: [SECRET], write }).error('turn.failed', { error });
    expect(lines).toHaveLength(1);
    expect(found({ log: lines.join() })).toEqual([]);
    pino({ level: 'debug' }, { write }).error({ err: error }, 'turn.failed');
    expect(found({ log: lines.join() })).toEqual(['this in log']);
  });

  test('and nothing where there is none', () => {
    expect(found({ text: 'canary', bytes: Buffer.alloc(64) })).toEqual([]);
  });
});
