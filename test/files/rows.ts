import type { Cell, Head, Rows, Writer } from '../../src/files/table.ts';

/** A head with so many columns. */
export const headOf = (columns: number): Head => ({
  title: 'A table',
  facts: [{ key: 'asked', title: 'Asked', value: 'flagged' }],
  completeness: 'Everything in this scope was read',
  columns: Array.from({ length: columns }, (_, at) => ({ key: `c${at}`, title: `C${at}` })),
});

/** A file as one text. */
export const textOf = async (
  write: Writer,
  rows: Rows,
  columns = 1,
  head = headOf(columns),
): Promise<string> => {
  let text = '';
  for await (const piece of write(head, rows)) text += piece;
  return text;
};

export type { Cell };
