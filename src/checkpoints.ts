import { type Checkpoint, readCheckpoint, writeCheckpoint } from './ledger/checkpoint.ts';
import type { Head } from './ledger/entry.ts';
import type { LedgerKey } from './ledger/keys.ts';
import type { LedgerConfig } from './ledger-config.ts';
import { dropCheckpoint, loadCheckpoint, saveCheckpoint } from './ledger-files.ts';
import type { Log } from './lib/log.ts';
import { isoOf } from './lib/time.ts';
import type { Ledger as Stored } from './store/ledger.ts';

/** What a running ledger is made with. */
export interface LedgerMaking {
  readonly stored: Stored;
  readonly config: LedgerConfig;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly log: Log;
}

/** Signed statements about the head that leave the process: a line of the log and a file. */
export interface Checkpoints {
  /** Signs one where there is something new. Never rejects: what failed is logged, and tried again later. */
  sign(): Promise<void>;
  /** Says that there are so many entries; signs when that is many more than were signed for. */
  reached(size: number): void;
}

/** How many entries may stand without a checkpoint that left the process. */
const ENTRIES_A_CHECKPOINT = 256;

const BEHIND =
  'The ledger is not the one that its checkpoint was signed for: entries are missing or were changed. Look with npm run ledger:verify; only when you know why, move the checkpoint file away';

/** The checkpoint that was written last, if the ledger still agrees with it; else nothing more may be built on it. */
const agreedCheckpoint = async (
  { stored, config }: LedgerMaking,
  keys: readonly LedgerKey[],
): Promise<Checkpoint | undefined> => {
  const path = config.checkpointFile;
  const note = await loadCheckpoint(path);
  if (note === undefined) return undefined;
  if (config.mayStartOver && (await stored.head()).size === 0) {
    await dropCheckpoint(path);
    return undefined;
  }
  const checkpoint = readCheckpoint(note, config.origin, keys);
  if (typeof checkpoint === 'string')
    throw new Error(`LEDGER_CHECKPOINT_FILE cannot be gone by: ${checkpoint} (${path}).`);
  const row = await stored.find(checkpoint.size);
  if (row?.hash !== checkpoint.hash) throw new Error(`${BEHIND} (${path}).`);
  return checkpoint;
};

/** Throws when the ledger does not hold what the last checkpoint says. */
export const openCheckpoints = async (
  making: LedgerMaking,
  keys: readonly [LedgerKey, ...LedgerKey[]],
): Promise<Checkpoints> => {
  const { stored, config, clock, log } = making;
  let signed: Head | undefined = await agreedCheckpoint(making, keys);
  let announced = signed?.size ?? 0;
  let signing = Promise.resolve();

  const signHead = async (): Promise<void> => {
    const head = await stored.head();
    if (head.size === 0 || head.hash === signed?.hash) return;
    const note = writeCheckpoint(config.origin, head, isoOf(clock()), keys[0]);
    // Whoever can change the disk does not have the log too.
    log.info('ledger.checkpoint', { note });
    await saveCheckpoint(config.checkpointFile, note);
    signed = head;
  };

  const sign = (): Promise<void> => {
    signing = signing
      .then(signHead)
      .catch((error: unknown) => log.error('ledger.checkpoint-failed', { error }));
    return signing;
  };

  return {
    sign,
    reached(size) {
      if (size - announced < ENTRIES_A_CHECKPOINT) return;
      announced = size;
      sign();
    },
  };
};
