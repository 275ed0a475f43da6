import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from '../../src/lib/lines.ts';

const read = async (pieces: readonly string[]): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const line of linesOf(
    (async function* () {
      yield* pieces;
    })(),
  )) {
    lines.push(line);
  }
  return lines;
};

test('a line ends with a line feed, and a carriage return before it belongs to its end', async () => {
  expect(await read(['one\r\n\ntwo\nthree'])).toEqual(['one', '', 'two', 'three']);
  expect(await read(['one\r', '\ntwo\n'])).toEqual(['one', 'two']);
  expect(await read([])).toEqual([]);
});

test('nothing else ends a line', async () => {
  const line = 'a\rb\u2028c\u2029d\u0085e\vf\fg\0h';
  expect(await read([`${line}\n${line}`])).toEqual([line, line]);
});

test('how a text is cut into pieces changes nothing', async () => {
  const piece = fc.string({ unit: fc.constantFrom('\n', '\r', '\u2028', 'a', ' ') });
  await fc.assert(
    fc.asyncProperty(fc.array(piece), async (pieces) => {
      expect(await read(pieces)).toEqual(await read([pieces.join('')]));
    }),
  );
});
