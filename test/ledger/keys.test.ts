import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { keyIdOf, pemOf, publicKeysIn } from '../../src/ledger/keys.ts';
import { KEY, keyOf } from './chain.ts';

describe('a public key', () => {
  test('goes out as PEM and comes in again with its id, in the order given', () => {
    const keys = [keyOf(2), KEY];
    const read = publicKeysIn(`some words\n${pemOf(keys)}`);
    expect(read.map(({ id }) => id)).toEqual(keys.map(({ id }) => id));
    expect(pemOf(keys)).not.toMatch(/PRIVATE/);
  });

  test('has the id that anybody can tell from it', () => {
    const der = KEY.publicKey.export({ format: 'der', type: 'spki' });
    expect(KEY.id).toBe(createHash('sha256').update(der).digest('hex').slice(0, 16));
    expect(keyIdOf(der)).toBe(KEY.id);
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
    format: 'pem',
    type: 'spki',
  });
  test.each([
    ['nothing', ''],
    ['a private key', KEY.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()],
    ['a key of another kind', `${pemOf([KEY])}${rsa}`],
    ['a broken key', pemOf([KEY]).replace('MCow', 'MCox')],
  ])('is not read from %s', (_what, text) => {
    expect(publicKeysIn(text)).toEqual([]);
  });
});
