import type { LedgerConfig } from './config/ledger.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './ledger/checkpoint.ts';
import { type Head, START } from './ledger/entry.ts';
import type { LedgerKey } from './ledger/keys.ts';
import { dropCheckpoint, loadCheckpoint, saveCheckpoint } from './ledger-files.ts';
import type { Log } from './lib/log.ts';
import { isoOf } from './lib/time.ts';
import { LATE, within } from './lib/within.ts';
import type { Ledger as Stored } from './store/ledger.ts';

/** What a running ledger is made with. */
export interface LedgerMaking {
  readonly stored: Stored;
  readonly config: LedgerConfig;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly log: Log;
  /** Posts a note where people keep it. It may fail or take long; the same note may be posted again. */
  readonly post?: (note: string) => Promise<void>;
}

/** Signed statements about the head that leave the process: a line of the log, a file, and a post. */
export interface Checkpoints {
  /**
   * Signs one where there is something new and nothing of the old is missing, and starts to post what is not posted
   * yet. Never rejects: what failed is logged, and tried again at the next signing.
   */
  sign(): Promise<void>;
  /** Signs where the last time is five minutes ago, however often it is called. */
  tick(): Promise<void>;
  /** Says that there are so many entries; signs when that is many more than were signed for. */
  reached(entries: number): void;
  /** Signs and posts the last one; what is not done within a second is given up. */
  close(): Promise<void>;
}

/** How many entries may stand without a checkpoint that left the process. */
const ENTRIES_A_CHECKPOINT = 256;

const EVERY_MS = 5 * 60_000;

/** A timer that rings every five minutes may ring a moment early. */
const EARLY_MS = 1_000;

const POST_MS = 60_000;

const CLOSE_MS = 1_000;

const BEHIND =
  'The ledger is not the one that its checkpoint was signed for: entries are missing or were changed. Look with "node src/cli/ledger-verify.ts"; only when you know why, move the checkpoint file away';

/** What a note says; throws a sentence where it is none of ours. */
const checkpointOf = (note: string, { config }: LedgerMaking, keys: readonly LedgerKey[]): Checkpoint => {
  const checkpoint = readCheckpoint(note, config.origin, keys);
  if (typeof checkpoint === 'string')
    throw new Error(`LEDGER_CHECKPOINT_FILE cannot be gone by: ${checkpoint} (${config.checkpointFile}).`);
  return checkpoint;
};

const holds = async (stored: Stored, { size, hash }: Head): Promise<boolean> =>
  size === START.size || (await stored.find(size))?.hash === hash;

/** The checkpoint that was written last, if the ledger still agrees with it; else nothing more may be built on it. */
const agreedCheckpoint = async (
  making: LedgerMaking,
  keys: readonly LedgerKey[],
): Promise<Checkpoint | undefined> => {
  const { stored, config } = making;
  const path = config.checkpointFile;
  const note = await loadCheckpoint(path);
  if (note === undefined) return undefined;
  if (config.mayStartOver && (await stored.head()).size === 0) {
    await dropCheckpoint(path);
    return undefined;
  }
  const checkpoint = checkpointOf(note, making, keys);
  if (!(await holds(stored, checkpoint))) throw new Error(`${BEHIND} (${path}).`);
  return checkpoint;
};

/** What this process knows of the ledger: the head that it signed last, and how many entries there were at least. */
interface Known {
  readonly signed: Head;
  readonly size: number;
}

/**
 * The head to sign next; undefined when entries are missing, or are not those that we or another replica signed for: then
 * the checkpoint that proves it must stay.
 */
const soundHead = async (
  making: LedgerMaking,
  keys: readonly LedgerKey[],
  known: Known,
): Promise<Head | undefined> => {
  const { stored, config, log } = making;
  // Read before the head: another replica may sign a newer one at any moment.
  const note = await loadCheckpoint(config.checkpointFile);
  const filed = note === undefined ? START : checkpointOf(note, making, keys);
  const head = await stored.head();
  const least = Math.max(known.size, known.signed.size, filed.size);
  const areHeld = await Promise.all([head, known.signed, filed].map((one) => holds(stored, one)));
  if (head.size >= least && areHeld.every(Boolean)) return head;
  log.error('ledger.behind', { entries: head.size, known: least });
  return undefined;
};

/** Posts notes, one at a time; only the newest counts, since it covers all before it. */
const posting = ({ post, log }: LedgerMaking) => {
  let unposted: string | undefined;
  let underWay: Promise<void> | undefined;

  const postNewest = async (): Promise<void> => {
    let tried: string | undefined;
    // Another one may be signed meanwhile.
    while (post && unposted !== undefined && unposted !== tried) {
      tried = unposted;
      try {
        if ((await within(post(tried), POST_MS)) === LATE) throw new Error('The post took too long.');
        if (unposted === tried) unposted = undefined;
      } catch (error) {
        log.warn('ledger.checkpoint-unposted', { error });
      }
    }
  };

  return {
    isBehind: (): boolean => unposted !== undefined,
    take(note: string): void {
      if (post) unposted = note;
    },
    start(): Promise<void> {
      underWay ??= postNewest().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
  };
};

/** Throws when the ledger does not hold what the last checkpoint says. */
export const openCheckpoints = async (
  making: LedgerMaking,
  keys: readonly [LedgerKey, ...LedgerKey[]],
): Promise<Checkpoints> => {
  const { stored, config, clock, log } = making;
  const posts = posting(making);
  let signed: Head = (await agreedCheckpoint(making, keys)) ?? START;
  let { size } = await stored.head();
  let announced = signed.size;
  let lastAt = Number.NEGATIVE_INFINITY;
  let signing = Promise.resolve();

  const signHead = async (at: number): Promise<void> => {
    const head = await soundHead(making, keys, { signed, size });
    const isNew = head?.hash !== signed.hash;
    if (isNew || posts.isBehind()) lastAt = at;
    if (head === undefined || !isNew) return;
    const note = writeCheckpoint(config.origin, head, isoOf(clock()), keys[0]);
    // Whoever can change the disk does not have the log too.
    log.info('ledger.checkpoint', { note });
    await saveCheckpoint(config.checkpointFile, note);
    signed = head;
    posts.take(note);
  };

  const sign = (): Promise<void> => {
    const at = clock();
    signing = signing
      .then(() => signHead(at))
      .catch((error: unknown) => log.error('ledger.checkpoint-failed', { error }))
      // Not waited for: entries and the next signing go on whatever becomes of the post.
      .then(() => void posts.start());
    return signing;
  };

  const signAndPost = async (): Promise<void> => {
    await sign();
    await posts.start();
  };

  return {
    sign,
    async tick() {
      // Whichever way the clock was set meanwhile.
      if (Math.abs(clock() - lastAt) >= EVERY_MS - EARLY_MS) await sign();
    },
    reached(entries) {
      size = Math.max(size, entries);
      if (size - Math.max(announced, signed.size) < ENTRIES_A_CHECKPOINT) return;
      announced = size;
      sign();
    },
    async close() {
      await within(signAndPost(), CLOSE_MS);
    },
  };
};
