import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Chat } from '../../src/bot/ports.ts';
import { createShareDeliverer } from '../../src/bot/sharing/deliver.ts';
import type { Chore } from '../../src/bot/tending.ts';
import { ConnectorFailure, type ConnectorProblem } from '../../src/entra/connector-problem.ts';
import { seal } from '../../src/ledger/entry.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Redactions } from '../../src/policy/redactions.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { KEY, ORIGIN } from '../ledger/chain.ts';
import { answerWith } from '../support/answer.ts';
import { NO_REDACTIONS } from '../support/sharing.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const HOUR_MS = 3_600_000;

const THREAD = {
  kind: 'channel',
  conversationId: '19:incidents@thread.tacv2;messageid=1',
  serviceUrl: 'http://127.0.0.1/',
  tenantId: 'tenant',
  botId: 'bot',
} as const;

let folder: string;
let store: Store;
let now: number;
/** Whether somebody changed what is stored. */
let edited: boolean;
let cards: string[];
/** What Teams answers. */
let teams: () => Promise<string | undefined>;
let deliverer: Chore;
let redactions: Redactions;

const refuse = (problem: ConnectorProblem) => async (): Promise<never> => {
  throw new ConnectorFailure(problem);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-share-'));
  store = await openStore(join(folder, 'flagman.db'));
  now = NOW;
  edited = false;
  cards = [];
  redactions = NO_REDACTIONS;
  teams = async () => `card ${cards.length + 1}`;
  const send: Chat['send'] = async (card) => {
    const id = await teams();
    cards.push(JSON.stringify(card));
    return id;
  };
  deliverer = createShareDeliverer(
    {
      shares: {
        async find(number) {
          const found = await store.shares.find(number);
          return found && edited ? { ...found, isEdited: true } : found;
        },
      },
      sharePosts: store.sharePosts,
      store,
      chatIn: () => ({ send }),
      clock: () => now,
      now: async () => now,
      log: createLog({ level: 'silent' }),
    },
    { redactions },
  );
  await store.places.remember(THREAD, NOW);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const share = (conversationId: string = THREAD.conversationId) => {
  const answer = answerWith([{ id: 'one', createdDateTime: '2026-11-21T11:00:00Z' }], {
    readingId: 'frozen',
  });
  const snapshot = { asked: 'sign-ins today', notes: [], answer, of: 3 };
  const sharing = { at: NOW, by: { id: 'maya', name: 'Maya' }, conversationId, redacted: [], snapshot };
  const draft = { at: NOW, origin: ORIGIN, kind: 'shared', actor: 'maya', body: '{}' };
  return store.shares.create(conversationId, sharing, () => ({
    seal: (head) => seal(draft, head, KEY),
    facts: [],
  }));
};

const isRepeat = (): boolean => /may be a repeat/.test(cards[0] ?? '');

test('what is shared is posted once, and a reply to its card means its rows', async () => {
  await share();
  await Promise.all([deliverer.run(), deliverer.run()]);
  expect(await deliverer.run()).toBe(0);
  expect(cards).toHaveLength(1);
  const meant = await store.results.onCard(THREAD.conversationId, 'card 1', 'anybody');
  expect(meant?.answer.rows.map(({ signIn }) => signIn.id)).toEqual(['one']);
});

test.each<[ConnectorProblem, boolean]>([
  ['ambiguous', true],
  ['throttled', false],
  ['unreachable', false],
  ['refused', false],
])(
  'a card that failed (%s) is tried again, and marked as a repeat only where it may have arrived',
  async (problem, may) => {
    await share();
    teams = refuse(problem);
    await deliverer.run();
    expect(await store.sharePosts.stateOf(1)).toBe('waiting');
    expect(await store.sharePosts.due(now + 1_999, 1)).toEqual([]);
    now += 2_000;
    teams = async () => 'card';
    await deliverer.run();
    expect(isRepeat()).toBe(may);
  },
);

test('a card whose sender died is posted again, marked as a repeat', async () => {
  await share();
  const [post] = await store.sharePosts.due(now, 1);
  if (post) await store.sharePosts.begin(post, now, 60_000);
  await deliverer.run();
  expect(cards).toEqual([]);
  now += 60_000;
  await deliverer.run();
  expect(isRepeat()).toBe(true);
});

test('a card is given up at once where it must never go', async () => {
  await share();
  teams = refuse('foreign-host');
  await deliverer.run();
  expect(await store.sharePosts.stateOf(1)).toBe('gone');
});

test('a card waits for half an hour to be let into its thread, then until it is shared once more', async () => {
  await share();
  teams = refuse('gone');
  const begin = now;
  while ((await store.sharePosts.stateOf(1)) === 'waiting' && now < begin + HOUR_MS) {
    await deliverer.run();
    now += 30_000;
  }
  expect(now - begin).toBeGreaterThan(HOUR_MS / 3);
  expect(await store.sharePosts.stateOf(1)).toBe('gone');
  teams = async () => 'card';
  await share();
  await deliverer.run();
  expect(await store.sharePosts.stateOf(1)).toBe('posted');
  expect(cards).toHaveLength(1);
});

test('what is shared into a thread is nobody’s last answer there', async () => {
  await share();
  await deliverer.run();
  expect(await store.results.last('maya', THREAD.conversationId)).toBeUndefined();
});

test('what is not as it was shared is not posted', async () => {
  await share();
  edited = true;
  await deliverer.run();
  expect(cards).toEqual([]);
  expect(await store.sharePosts.stateOf(1)).toBe('gone');
});

test('a thread that nobody knows any more gets nothing, and holds up nobody', async () => {
  await share('19:elsewhere@thread.tacv2');
  await share();
  await deliverer.run();
  expect(cards).toHaveLength(1);
  expect(await store.sharePosts.stateOf(1)).toBe('gone');
});
