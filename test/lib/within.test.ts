import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { LATE, within } from '../../src/lib/within.ts';

test('work that is done in time gives its outcome', async () => {
  expect(await within(Promise.resolve('done'), 1_000)).toBe('done');
  await expect(within(Promise.reject(new Error('broken')), 1_000)).rejects.toThrow('broken');
});

test('work that takes longer goes on', async () => {
  const work = after(30, 'done');
  expect(await within(work, 5)).toBe(LATE);
  expect(await work).toBe('done');
});
