import { parseArgs } from 'node:util';
import { keptSince, type LedgerConfig } from '../config/ledger.ts';
import { approvalSealsOf } from '../ledger/approval-seal.ts';
import { verifyExport } from '../ledger/export.ts';
import { isPlace } from '../ledger/incident-event.ts';
import { type LedgerKey, type PublicKey, publicKeysIn } from '../ledger/keys.ts';
import { verifyLedger } from '../ledger/verify.ts';
import { loadCheckpoint, loadLines, loadText } from '../ledger-files.ts';
import { ledgerKeysOf, type RunningLedger } from '../running-ledger.ts';
import { LEDGER_FLAGS, openLedgerOf } from './ledger.ts';
import { shareDifferencesOf } from './ledger-shares.ts';
import { differencesOf } from './ledger-table.ts';
import {
  checkpointsOf,
  type Note,
  publicVerdictOf,
  type Verdict,
  verdictOf,
  withTable,
} from './ledger-verdict.ts';
import { runTool } from './tool.ts';

const USAGE = `Usage: node src/cli/ledger-verify.ts [--data DATA] [--origin ORIGIN] [--checkpoint FILE]...
       node src/cli/ledger-verify.ts --export FILE --checkpoint FILE... --public-key FILE... --origin ORIGIN

Reads the whole ledger, names the first entry that is not as it was written, and holds requests and shares against it. Keys come from LEDGER_KEY and
LEDGER_OLD_KEYS. An export is verified by public keys alone, the newest first, without the seals of its entries.
Exit code: 0 whole, 2 broken, or the table differs, 3 not what a checkpoint says, 4 an unknown key, 1 not verified.`;

const options = {
  ...LEDGER_FLAGS,
  checkpoint: { type: 'string', multiple: true },
  export: { type: 'string' },
  'public-key': { type: 'string', multiple: true },
} as const;

const parse = () => parseArgs({ options }).values;

type Flags = ReturnType<typeof parse>;

const notesIn = (paths: readonly string[]): Promise<readonly Note[]> =>
  Promise.all(paths.map(async (path) => ({ path, text: await loadText('--checkpoint', path) })));

/** The notes that were named; else the one that the bot keeps, where there is one. */
const ownNotes = async (named: Flags['checkpoint'], path: string): Promise<readonly Note[]> => {
  if (named) return notesIn(named);
  const text = await loadCheckpoint(path);
  return text === undefined ? [] : [{ path, text }];
};

const judgingBy = (config: LedgerConfig, keys: readonly LedgerKey[]) => ({
  isIn: (...[row, place, conversationId]: Parameters<RunningLedger['isIn']>) =>
    isPlace(row, place, conversationId, keys),
  keptSince: keptSince(config, Date.now()),
});

const verifyStore = async (flags: Flags): Promise<Verdict> => {
  if (flags['public-key']) throw new Error('--public-key goes with --export.');
  const { config, store } = await openLedgerOf(flags);
  try {
    const { origin } = config;
    const keys = ledgerKeysOf(config);
    const read = checkpointsOf(await ownNotes(flags.checkpoint, config.checkpointFile), origin, keys);
    if (!read.ok) return read.error;
    const checkpoints = read.value;
    const head = await store.ledger.head();
    const found = await verifyLedger(store.ledger.rows(), { origin, keys, head, checkpoints });
    const verdict = verdictOf(found, origin, checkpoints);
    if (!found.ok) return verdict;
    const requests = await differencesOf(store, approvalSealsOf(origin, keys));
    return withTable(verdict, [...requests, ...(await shareDifferencesOf(store, judgingBy(config, keys)))]);
  } finally {
    await store.close();
  }
};

const publicKeysOf = async (path: string): Promise<readonly PublicKey[]> => {
  const keys = publicKeysIn(await loadText('--public-key', path));
  if (keys.length === 0) throw new Error(`--public-key holds no PEM of Ed25519 public keys (${path}).`);
  return keys;
};

/** Takes nothing from the environment: an auditor has their own origin, keys and notes. */
const verifyFile = async (path: string, flags: Flags): Promise<Verdict> => {
  const { origin, checkpoint, 'public-key': keyFiles, data } = flags;
  if (data !== undefined) throw new Error('Either --export or --data.');
  if (origin === undefined || !checkpoint || !keyFiles)
    throw new Error('--export needs --origin, --checkpoint and --public-key: nothing else proves it.');
  const keys = (await Promise.all(keyFiles.map(publicKeysOf))).flat();
  const read = checkpointsOf(await notesIn(checkpoint), origin, keys);
  if (!read.ok) return read.error;
  const checkpoints = read.value;
  const found = await verifyExport(loadLines('--export', path), { origin, keys, checkpoints });
  return publicVerdictOf(found, origin, checkpoints);
};

await runTool(USAGE, async () => {
  const flags = parse();
  const { code, text } = await (flags.export === undefined
    ? verifyStore(flags)
    : verifyFile(flags.export, flags));
  process.stdout.write(`${text}\n`);
  return code;
});
