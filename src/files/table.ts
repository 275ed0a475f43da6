import { setImmediate as breathe } from 'node:timers/promises';

/** One value of a file; a list stays a list where the format has lists. Absent: the log does not say. */
export type Cell = string | number | boolean | readonly string[] | null | undefined;

/** What one row says, in the order of the columns. */
export type Row = readonly Cell[];

/** A column, or a fact about the whole file: `key` is what programs read, `title` what people do. */
export interface Named {
  readonly key: string;
  readonly title: string;
}

/** What a file says about itself before its rows. */
export interface Head {
  /** In words of our own. */
  readonly title: string;
  /** What was asked, with which filter, when it was read. Values are untrusted text. */
  readonly facts: readonly (Named & { readonly value: Cell })[];
  /** Whether everything was read, or why not: every file says it. */
  readonly completeness: string;
  readonly columns: readonly Named[];
}

/** Rows as they come: none is kept. */
export type Rows = Iterable<Row> | AsyncIterable<Row>;

/** Writes a file in pieces, so that at no time more than one piece is in memory. */
export type Writer = (head: Head, rows: Rows) => AsyncIterable<string>;

/** The facts of a head with the one that is never missing. */
export const factsOf = ({ facts, completeness }: Head): Head['facts'] => [
  ...facts,
  { key: 'completeness', title: 'How complete', value: completeness },
];

/** Large enough that writing is quick, small enough that nobody waits for one piece. */
const ROWS_A_PIECE = 200;

/** Rows in bundles of one piece each. */
export async function* bundled(rows: Rows): AsyncGenerator<readonly Row[]> {
  let bundle: Row[] = [];
  for await (const row of rows) {
    bundle.push(row);
    if (bundle.length < ROWS_A_PIECE) continue;
    yield bundle;
    bundle = [];
    // Whoever asks something meanwhile is not kept waiting by a large file.
    await breathe();
  }
  if (bundle.length > 0) yield bundle;
}
