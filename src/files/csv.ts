import { stringify } from 'csv-stringify/sync';
import { codePointOf, replaceHidden } from '../lib/text.ts';
import { bundled, type Cell, factsOf, type Row, type Writer } from './table.ts';

// Without it Excel takes UTF-8 for the code page of the machine.
const BYTE_ORDER_MARK = '\ufeff';

// What a spreadsheet takes for the beginning of a formula, behind quotes and blanks too.
const BEGINS = /^["'\s]*[=+\-@＝＋－＠]/;

// The same behind what ends a cell in a spreadsheet of another language.
const BEGINS_AGAIN = /([;,|\t\r\n])(?=["'\s]*[=+\-@＝＋－＠])/g;

const spelt = (character: string): string =>
  /[\t\r\n]/.test(character) ? character : codePointOf(character);

/** Text that no spreadsheet calculates with; tabs and line breaks stand in quotes, other hidden characters are spelt. */
const harmless = (text: string): string => {
  const shown = replaceHidden(text, spelt).replace(BEGINS_AGAIN, "$1'");
  return BEGINS.test(shown) ? `'${shown}` : shown;
};

const cellOf = (cell: Cell): string | number | boolean => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return harmless(cell);
  return typeof cell === 'object' ? harmless(cell.join('; ')) : cell;
};

const written = (rows: readonly Row[]): string =>
  stringify(
    rows.map((row) => row.map(cellOf)),
    {
      quoted: true,
      quoted_empty: true,
      escape_formulas: true,
      record_delimiter: 'windows',
      cast: { boolean: (value) => (value ? 'yes' : 'no') },
    },
  );

/**
 * A table for spreadsheets (RFC 4180, UTF-8 with a byte order mark): facts about the file, an empty row, the titles of
 * the columns, the rows. Every row has the same number of cells, all in quotes.
 */
export const csv: Writer = async function* (head, rows) {
  const width = Math.max(2, head.columns.length);
  const wide = (row: Row): Row => [...row, ...Array<Cell>(width - row.length).fill('')];
  const facts = factsOf(head).map(({ title, value }) => [title, value]);
  yield BYTE_ORDER_MARK;
  yield written([[head.title], ...facts, [], head.columns.map(({ title }) => title)].map(wide));
  for await (const bundle of bundled(rows)) yield written(bundle.map(wide));
};
