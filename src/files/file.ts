import type { FileFormat } from '../entra/file.ts';
import { csv } from './csv.ts';
import { hashOf, jsonLines } from './json-lines.ts';
import { markdown } from './markdown.ts';
import type { Head, Row, Rows, Writer } from './table.ts';

/** What a file is made from. Its rows can be gone through again and again, and are the same each time. */
export interface Content {
  /** How much it is, in words without names: "412 sign-ins". */
  readonly summary: string;
  readonly head: Head;
  readonly rows: () => Rows;
  /** Keys of the columns that a file for reading holds. */
  readonly brief: readonly string[];
}

const WRITERS: Readonly<Record<FileFormat, { readonly write: Writer; readonly ending: string }>> = {
  csv: { write: csv, ending: 'csv' },
  jsonl: { write: jsonLines, ending: 'jsonl' },
  markdown: { write: markdown, ending: 'md' },
};

async function* pick(rows: Rows, wanted: readonly number[]): AsyncGenerator<Row> {
  for await (const row of rows) yield wanted.map((index) => row[index]);
}

const briefly = ({ head, rows, brief }: Content): Pick<Content, 'head' | 'rows'> => {
  const wanted = head.columns.flatMap(({ key }, at) => (brief.includes(key) ? [at] : []));
  const columns = head.columns.filter((_column, at) => wanted.includes(at));
  return { head: { ...head, columns }, rows: () => pick(rows(), wanted) };
};

/** The file in pieces. */
export const written = (content: Content, format: FileFormat): AsyncIterable<string> => {
  const { head, rows } = format === 'markdown' ? briefly(content) : content;
  return WRITERS[format].write(head, rows());
};

/** How many bytes the file has. */
export const sizeOf = async (content: Content, format: FileFormat): Promise<number> => {
  let bytes = 0;
  for await (const piece of written(content, format)) bytes += Buffer.byteLength(piece);
  return bytes;
};

/** The same content, with the hash of its rows in its head. */
export const hashed = async (content: Content): Promise<Content> => {
  const { head, rows } = content;
  const value = await hashOf(head, rows());
  const fact = { key: 'hash', title: 'SHA-256 of the rows as JSON lines', value };
  return { ...content, head: { ...head, facts: [...head.facts, fact] } };
};

/**
 * The name of a file, of ASCII letters, digits and hyphens alone: nothing of the tenant goes into it.
 *
 * @param now epoch milliseconds
 */
export const fileName = (what: 'sign-ins' | 'timeline', format: FileFormat, now: number): string => {
  const moment = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `flagman-${what}-${moment}.${WRITERS[format].ending}`;
};
