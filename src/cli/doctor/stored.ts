import type { Config } from '../../config.ts';
import type { LedgerConfig } from '../../ledger-config.ts';
import { isPostgresUrl, publicNameOf } from '../../lib/postgres-url.ts';
import { type Look, lookInto } from '../../store/look.ts';
import { createReach } from '../../teams/reach.ts';
import type { Manner } from './asked.ts';
import { type Checked, type Found, notChecked, warning } from './finding.ts';
import { hasLedgerKey, ledgerFindings, lookAtLedger } from './ledger.ts';
import { noPlaces, placeFinding, visit } from './places.ts';
import { type StoreFacts, storeFindings } from './store.ts';
import { lookAtFiles } from './store-files.ts';
import { inTime, type Timed } from './timed.ts';

/** What is kept, and what is known about whoever speaks. */
export interface Kept {
  readonly data: string;
  readonly ledger: LedgerConfig;
  /** Absent where the configuration is wrong. */
  readonly config: Config | undefined;
  /** The bot's own; undefined where it got none. */
  readonly botToken: string | undefined;
  /** Whether something may be posted where people see it. */
  readonly mayPost: boolean;
}

const STORE_MS = 15_000;

const LEDGER_MS = 45_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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

const openedIn = (opened: Timed<Opened>): Look | undefined => (opened.ok ? opened.value.look : undefined);

const UNREAD = 'the store cannot be read';

const TOO_LONG = warning(
  'The ledger is too long to be verified in passing.',
  'Verify it by itself: `npm run --silent ledger:verify`.',
);

const examineLedger = async (
  look: Look | undefined,
  { ledger }: Kept,
  { gather, clock }: Manner,
): Promise<readonly Found[]> => {
  if (!look) return [notChecked(UNREAD)];
  if (look.due.length > 0)
    return [notChecked('the store is of an older version; the next start brings it up to date')];
  if (!hasLedgerKey(ledger)) return [notChecked('there is no key yet')];
  const facts = await gather(LEDGER_MS, () => lookAtLedger(look, ledger, clock));
  return !facts.ok && facts.error.why === 'late' ? [TOO_LONG] : inTime(facts, 'The ledger', ledgerFindings);
};

const examinePlaces = async (
  look: Look | undefined,
  { config, botToken, mayPost }: Kept,
  { gather, callMs }: Manner,
): Promise<readonly Found[]> => {
  if (!config) return [notChecked('the configuration is wrong')];
  const named = Object.entries({
    APPROVALS_CONVERSATION: config.changes.conversation,
    LEDGER_CONVERSATION: config.ledger.conversation,
  }).flatMap(([variable, id]) => (id === undefined ? [] : [{ variable, id }]));
  if (named.length === 0) return [noPlaces];
  if (!look || look.due.length > 0) return [notChecked(UNREAD)];
  if (botToken === undefined) return [notChecked('there is no token for the bot')];
  const reach = createReach({ appId: config.bot.appId, cloud: config.cloud, getToken: async () => botToken });
  const found: Found[] = [];
  for (const { variable, id } of named) {
    const answer = await gather((mayPost ? 2 : 1) * callMs, async () =>
      visit(await look.places.find(id), reach, mayPost),
    );
    found.push(...inTime(answer, 'Teams', (one) => [placeFinding(variable, one)]));
  }
  reach.close();
  return found;
};

/** Looks at store, ledger and places, one after the other. What a running bot does meanwhile is not disturbed. */
export const examineStored = async (kept: Kept, manner: Manner): Promise<readonly Checked[]> => {
  const opened = await manner.gather(STORE_MS, () => open(kept.data));
  const look = openedIn(opened);
  const checked: readonly Checked[] = [
    ['store', inTime(opened, 'The store', ({ facts }) => storeFindings(facts))],
    ['ledger', await examineLedger(look, kept, manner)],
    ['places', await examinePlaces(look, kept, manner)],
  ];
  await look?.close();
  return checked;
};
