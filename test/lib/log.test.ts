import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { createLog, redact } from '../../src/lib/log.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';

const written = (fields: Record<string, unknown>, secrets: readonly string[] = []): string => {
  const lines: string[] = [];
  createLog({ level: 'info', secrets, write: (line) => lines.push(line) }).info('tested', fields);
  return lines.join('');
};

describe('the log', () => {
  test('writes one JSON line an event, with its time', () => {
    expect(JSON.parse(written({ rows: 3 }))).toMatchObject({
      event: 'tested',
      rows: 3,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  test('keeps quiet below its level', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', write: (line) => lines.push(line) });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['c', 'd']);
  });

  test.each([
    ['a token', JWT],
    ['an Authorization value', 'Bearer opaque-canary-token'],
    ['a password in a form', 'client_secret=canary-secret&grant_type=x'],
    ['a token answer', '{"access_token":"canary-token"}'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n'],
    [
      'a private key in JSON',
      '{"pem":"-----BEGIN RSA PRIVATE KEY-----\\ncanary\\n-----END RSA PRIVATE KEY-----"}',
    ],
    ['a private key that was cut off', '-----BEGIN PRIVATE KEY-----\ncanary\ncana'],
  ])('H171: takes out %s wherever it stands', (_, secret) => {
    for (const fields of [{ a: secret }, { a: { b: [secret] } }, { a: new Error(`failed: ${secret}`) }]) {
      expect(written(fields)).not.toMatch(/canary|eyJhb/);
    }
  });

  test('H171: takes out secrets that it was told, and what lies too deep to be meant', () => {
    expect(written({ url: 'https://x/?a=pa55-canary' }, ['pa55-canary'])).not.toMatch(/canary/);
    expect(written({ a: { b: { c: { d: { e: 'canary' } } } } })).not.toMatch(/canary/);
  });

  test('leaves numbers, null and words as they are', () => {
    expect(JSON.parse(written({ a: 1, b: null, c: true, d: 'words' }))).toMatchObject({
      a: 1,
      b: null,
      c: true,
      d: 'words',
    });
    expect(redact('the password was wrong', ['abc'])).toBe('the password was wrong');
  });

  test('an error of another realm, or of a native module, is written like any other', () => {
    const foreign = runInNewContext('new Error("no such table")');
    expect(foreign).not.toBeInstanceOf(Error);
    expect(written({ error: foreign })).toMatch(/no such table/);
  });

  test('an error without a stack is still written', () => {
    const error = new Error('broken');
    delete error.stack;
    expect(written({ error })).toMatch(/broken/);
  });
});
