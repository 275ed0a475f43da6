import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify';
import type { LedgerConfig } from '../config/ledger.ts';
import type { LedgerRow } from '../ledger/entry.ts';
import { lineOf } from '../ledger/export.ts';
import { pemOf } from '../ledger/keys.ts';
import { loadText, makeFile } from '../ledger-files.ts';
import { isoOf } from '../lib/time.ts';
import { ledgerKeysOf } from '../running-ledger.ts';
import type { Ledger } from '../store/ledger.ts';
import { LEDGER_FLAGS, openLedgerOf } from './ledger.ts';
import { runTool } from './tool.ts';

const USAGE = `Usage: node src/cli/ledger-export.ts [--format jsonl|csv] [--from ISO] [--to ISO] [--data DATA]
                                       [--out FILE [--with-checkpoint]]

Writes the entries of the ledger to standard output, or to a new file: JSON lines with the texts as they were hashed,
or CSV to read. It holds no names: they stand beside the ledger, and only for a while. With the checkpoint the file is
whole, and FILE.checkpoint and FILE.pub beside it are what an auditor verifies it by.`;

const options = {
  ...LEDGER_FLAGS,
  format: { type: 'string', default: 'jsonl' },
  from: { type: 'string' },
  to: { type: 'string' },
  out: { type: 'string' },
  'with-checkpoint': { type: 'boolean', default: false },
} as const;

const parse = () => parseArgs({ options }).values;

type Flags = ReturnType<typeof parse>;

const COLUMNS = ['seq', 'time', 'origin', 'kind', 'actor', 'body', 'prevHash', 'hash', 'keyId', 'mac'];

const instantOf = (name: string, text: string | undefined, usual: number): number => {
  if (text === undefined) return usual;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`--${name} is not a moment in ISO 8601: ${text}`);
  return instant;
};

async function* between(ledger: Ledger, from: number, to: number): AsyncGenerator<LedgerRow, void> {
  for await (const row of ledger.rows()) if (row.at >= from && row.at < to) yield row;
}

async function* lines(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string, void> {
  for await (const row of rows) yield `${lineOf(row)}\n`;
}

async function* cells(rows: AsyncIterable<LedgerRow>): AsyncGenerator<LedgerRow & { time: string }, void> {
  for await (const row of rows) yield { ...row, time: isoOf(row.at) };
}

// A spreadsheet takes a cell that begins with = + - @ for a formula.
const csv = (): Transform => stringify({ header: true, columns: COLUMNS, escape_formulas: true });

const writeRows = async (ledger: Ledger, flags: Flags): Promise<void> => {
  const from = instantOf('from', flags.from, Number.NEGATIVE_INFINITY);
  const to = instantOf('to', flags.to, Number.POSITIVE_INFINITY);
  const rows = between(ledger, from, to);
  const file = flags.out === undefined ? undefined : await makeFile('--out', flags.out);
  const out = file?.createWriteStream() ?? process.stdout;
  const end = file !== undefined;
  if (flags.format === 'csv') await pipeline(Readable.from(cells(rows)), csv(), out, { end });
  else await pipeline(Readable.from(lines(rows)), out, { end });
};

const writeBeside = async (path: string, text: string): Promise<void> => {
  const file = await makeFile('--with-checkpoint', path);
  await file.writeFile(text);
  await file.close();
};

/** Writes what an auditor verifies the entries by. To be called first: the entries must reach to the checkpoint. */
const writeProof = async (out: string, config: LedgerConfig): Promise<void> => {
  const note = await loadText('LEDGER_CHECKPOINT_FILE', config.checkpointFile);
  await writeBeside(`${out}.checkpoint`, note);
  await writeBeside(`${out}.pub`, pemOf(ledgerKeysOf(config)));
};

const instructions = (out: string, { origin }: LedgerConfig): string =>
  `An auditor verifies it with
node src/cli/ledger-verify.ts --export ${out} --checkpoint ${out}.checkpoint --public-key ${out}.pub --origin ${origin}
Origin and public key prove something only when they reach the auditor by another way than the entries.
`;

const checked = (flags: Flags): Flags => {
  const { format, from, to, out } = flags;
  if (format !== 'jsonl' && format !== 'csv') throw new Error(`--format is jsonl or csv, not ${format}.`);
  if (flags['with-checkpoint'] && out === undefined) throw new Error('--with-checkpoint goes with --out.');
  if (flags['with-checkpoint'] && (format === 'csv' || from !== undefined || to !== undefined))
    throw new Error(
      '--with-checkpoint goes with all entries as JSON lines: only a whole ledger can be verified.',
    );
  return flags;
};

await runTool(USAGE, async () => {
  const flags = checked(parse());
  const { config, store } = await openLedgerOf(flags);
  try {
    const proven = flags['with-checkpoint'] ? flags.out : undefined;
    if (proven !== undefined) await writeProof(proven, config);
    await writeRows(store.ledger, flags);
    if (proven !== undefined) process.stdout.write(instructions(proven, config));
    return 0;
  } finally {
    await store.close();
  }
});
