import { createHash } from 'node:crypto';
import { replaceHidden } from '../lib/text.ts';
import { bundled, factsOf, type Head, type Row, type Rows, type Writer } from './table.ts';

const escaped = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** One line of JSON in which nothing is hidden: what no eye sees is escaped, and comes back as it was. */
const lineOf = (value: object): string => `${replaceHidden(JSON.stringify(value), escaped)}\n`;

const rowOf = ({ columns }: Head, row: Row): object =>
  Object.fromEntries(columns.map(({ key }, index) => [key, row[index] ?? null]));

async function* linesOf(head: Head, rows: Rows): AsyncGenerator<string> {
  for await (const bundle of bundled(rows)) yield bundle.map((row) => lineOf(rowOf(head, row))).join('');
}

/** JSON lines for programs: the first line says what the file is, every other one is a row. */
export const jsonLines: Writer = async function* (head, rows) {
  const facts = factsOf(head).map(({ key, value }) => [key, value ?? null]);
  yield lineOf({ file: { title: head.title, ...Object.fromEntries(facts) } });
  yield* linesOf(head, rows);
};

/**
 * SHA-256 of the rows as 64 hexadecimal digits: of all lines but the first of the JSON lines file, byte for byte, so
 * that anybody can calculate it. The other formats of the same rows carry the same one.
 */
export const hashOf = async (head: Head, rows: Rows): Promise<string> => {
  const hash = createHash('sha256');
  for await (const lines of linesOf(head, rows)) hash.update(lines);
  return hash.digest('hex');
};
