import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify';
import type { LedgerRow } from '../ledger/entry.ts';
import { isoOf } from '../lib/time.ts';
import type { Ledger } from '../store/ledger.ts';
import { LEDGER_FLAGS, openLedgerOf, runTool } from './ledger.ts';

const USAGE = `Usage: npm run --silent ledger:export -- [--format jsonl|csv] [--from ISO] [--to ISO] [--data DATA]

Writes the entries of the ledger to standard output: JSON lines with the texts as they were hashed, or CSV to read.
It holds no names: they stand beside the ledger, and only for a while.`;

const options = {
  ...LEDGER_FLAGS,
  format: { type: 'string', default: 'jsonl' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

const COLUMNS = ['seq', 'time', 'origin', 'kind', 'actor', 'body', 'prevHash', 'hash', 'keyId', 'mac'];

const instantOf = (name: string, text: string | undefined, usual: number): number => {
  if (text === undefined) return usual;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`--${name} is not a moment in ISO 8601: ${text}`);
  return instant;
};

async function* between(
  ledger: Ledger,
  from: number,
  to: number,
): AsyncGenerator<LedgerRow & { time: string }> {
  for await (const row of ledger.rows()) {
    if (row.at >= from && row.at < to) yield { ...row, time: isoOf(row.at) };
  }
}

async function* lines(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

// A spreadsheet takes a cell that begins with = + - @ for a formula.
const csv = (): Transform => stringify({ header: true, columns: COLUMNS, escape_formulas: true });

await runTool(USAGE, async () => {
  const { values } = parseArgs({ options });
  const { format } = values;
  if (format !== 'jsonl' && format !== 'csv') throw new Error(`--format is jsonl or csv, not ${format}.`);
  const from = instantOf('from', values.from, Number.NEGATIVE_INFINITY);
  const to = instantOf('to', values.to, Number.POSITIVE_INFINITY);
  const { store } = await openLedgerOf(values);
  try {
    const rows = between(store.ledger, from, to);
    if (format === 'csv') await pipeline(Readable.from(rows), csv(), process.stdout, { end: false });
    else await pipeline(Readable.from(lines(rows)), process.stdout, { end: false });
    return 0;
  } finally {
    await store.close();
  }
});
