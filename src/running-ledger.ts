import { type LedgerMaking, openCheckpoints } from './checkpoints.ts';
import { keptSince, type LedgerConfig } from './config/ledger.ts';
import {
  type AskedAbout,
  type HistoryEntry,
  type LedgerEvent,
  LedgerFailure,
  type Testimony,
} from './entra/ledger-event.ts';
import { type ApprovalSeals, approvalSealsOf } from './ledger/approval-seal.ts';
import { type Head, type LedgerRow, seal } from './ledger/entry.ts';
import {
  askedAboutOf,
  type Draft,
  draftOf,
  factsOf,
  historyOf,
  keyDraft,
  type ToldRow,
} from './ledger/event.ts';
import { checkSeals, evidenceOf } from './ledger/fold.ts';
import { isPlace, topicsIn, topicsOf } from './ledger/incident-event.ts';
import { type LedgerKey, ledgerKeyOf } from './ledger/keys.ts';
import { secretBeside } from './ledger-files.ts';
import { BriefMap } from './lib/brief-map.ts';
import type { Log } from './lib/log.ts';
import type { Sealing } from './store/ledger.ts';

/** An entry on its way into a transaction of the store, which writes it together with what it is about. */
export interface Prepared extends Sealing {
  /** To be called when that transaction is committed, and never otherwise. */
  committed(): void;
}

/** The ledger of a running bot. */
export interface RunningLedger {
  /** Resolves when the entry is safe. Throws `LedgerFailure`: then nothing may be answered. */
  append(event: LedgerEvent): Promise<void>;
  /** Throws when a fact of the event must not stand in the ledger. */
  prepare(event: LedgerEvent): Prepared;
  /** The newest questions and requests that named this user, the newest first. Throws `LedgerFailure`. */
  askedAbout(user: string): Promise<readonly AskedAbout[]>;
  /**
   * What the entries about an approval say, all of them as they were sealed; undefined when there are none. Throws
   * `LedgerFailure`, too when one of them is not genuine: nobody may decide on it.
   */
  evidence(number: number): Promise<Testimony | undefined>;
  /** The same entries as they are told. Throws `LedgerFailure`. */
  history(number: number): Promise<readonly HistoryEntry[]>;
  /** The entries about a share or an incident, all of them as they were sealed. Throws `LedgerFailure`. */
  onTopic(topic: string): Promise<readonly ToldRow[]>;
  /** Whether the place that an entry names, which holds it as a pseudonym, is this conversation. */
  isIn(row: LedgerRow, place: string | undefined, conversationId: string | undefined): boolean;
  /** For the rows of approvals. */
  readonly approvalSeals: ApprovalSeals;
  /** Says in the log, at most once a minute, that the row of CR-n is not as it was written. */
  edited(number: number): void;
  /** Signs a checkpoint when it is time, and erases what was kept long enough. */
  tick(): Promise<void>;
  /** Signs the last checkpoint. */
  close(): Promise<void>;
}

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

/** Seals under the newest key; a ledger that was cut while we run must not grow over the cut. */
const sealing = (key: LedgerKey, head: Head, reached: (size: number) => void) => {
  let known = head.size;
  return (draft: Draft, about: Omit<Sealing, 'seal'>): Prepared => {
    let seq = 0;
    return {
      ...about,
      seal(before) {
        if (before.size < known) throw new Error('The ledger is shorter than it was.');
        const row = seal(draft, before, key);
        seq = row.seq;
        return row;
      },
      committed() {
        known = Math.max(known, seq);
        reached(seq);
      },
    };
  };
};

/** Throws the one error that the middle knows. */
export const orFail = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work();
  } catch (cause) {
    throw new LedgerFailure(what, { cause });
  }
};

const UNREADABLE = 'The ledger could not be read.';

/** Reads entries back. */
const reading = (
  { stored, config: { origin } }: LedgerMaking,
  keys: readonly LedgerKey[],
): Pick<RunningLedger, 'askedAbout' | 'evidence' | 'history' | 'onTopic' | 'isIn'> => {
  const genuine = async (number: number) => {
    const rows = await stored.ofApproval(number);
    const chain = rows.map(({ row }) => row);
    return { rows, evidence: evidenceOf(chain, { number, origin, keys }) };
  };
  return {
    isIn: (row, place, conversationId) => isPlace(row, place, conversationId, keys),
    onTopic: (topic) =>
      orFail(UNREADABLE, async () => {
        const rows = await stored.onTopic(topic);
        const chain = rows.map(({ row }) => row);
        checkSeals(chain, { origin, keys }, (row) => topicsIn(row).includes(topic));
        return rows;
      }),
    askedAbout: (user) =>
      orFail(UNREADABLE, async () => {
        const rows = await stored.about(user, MOST_ASKED);
        return rows.map(({ row, name }) => askedAboutOf(row, name));
      }),
    evidence: (number) => orFail(UNREADABLE, async () => (await genuine(number)).evidence),
    history: (number) => orFail(UNREADABLE, async () => historyOf((await genuine(number)).rows)),
  };
};

const QUIET_MS = 60_000;

const QUIET_AT_ONCE = 1_000;

/** Tells of each edited approval once in a while: the worker meets one again and again. */
const telling = (log: Log, clock: () => number): RunningLedger['edited'] => {
  const toldAt = new BriefMap<number, number>(QUIET_AT_ONCE);
  return (number) => {
    const now = clock();
    // Whichever way the clock was set meanwhile.
    if (Math.abs(now - (toldAt.get(number) ?? Number.NEGATIVE_INFINITY)) < QUIET_MS) return;
    toldAt.set(number, now);
    log.error('approval.edited', { approval: number });
  };
};

/** Opens the ledger of a store. Throws when it was tampered with in a way that shows at once. */
export const openLedger = async (making: LedgerMaking): Promise<RunningLedger> => {
  const { stored, config, clock } = making;
  const keys = ledgerKeysOf(config);
  const [key] = keys;
  const head = await stored.head();
  const before = await lastKeyOf(making, keys, head);
  const checkpoints = await openCheckpoints(making, keys);
  const prepared = sealing(key, head, checkpoints.reached);
  const write = async (entry: Prepared): Promise<void> => {
    await stored.append(entry);
    entry.committed();
  };
  const prepare = (event: LedgerEvent): Prepared =>
    prepared(draftOf(event, config.origin, key), {
      facts: factsOf(event),
      topics: topicsOf(event),
      ...('approval' in event && event.approval !== undefined && { approval: event.approval }),
    });
  if (before !== undefined && before !== key.id)
    await write(prepared(keyDraft(clock(), config.origin, before, key), { facts: [] }));
  await checkpoints.sign();

  return {
    append: (event) => orFail('An entry could not be written.', async () => write(prepare(event))),
    prepare,
    ...reading(making, keys),
    approvalSeals: approvalSealsOf(config.origin, keys),
    edited: telling(making.log, clock),
    async tick() {
      await checkpoints.tick();
      await stored.prune(keptSince(config, clock()));
    },
    close: checkpoints.close,
  };
};
