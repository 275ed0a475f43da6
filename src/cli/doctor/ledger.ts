import { existsSync } from 'node:fs';
import type { LedgerConfig } from '../../config/ledger.ts';
import { approvalSealsOf } from '../../ledger/approval-seal.ts';
import { verifyLedger } from '../../ledger/verify.ts';
import { loadCheckpoint } from '../../ledger-files.ts';
import { showAge } from '../../lib/time.ts';
import { ledgerKeysOf } from '../../running-ledger.ts';
import type { Look } from '../../store/look.ts';
import { differencesOf } from '../ledger-table.ts';
import { checkpointsOf, type Verdict, verdictOf, withTable } from '../ledger-verdict.ts';
import { type Found, fine, warning, wrong } from './finding.ts';

/** What was seen of a ledger. */
export interface LedgerFacts {
  readonly verdict: Verdict;
  readonly entries: number;
  /** How long the oldest entry that no checkpoint covers has stood, in milliseconds; absent where all are covered. */
  readonly uncoveredMs?: number;
}

/** Verifies the chain, and the table of requests against it, with what ledger:verify uses. Writes nothing. */
export const lookAtLedger = async (
  { ledger, approvals }: Look,
  config: LedgerConfig,
  clock: () => number,
): Promise<LedgerFacts> => {
  const { origin, checkpointFile: path } = config;
  const keys = ledgerKeysOf(config);
  // In this order, since a running bot goes on: what was signed is older than the end that is counted.
  const text = await loadCheckpoint(path);
  const read = checkpointsOf(text === undefined ? [] : [{ path, text }], origin, keys);
  const head = await ledger.head();
  if (!read.ok) return { verdict: read.error, entries: head.size };
  const checkpoints = read.value;
  const found = await verifyLedger(ledger.rows(), { origin, keys, head, checkpoints });
  const verdict = verdictOf(found, origin, checkpoints);
  if (!found.ok) return { verdict, entries: head.size };
  const whole = withTable(verdict, await differencesOf({ approvals, ledger }, approvalSealsOf(origin, keys)));
  const oldest = await ledger.find(found.head.size - found.uncovered + 1);
  return {
    verdict: whole,
    entries: found.head.size,
    ...(found.uncovered > 0 && oldest && { uncoveredMs: clock() - oldest.at }),
  };
};

/** Whether there is a key to verify with: looking for one must not make it. */
export const hasLedgerKey = ({ secrets, keyFile }: LedgerConfig): boolean =>
  secrets.length > 0 || existsSync(keyFile);

/** Why the newest checkpoint cannot be read; undefined where it can be, or where there is none yet. */
export const checkpointProblem = async ({ checkpointFile }: LedgerConfig): Promise<Found | undefined> => {
  try {
    await loadCheckpoint(checkpointFile);
    return undefined;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return wrong(
      what,
      `Let the account of Flagman read it: \`chown\` it, and \`chmod 600 ${checkpointFile}\`.`,
    );
  }
};

/** A running bot signs every five minutes. */
const OVERDUE_MS = 15 * 60_000;

const UNKNOWN_KEY = 4;

const mendOf = (code: number): string =>
  code === UNKNOWN_KEY
    ? 'Name every key that ever sealed it in LEDGER_KEY and LEDGER_OLD_KEYS, the newest first.'
    : 'Keep a copy of the store and of every checkpoint, find out who could write there, and compare with the log and backups. `node src/cli/ledger-verify.ts` says the same in detail.';

/** Whether the ledger is whole, and whether it is signed for often enough. */
export const ledgerFindings = ({ verdict, entries, uncoveredMs }: LedgerFacts): readonly Found[] => {
  if (verdict.code !== 0) return [wrong(verdict.text, mendOf(verdict.code))];
  if (entries === 0) return [fine('It has no entries yet.')];
  if (uncoveredMs !== undefined && uncoveredMs > OVERDUE_MS)
    return [
      warning(
        `The newest entries have stood without a signed checkpoint for ${showAge(uncoveredMs)}.`,
        'A bot that runs signs every five minutes: look in its log for ledger.checkpoint-failed. One that was killed signs at its next start.',
      ),
    ];
  return [fine(verdict.text)];
};
