import type { LedgerConfig } from '../../config/ledger.ts';
import type { Config } from '../../config.ts';
import { isPostgresUrl, publicNameOf } from '../../lib/postgres-url.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { type Look, lookInto } from '../../store/look.ts';
import { createReach } from '../../teams/reach.ts';
import type { Manner } from './asked.ts';
import { type Checked, type Found, notChecked, nothingToCheck } from './finding.ts';
import { checkpointProblem, hasLedgerKey, ledgerFindings, lookAtLedger } from './ledger.ts';
import { noPlaces, placeFinding, visit } from './places.ts';
import { type StoreFacts, storeFindings } from './store.ts';
import { lookAtFiles } from './store-files.ts';
import { inTime, type Timed } from './timed.ts';

/** What is kept. */
export interface Kept {
  readonly data: string;
  readonly ledger: LedgerConfig;
}

/** What is known about whoever speaks. */
export interface Speaker {
  /** Absent where the configuration is wrong. */
  readonly config: Config | undefined;
  /** The bot's own; undefined where it got none. */
  readonly botToken: string | undefined;
  /** Whether something may be posted where people see it. */
  readonly mayPost: boolean;
}

const STORE_MS = 15_000;

const LEDGER_MS = 45_000;

/** Node says nothing in words where a host has several addresses, but says a code. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
};

interface Opened {
  readonly facts: StoreFacts;
  readonly look?: Look;
}

const open = async (data: string): Promise<Opened> => {
  const name = publicNameOf(data);
  const files = isPostgresUrl(data) ? undefined : lookAtFiles(data);
  const facts = { name, ...(files && { files }) };
  if (files && !(files.exists && files.isFile)) return { facts };
  try {
    const look = await lookInto(data);
    return { facts: { ...facts, seen: look }, look };
  } catch (error) {
    return { facts: { ...facts, problem: messageOf(error) } };
  }
};

/** What stands in the store; why it cannot be looked at, where it cannot. */
const readable = (opened: Timed<Opened>): Result<Look, Found> => {
  if (!opened.ok) return fail(notChecked('the store cannot be read'));
  const { look, facts } = opened.value;
  if (look?.due.length === 0) return ok(look);
  if (look) return fail(notChecked('the store is of an older version; the next start brings it up to date'));
  const isNew = facts.files && !facts.files.exists && facts.files.folderIsWritable;
  return fail(isNew ? nothingToCheck('there is no store yet') : notChecked('the store cannot be read'));
};

const TOO_LONG: Found = {
  ...notChecked('the ledger is too long to be verified in passing'),
  mend: 'Verify it by itself: `node src/cli/ledger-verify.ts`.',
};

const examineLedger = async (look: Look, ledger: LedgerConfig, manner: Manner): Promise<readonly Found[]> => {
  const { gather, clock } = manner;
  if (!hasLedgerKey(ledger)) return [nothingToCheck('there is no key yet')];
  const problem = await checkpointProblem(ledger);
  if (problem) return [problem];
  const facts = await gather(LEDGER_MS, () => lookAtLedger(look, ledger, clock));
  return !facts.ok && facts.error.why === 'late' ? [TOO_LONG] : inTime(facts, 'The ledger', ledgerFindings);
};

const examinePlaces = async (
  look: Result<Look, Found>,
  { config, botToken, mayPost }: Speaker,
  { gather, callMs }: Manner,
): Promise<readonly Found[]> => {
  if (!config) return [notChecked('the configuration is wrong')];
  const named = Object.entries({
    APPROVALS_CONVERSATION: config.changes.conversation,
    LEDGER_CONVERSATION: config.ledger.conversation,
  }).flatMap(([variable, id]) => (id === undefined ? [] : [{ variable, id }]));
  if (named.length === 0) return [noPlaces];
  if (!look.ok) return [look.error];
  if (botToken === undefined) return [notChecked('there is no token for the bot')];
  const reach = createReach({ appId: config.bot.appId, cloud: config.cloud, getToken: async () => botToken });
  const found: Found[] = [];
  for (const { variable, id } of named) {
    const answer = await gather((mayPost ? 2 : 1) * callMs, async () =>
      visit(await look.value.places.find(id), reach, mayPost),
    );
    found.push(...inTime(answer, 'Teams', (one) => [placeFinding(variable, one)]));
  }
  reach.close();
  return found;
};

/** What was kept, while it is open. */
export interface Stored {
  /** What store and ledger came to. */
  readonly checked: readonly Checked[];
  /** Looks at the places that stand in it, for which the network is needed. */
  readonly places: (speaker: Speaker) => Promise<Checked>;
  close(): Promise<void>;
}

/** Looks at store and ledger, one after the other. What a running bot does meanwhile is not disturbed. */
export const examineStored = async ({ data, ledger }: Kept, manner: Manner): Promise<Stored> => {
  const opened = await manner.gather(STORE_MS, () => open(data));
  const look = readable(opened);
  return {
    checked: [
      ['store', inTime(opened, 'The store', ({ facts }) => storeFindings(facts))],
      ['ledger', look.ok ? await examineLedger(look.value, ledger, manner) : [look.error]],
    ],
    places: async (speaker) => ['places', await examinePlaces(look, speaker, manner)],
    close: async () => (opened.ok ? opened.value.look?.close() : undefined),
  };
};
