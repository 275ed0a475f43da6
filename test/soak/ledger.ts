/**
 * Verifies a million rows, from the store by the secret and from an export by the public key, and shows that it takes
 * no memory to speak of: `node test/soak/ledger.ts [rows]`. Fails where a step takes more than 300 MB, or finds a fault.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { type LedgerRow, seal } from '../../src/ledger/entry.ts';
import { lineOf, verifyExport } from '../../src/ledger/export.ts';
import { ledgerKeyOf, pemOf, publicKeysIn } from '../../src/ledger/keys.ts';
import { type Verification, verifyLedger } from '../../src/ledger/verify.ts';
import { loadLines } from '../../src/ledger-files.ts';
import type { Ledger } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/store.ts';

const [, , given = '1000000', folder = mkdtempSync(join(tmpdir(), 'flagman-soak-')), wanted] = process.argv;
const ROWS = Number(given);
const AT_ONCE = 100;
const MOST_MB = 300;
const ORIGIN = 'soak';
const KEY = ledgerKeyOf(Buffer.alloc(32, 1));

const note = join(folder, 'checkpoint');
const exported = join(folder, 'ledger.jsonl');

const withLedger = async (work: (ledger: Ledger) => Promise<void>): Promise<void> => {
  const { ledger, close } = await openStore(join(folder, 'flagman.db'));
  await work(ledger);
  await close();
};

const fill = async (ledger: Ledger): Promise<void> => {
  const body = JSON.stringify({
    command: 'flagged',
    users: ['u'.repeat(22)],
    filter: 'f'.repeat(22),
    rows: 3,
  });
  for (let done = 0; done < ROWS; done += AT_ONCE) {
    const entry = { at: done, origin: ORIGIN, kind: 'question', actor: 'a'.repeat(36), body };
    const count = Math.min(AT_ONCE, ROWS - done);
    await Promise.all(
      Array.from({ length: count }, () =>
        ledger.append({ seal: (head) => seal(entry, head, KEY), facts: [] }),
      ),
    );
  }
  writeFileSync(note, writeCheckpoint(ORIGIN, await ledger.head(), '2026-11-22T00:00:00Z', KEY));
};

async function* linesOf(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string, void> {
  for await (const row of rows) yield `${lineOf(row)}\n`;
}

const checkpoint = (): Checkpoint => {
  const read = readCheckpoint(readFileSync(note, 'utf8'), ORIGIN, [KEY]);
  if (typeof read === 'string') throw new Error(read);
  return read;
};

const needWhole = (found: Verification): void => {
  if (!found.ok) throw new Error(`${found.why} at ${found.seq}`);
  if (found.head.size !== ROWS || found.uncovered > 0) throw new Error('not all rows were read');
};

/** Each runs in a process of its own, so that every peak is that of one step. */
const STEPS: Readonly<Record<string, () => Promise<void>>> = {
  written: () => withLedger(fill),
  'verified in the store': () =>
    withLedger(async (ledger) => {
      const known = { origin: ORIGIN, keys: [KEY], checkpoints: [checkpoint()] };
      needWhole(await verifyLedger(ledger.rows(), known));
    }),
  exported: () =>
    withLedger((ledger) => pipeline(Readable.from(linesOf(ledger.rows())), createWriteStream(exported))),
  'verified by the public key': async () => {
    const known = { origin: ORIGIN, keys: publicKeysIn(pemOf([KEY])), checkpoints: [checkpoint()] };
    needWhole(await verifyExport(loadLines('the export', exported), known));
  },
};

const take = async (step: string): Promise<void> => {
  const start = performance.now();
  await STEPS[step]?.();
  const seconds = (performance.now() - start) / 1000;
  const speed = Math.round(ROWS / seconds).toLocaleString('en');
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${step}: ${speed} rows/s, ${seconds.toFixed(1)} s, peak ${peak} MB\n`);
  if (peak > MOST_MB) throw new Error(`more than ${MOST_MB} MB`);
};

/** Whether the step went well, in a process whose young garbage may not grow as it likes: what is kept must show. */
const isTaken = (step: string): boolean => {
  const script = ['--max-semi-space-size=16', import.meta.filename, given, folder, step];
  return spawnSync(process.execPath, script, { stdio: 'inherit' }).status === 0;
};

if (wanted !== undefined) await take(wanted);
else {
  process.exitCode = Object.keys(STEPS).every(isTaken) ? 0 : 1;
  rmSync(folder, { recursive: true });
}
