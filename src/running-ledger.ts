import { type LedgerMaking, openCheckpoints } from './checkpoints.ts';
import { type AskedAbout, type LedgerEvent, LedgerFailure } from './entra/ledger-event.ts';
import { type Head, seal } from './ledger/entry.ts';
import { askedAboutOf, type Draft, draftOf, factsOf, keyDraft, type LedgerFact } from './ledger/event.ts';
import { type LedgerKey, ledgerKeyOf } from './ledger/keys.ts';
import type { LedgerConfig } from './ledger-config.ts';
import { secretBeside } from './ledger-files.ts';

/** The ledger of a running bot. */
export interface RunningLedger {
  /** Resolves when the entry is safe. Throws `LedgerFailure`: then nothing may be answered. */
  append(event: LedgerEvent): Promise<void>;
  /** The newest questions that named this user, the newest first. Throws `LedgerFailure`. */
  askedAbout(user: string): Promise<readonly AskedAbout[]>;
  /** Signs a checkpoint where there is something new, and erases what was kept long enough. */
  tick(): Promise<void>;
  /** Signs the last checkpoint. */
  close(): Promise<void>;
}

const DAY_MS = 24 * 3_600_000;

const MOST_ASKED = 20;

/** The keys of a configuration, the newest first. */
export const ledgerKeysOf = ({ secrets, keyFile }: LedgerConfig): readonly [LedgerKey, ...LedgerKey[]] => {
  const [newest = secretBeside(keyFile), ...older] = secrets;
  return [ledgerKeyOf(newest), ...older.map(ledgerKeyOf)];
};

/** Refuses to go on with a ledger of somebody else, or by a key that nobody named. Gives the key that sealed last. */
const lastKeyOf = async (
  { stored, config }: LedgerMaking,
  keys: readonly LedgerKey[],
  head: Head,
): Promise<string | undefined> => {
  const last = await stored.find(head.size);
  if (last === undefined && head.size > 0) throw new Error('The end of the ledger is missing.');
  if (last && last.origin !== config.origin)
    throw new Error('The ledger in the store is that of another LEDGER_ORIGIN.');
  if (last && !keys.some(({ id }) => id === last.keyId))
    throw new Error('The ledger was sealed by a key that is neither LEDGER_KEY nor one of LEDGER_OLD_KEYS.');
  return last?.keyId;
};

/** Appends under the newest key; a ledger that was cut while we run must not grow over the cut. */
const appending = ({ stored }: LedgerMaking, key: LedgerKey, head: Head) => {
  let last = head;
  return async (draft: Draft, facts: readonly LedgerFact[]): Promise<Head> => {
    const after = await stored.append((before) => {
      if (before.size < last.size) throw new Error('The ledger is shorter than it was.');
      return seal(draft, before, key);
    }, facts);
    if (after.size > last.size) last = after;
    return after;
  };
};

/** Throws the one error that the middle knows. */
const orFail = async <Value>(what: string, work: Promise<Value>): Promise<Value> => {
  try {
    return await work;
  } catch (cause) {
    throw new LedgerFailure(what, { cause });
  }
};

/** Opens the ledger of a store. Throws when it was tampered with in a way that shows at once. */
export const openLedger = async (making: LedgerMaking): Promise<RunningLedger> => {
  const { stored, config, clock } = making;
  const keys = ledgerKeysOf(config);
  const [key] = keys;
  const head = await stored.head();
  const before = await lastKeyOf(making, keys, head);
  const checkpoints = await openCheckpoints(making, keys);
  const append = appending(making, key, head);
  if (before !== undefined && before !== key.id)
    await append(keyDraft(clock(), config.origin, before, key), []);
  await checkpoints.sign();

  return {
    async append(event) {
      const draft = draftOf(event, config.origin, key);
      const { size } = await orFail('An entry could not be written.', append(draft, factsOf(event)));
      checkpoints.reached(size);
    },
    async askedAbout(user) {
      const rows = await orFail('The ledger could not be read.', stored.about(user, MOST_ASKED));
      return rows.map(({ row, name }) => askedAboutOf(row, name));
    },
    async tick() {
      await checkpoints.sign();
      await stored.prune(clock() - config.retentionDays * DAY_MS);
    },
    close: checkpoints.sign,
  };
};
