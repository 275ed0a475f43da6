import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashOf, jsonLines } from '../../src/files/json-lines.ts';
import { headOf, textOf } from './rows.ts';

const linesOf = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('the first line says what the file is and how complete, each other one is a row', async () => {
  const text = await textOf(jsonLines, [['a', undefined, ['x'], 5, false]], 5);
  expect(linesOf(text)).toEqual([
    { file: { title: 'A table', asked: 'flagged', completeness: 'Everything in this scope was read' } },
    { c0: 'a', c1: null, c2: ['x'], c3: 5, c4: false },
  ]);
});

test('H162: whatever a cell holds, it comes back, and nothing in the file is hidden', async () => {
  const unit = fc.constantFrom(
    '\0',
    '\u202e',
    '\u2028',
    '\u{e0041}',
    '\u200b',
    '"',
    '\\',
    '\n',
    '\ud800',
    'é',
    '=',
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit }), async (cell) => {
      const text = await textOf(jsonLines, [[cell]]);
      expect(linesOf(text).at(-1)).toEqual({ c0: cell });
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u202e]/u);
    }),
    { numRuns: 300 },
  );
});

test('the hash is that of every line but the first, as anybody can calculate it', async () => {
  const rows = [
    ['a\u202e', 1],
    ['b', null],
  ];
  const text = await textOf(jsonLines, rows, 2);
  const below = text.slice(text.indexOf('\n') + 1);
  expect(await hashOf(headOf(2), rows)).toBe(createHash('sha256').update(below).digest('hex'));
  expect(await hashOf(headOf(2), [['a', 1]])).not.toBe(await hashOf(headOf(2), [['a', 2]]));
});
