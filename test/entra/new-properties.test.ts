import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { newProperties } from '../../src/entra/new-properties.ts';
import type { SignIn } from '../../src/entra/sign-in.ts';

const DATA = new URL('../../../shared/data/signin-beta-vs-v1.json', import.meta.url);
const there = existsSync(DATA);

const signIn: SignIn = { id: 'a', createdDateTime: '2026-11-21T11:00:00Z', riskState: 'none' };

test('a property that is not documented yet is found, with its value', () => {
  const later = { ...signIn, quantumScore: 7, nested: { a: 1 }, constructor: 'x' };
  expect(newProperties(later)).toEqual([
    ['quantumScore', 7],
    ['nested', { a: 1 }],
    ['constructor', 'x'],
  ]);
});

test('documented properties, empty ones and OData remarks are not new', () => {
  const plain = {
    ...signIn,
    sessionId: 's',
    empty: null,
    absent: undefined,
    '@odata.type': '#microsoft.graph.signIn',
  };
  expect(newProperties(plain)).toEqual([]);
});

(there ? test : test.skip)('every property that Microsoft documents today is known', () => {
  const { both, betaOnly, v1Only } = JSON.parse(readFileSync(DATA, 'utf8'));
  const all = Object.fromEntries([...both, ...betaOnly, ...v1Only].map((name: string) => [name, 'x']));
  expect(newProperties({ ...signIn, ...all })).toEqual([]);
});
