import { parseArgs } from 'node:util';
import { type Checkpoint, type CheckpointProblem, readCheckpoint } from '../ledger/checkpoint.ts';
import { type Fault, type Verification, verifyLedger } from '../ledger/verify.ts';
import { loadCheckpoint } from '../ledger-files.ts';
import { ledgerKeysOf } from '../running-ledger.ts';
import { LEDGER_FLAGS, openLedgerOf, runTool } from './ledger.ts';

const USAGE = `Usage: npm run --silent ledger:verify -- [--data DATA] [--origin ORIGIN] [--checkpoint FILE]

Reads the whole ledger and names the first entry that is not as it was written. Keys come from LEDGER_KEY and
LEDGER_OLD_KEYS. Exit code: 0 whole, 2 broken, 3 not what the checkpoint says, 4 an unknown key, 1 not verified.`;

const FAULTS: Readonly<Record<Fault, string>> = {
  changed: 'it was changed: its texts do not have its hash',
  removed: 'entries from here on were removed',
  inserted: 'it stands there a second time',
  're-ordered': 'the entries from here on were re-ordered',
  forged: 'it was changed or inserted, and hashed anew without the key',
  unlinked: 'it does not follow the entry before it: it belongs to another history',
  'foreign-origin': 'it belongs to the ledger of another origin',
  'unknown-key': 'it was sealed by a key that is not given: name every old key in LEDGER_OLD_KEYS',
  'old-key': 'it was sealed by a key that had been replaced before',
  cut: 'the end of the ledger was cut off: the store counts more entries',
  behind:
    'the ledger is not what the checkpoint was signed for: its end was cut off, or all of it was replaced',
};

const CODES: Readonly<Partial<Record<Fault | CheckpointProblem, number>>> = { behind: 3, 'unknown-key': 4 };
const BROKEN = 2;

const trust = ({ uncovered }: Verification & { ok: true }, checkpoint: Checkpoint | undefined): string => {
  if (!checkpoint) return 'There is no checkpoint: entries cut off at the end would not show.';
  if (uncovered === 0) return `The checkpoint of ${checkpoint.time} covers all of them.`;
  return `The checkpoint of ${checkpoint.time} covers all but the last ${uncovered}: only of these a cut at the end would not show.`;
};

await runTool(USAGE, async () => {
  const { values } = parseArgs({ options: LEDGER_FLAGS });
  const { config, store } = await openLedgerOf(values);
  try {
    const keys = ledgerKeysOf(config);
    const note = await loadCheckpoint(config.checkpointFile);
    const checkpoint = note === undefined ? undefined : readCheckpoint(note, config.origin, keys);
    if (typeof checkpoint === 'string') {
      process.stdout.write(`The checkpoint cannot be gone by: ${checkpoint} (${config.checkpointFile}).\n`);
      return CODES[checkpoint] ?? BROKEN;
    }
    const head = await store.ledger.head();
    const known = { origin: config.origin, keys, head, ...(checkpoint && { checkpoint }) };
    const found = await verifyLedger(store.ledger.rows(), known);
    if (!found.ok) {
      process.stdout.write(`Broken at entry ${found.seq} (${found.why}): ${FAULTS[found.why]}.\n`);
      return CODES[found.why] ?? BROKEN;
    }
    process.stdout.write(
      `Whole: ${found.head.size} entries of ${config.origin}. ${trust(found, checkpoint)}\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
});
