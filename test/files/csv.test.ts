import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { csv } from '../../src/files/csv.ts';
import { headOf, textOf } from './rows.ts';

/**
 * Reads RFC 4180 by its grammar alone: fields in quotes, quotes doubled, CRLF between records. Throws on anything else,
 * so that what it reads every reader can.
 */
const readCsv = (text: string): string[][] => {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  const quoted = /"((?:[^"]|"")*)"(,|\r\n)/y;
  while (at < text.length) {
    quoted.lastIndex = at;
    const [whole, field = '', end] = quoted.exec(text) ?? [];
    if (whole === undefined)
      throw new Error(`No field of RFC 4180 begins at ${at}: ${text.slice(at, at + 40)}`);
    record.push(field.replaceAll('""', '"'));
    if (end === '\r\n') {
      records.push(record);
      record = [];
    }
    at += whole.length;
  }
  return records;
};

const rowsIn = async (cells: readonly string[]): Promise<string[]> => {
  const text = await textOf(
    csv,
    cells.map((cell) => [cell, 'end']),
    2,
  );
  const records = readCsv(text.slice(1));
  return records.slice(records.findIndex(([first]) => first === 'C0') + 1).map(([first = '']) => first);
};

test('begins with a byte order mark, says what it is and how complete, and then comes the table', async () => {
  const text = await textOf(csv, [['a', 1, true]], 3);
  expect(text.startsWith('\ufeff"A table"')).toBe(true);
  expect(readCsv(text.slice(1))).toEqual([
    ['A table', '', ''],
    ['Asked', 'flagged', ''],
    ['How complete', 'Everything in this scope was read', ''],
    ['', '', ''],
    ['C0', 'C1', 'C2'],
    ['a', '1', 'yes'],
  ]);
});

test('every record has the same number of fields, also of a table with one column', async () => {
  const records = readCsv((await textOf(csv, [['x']], 1)).slice(1));
  expect(new Set(records.map(({ length }) => length))).toEqual(new Set([2]));
});

test('what the log does not say is empty, a list is joined, a number stays one', async () => {
  const text = await textOf(csv, [[undefined, null, ['a', 'b'], -5, false]], 5);
  expect(readCsv(text.slice(1)).at(-1)).toEqual(['', '', 'a; b', '-5', 'no']);
});

describe('H161: nothing that a spreadsheet calculates', () => {
  const cases: readonly [string, string][] = [
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+1+1', "'+1+1"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    [';=1', ";'=1"],
    ['\r=1', "'\r'=1"],
    ['\n=1', "'\n'=1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['"=HYPERLINK("https://evil.example")', '\'"=HYPERLINK("https://evil.example")'],
    [' =1', "' =1"],
    // A spreadsheet of another language takes a semicolon, or a tab, for the end of a cell.
    ['a;=1', "a;'=1"],
    ['a\t=1', "a\t'=1"],
    ['a,"=1"', 'a,\'"=1"'],
    ['a\n@x', "a\n'@x"],
  ];

  test.each(cases)('%j becomes %j', async (cell, expected) => {
    expect(await rowsIn([cell])).toEqual([expected]);
  });

  test('in the head, and in lists, too', async () => {
    const head = { ...headOf(1), facts: [{ key: 'asked', title: 'Asked', value: '=1' }] };
    const text = await textOf(csv, [[['=1', 'b']]], 1, head);
    expect(text).not.toMatch(/"=/);
    expect(text.match(/"'=1/g)).toHaveLength(2);
  });

  test('for all texts: no cell begins like a formula, whatever separates cells', async () => {
    const piece = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '＝',
      '"',
      "'",
      ' ',
      ';',
      ',',
      '\t',
      '\r',
      '\n',
      'a',
      '1',
      '\u202e',
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: piece, maxLength: 12 }), async (cell) => {
        const [written = ''] = await rowsIn([cell]);
        for (const part of written.split(/[;,\t\r\n]/)) expect(part).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
      }),
      { numRuns: 300 },
    );
  });

  test('an ordinary user agent is left as it is', async () => {
    const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
    expect(await rowsIn([agent])).toEqual([agent]);
  });
});

describe('H162: cells come back as they were', () => {
  test('quotes, separators and line breaks', async () => {
    const cells = ['a "quoted" word', 'a,b;c', 'one\r\ntwo', '""', '"', 'tab\tbed', ''];
    expect(await rowsIn(cells)).toEqual(cells);
  });

  test('a megabyte', async () => {
    const cell = '"x,\r\n'.repeat(200_000);
    expect(await rowsIn([cell])).toEqual([cell]);
  });

  test('control characters and what turns text around are spelt', async () => {
    expect(await rowsIn(['a\u0000b', 'a\u202efdp.exe', '\u001b[31m', '\u200b', '\u{e0041}'])).toEqual([
      'a‹U+0000›b',
      'a‹U+202E›fdp.exe',
      '‹U+001B›[31m',
      '‹U+200B›',
      '‹U+E0041›',
    ]);
  });

  test('for all texts without hidden characters and formulas', async () => {
    const piece = fc.constantFrom('"', ',', ';', 'a\r\n', '\n', 'a', 'é', '日', '🙂', ' ');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: piece }), { maxLength: 8 }), async (cells) => {
        expect(await rowsIn(cells)).toEqual(cells);
      }),
      { numRuns: 100 },
    );
  });
});
