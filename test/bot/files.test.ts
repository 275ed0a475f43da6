import { expect, test } from '@jest/globals';
import { offerFile } from '../../src/bot/files/offer.ts';
import type { Middle } from '../../src/bot/middle.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';

test('where Teams takes no files of bots, none is offered, and that is said', async () => {
  const middle = { settings: { takesFiles: false } } as Middle;
  const asker = { person: { id: 'maya' }, place: { kind: 'personal' } } as Parameters<typeof offerFile>[1];
  expect(await offerFile(middle, asker, { result: 'r' }, 'csv')).toMatchObject({
    card: 'problem',
    what: 'Files cannot be offered in this cloud.',
  });
});

test('these are the clouds of the US Government beyond GCC', () => {
  const without = Object.values(CLOUDS).filter(({ fileHosts }) => fileHosts.length === 0);
  expect(without.map(({ name }) => name)).toEqual(['usgov', 'usgovdod']);
});
