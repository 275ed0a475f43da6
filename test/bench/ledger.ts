import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chat, Ledger } from '../../src/bot/ports.ts';
import { seal } from '../../src/ledger/entry.ts';
import { ledgerKeyOf } from '../../src/ledger/keys.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { createLog } from '../../src/lib/log.ts';
import { openLedger } from '../../src/running-ledger.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { answerWith } from '../support/answer.ts';
import { NO_FILES } from '../support/files.ts';
import { readingBot } from '../support/reading-bot.ts';
import { inParallel } from './load.ts';
import type { BotProcess } from './process.ts';
import type { Stage } from './stage.ts';

const SECRET = Buffer.alloc(32, 1);
const ORIGIN = 'bench';
const QUESTION = 'flagged for user@contoso.com since yesterday';

const chat: Chat = {
  send: async () => 'card',
  update: async () => undefined,
  say: async () => undefined,
  typing: async () => undefined,
  ...NO_FILES,
};

const NO_LEDGER: Ledger = { append: async () => undefined, askedAbout: async () => [] };

const log = createLog({ level: 'silent' });

const withStore = async <Value>(work: (store: Store, folder: string) => Promise<Value>): Promise<Value> => {
  const folder = mkdtempSync(join(tmpdir(), 'flagman-bench-ledger-'));
  const store = await openStore(join(folder, 'flagman.db'));
  try {
    return await work(store, folder);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
};

/** Rows a second that the verifier reads, hashes and checks the seals of. */
const rowsVerifiedPerSecond = (rows: number): Promise<number> =>
  withStore(async ({ ledger }) => {
    const key = ledgerKeyOf(SECRET);
    const entry = { at: 1, origin: ORIGIN, kind: 'question', actor: 'a'.repeat(36), body: 'b'.repeat(200) };
    await inParallel(rows, 500, async () => {
      await ledger.append({ seal: (head) => seal(entry, head, key), facts: [] });
    });
    const start = performance.now();
    const found = await verifyLedger(ledger.rows(), { origin: ORIGIN, keys: [key] });
    if (!found.ok) throw new Error(`The ledger is ${found.why} at ${found.seq}.`);
    return (rows / (performance.now() - start)) * 1000;
  });

interface Load {
  readonly rounds: number;
  readonly questions: number;
  readonly width: number;
  /** Whether Graph has answered the same just before, so that nothing but the ledger is written. */
  readonly repeated: boolean;
}

let serial = 0;

/** Microseconds that the middle takes for a question, from the message to the card, with so many at a time. */
const questionTime = async (
  store: Store,
  ledger: Ledger,
  { questions, width, repeated }: Load,
): Promise<number> => {
  const bot = readingBot({
    graph: {
      readSignIns: async () => answerWith([], { readingId: repeated ? 'same' : `reading ${serial}` }),
    },
    store,
    ledger,
    settings: { questionsPerMinute: 1e9, turnMs: 60_000, typingMs: 60_000 },
  });
  const person = { id: 'ana', teamsId: '29:ana', tenantId: 't', name: 'Ana' };
  const place = {
    kind: 'personal',
    conversationId: 'a',
    serviceUrl: 's',
    tenantId: 't',
    botId: 'b',
  } as const;
  const start = performance.now();
  await inParallel(questions, width, () => {
    serial += 1;
    return bot.onMessage({ activityId: String(serial), text: QUESTION, person, place }, chat);
  });
  return ((performance.now() - start) / questions) * 1000;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** What the ledger adds to a question, measured in turn with and without it so that both meet the same machine. */
const addedBy = (load: Load): Promise<number> =>
  withStore(async (store, folder) => {
    const config = {
      origin: ORIGIN,
      secrets: [SECRET],
      keyFile: join(folder, 'key'),
      mayStartOver: false,
      checkpointFile: join(folder, 'checkpoint'),
      retentionDays: 90,
    };
    const ledger = await openLedger({ stored: store.ledger, config, clock: Date.now, log });
    const extra: number[] = [];
    for (let round = 0; round <= load.rounds; round += 1) {
      const without = await questionTime(store, NO_LEDGER, load);
      const withLedger = await questionTime(store, ledger, load);
      // The first round warms up.
      if (round > 0) extra.push(withLedger - without);
    }
    await ledger.close();
    return median(extra);
  });

/** Microseconds of a whole turn of the full bot, over HTTP and with a verified token. */
const turnTime = async (
  stage: Stage,
  bot: BotProcess,
  { rounds, questions, width }: Load,
): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    await stage.say(bot, questions, width, () => QUESTION);
    if (round > 0) times.push(((performance.now() - start) / questions) * 1000);
  }
  return median(times);
};

const share = async (stage: Stage, bot: BotProcess, load: Load): Promise<Record<string, number>> => {
  const [added, turn] = [await addedBy(load), await turnTime(stage, bot, load)];
  return { microseconds: added, ofTurn: turn, percent: (added / turn) * 100 };
};

/** How fast a ledger is verified, and how much of a turn it takes: for one person alone, and for sixteen at once. */
export const benchLedger = async (stage: Stage, short: boolean): Promise<Record<string, unknown>> => {
  const rounds = short ? 3 : 7;
  const bot = await stage.start('flagman', { FRESHNESS_SECONDS: '300', ROLE_MEMORY_SECONDS: '3600' });
  const one = { rounds, questions: 300, width: 1 };
  const many = { rounds, questions: 1_000, width: 16 };
  const alone = await share(stage, bot, { ...one, repeated: false });
  const sixteen = await share(stage, bot, { ...many, repeated: false });
  const sixteenRepeated = await share(stage, bot, { ...many, repeated: true });
  await bot.stop();
  const rowsVerified = Math.round(await rowsVerifiedPerSecond(short ? 20_000 : 200_000));
  return {
    about: 'SQLite; no time of Graph is counted; repeated: Graph answered the same just before',
    rowsVerifiedPerSecond: rowsVerified,
    alone,
    sixteen,
    sixteenRepeated,
  };
};
