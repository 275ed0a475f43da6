import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chat } from '../../src/bot/ports.ts';
import { createShareDeliverer } from '../../src/bot/sharing/deliver.ts';
import type { Chore } from '../../src/bot/tending.ts';
import { ConnectorFailure, type ConnectorProblem } from '../../src/entra/connector-problem.ts';
import type { Place } from '../../src/entra/place.ts';
import type { Share, SharedFrom } from '../../src/entra/share.ts';
import { seal } from '../../src/ledger/entry.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Redactions } from '../../src/policy/redactions.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { KEY, ORIGIN } from '../ledger/chain.ts';
import { answerWith } from '../support/answer.ts';
import { cardText } from '../support/card-text.ts';
import { NO_REDACTIONS } from '../support/sharing.ts';

export const NOW = Date.parse('2026-11-21T12:00:00Z');

/** The thread of the incident. */
export const THREAD = {
  kind: 'channel',
  conversationId: '19:incidents@thread.tacv2;messageid=1',
  serviceUrl: 'http://127.0.0.1/',
  tenantId: 'tenant',
  botId: 'bot',
} as const;

/** Maya's personal chat. */
export const PERSONAL = { ...THREAD, kind: 'personal', conversationId: 'a:maya' } as const;

export const GROUP = { ...THREAD, kind: 'group', conversationId: '19:group@thread.v2' } as const;

/** Teams does not post it. */
export const refuse = (problem: ConnectorProblem, status?: number) => async (): Promise<never> => {
  throw new ConnectorFailure(problem, status);
};

/** A deliverer of shares over a store of its own, and a Teams that answers as it is told to. */
export interface ShareGround {
  readonly store: Store;
  readonly deliverer: Chore;
  now: number;
  /** Whether somebody changed what is stored. */
  isEdited: boolean;
  /** Whether the store fails when it is asked for a share. */
  isDown: boolean;
  redactions: Redactions;
  /** What Teams answers in the thread. */
  thread: () => Promise<string | undefined>;
  /** What Teams answers everywhere else; "opening" where a personal chat is opened. */
  elsewhere: (conversationId: string) => Promise<string | undefined>;
  /** Cards of shares that were posted. */
  readonly cards: string[];
  /** What was said elsewhere. */
  readonly words: { readonly conversationId: string; readonly text: string }[];
  readonly log: string[];
  /** Maya shares one sign-in from her personal chat, or from where it is said; the same once for each thread. */
  share(change?: { readonly to?: string; readonly from?: SharedFrom | undefined }): Promise<Share>;
  close(): Promise<void>;
}

const answer = answerWith([{ id: 'one', createdDateTime: '2026-11-21T11:00:00Z' }], { readingId: 'frozen' });

const FROM_PERSONAL: SharedFrom = { teamsId: '29:maya', conversationId: PERSONAL.conversationId };

const sharingTo = (conversationId: string) => ({
  ...{ at: NOW, by: { id: 'maya', name: 'Maya' }, incident: 'INC-204', conversationId, redacted: [] },
  snapshot: { asked: 'sign-ins today', notes: [], answer, of: 3 },
});

const entry = { at: NOW, origin: ORIGIN, kind: 'shared', actor: 'maya', body: '{}' };

/** What the deliverer works with, as the ground stands at that moment. */
const portsOf = (ground: () => ShareGround, store: Store) => ({
  store,
  sharePosts: store.sharePosts,
  shares: {
    async find(number: number) {
      if (ground().isDown) throw new Error('The store is down.');
      const found = await store.shares.find(number);
      return found && ground().isEdited ? { ...found, isEdited: true as const } : found;
    },
  },
  chatIn: ({ conversationId }: Place): Pick<Chat, 'send'> => ({
    async send(card) {
      const { thread, elsewhere, cards, words } = ground();
      const isThread = conversationId === THREAD.conversationId;
      const id = await (isThread ? thread() : elsewhere(conversationId));
      if (isThread) cards.push(JSON.stringify(card));
      else words.push({ conversationId, text: cardText(card) });
      return id;
    },
  }),
  async personalChat({ teamsId }: { readonly teamsId: string }) {
    await ground().elsewhere('opening');
    return { ...PERSONAL, conversationId: teamsId.replace('29', 'a') };
  },
  clock: () => ground().now,
  now: async () => ground().now,
  log: createLog({ level: 'info', write: (line) => ground().log.push(line) }),
});

export const shareGround = async (): Promise<ShareGround> => {
  const folder = mkdtempSync(join(tmpdir(), 'flagman-share-'));
  const store = await openStore(join(folder, 'flagman.db'));
  for (const place of [THREAD, PERSONAL, GROUP]) await store.places.remember(place, NOW);
  const ground: ShareGround = {
    store,
    deliverer: {
      run: () =>
        createShareDeliverer(
          portsOf(() => ground, store),
          ground,
        ).run(),
    },
    ...{ now: NOW, isEdited: false, isDown: false, redactions: NO_REDACTIONS, cards: [], words: [], log: [] },
    thread: async () => `card ${ground.cards.length + 1}`,
    elsewhere: async () => 'word',
    share: async ({ to = THREAD.conversationId, ...others } = {}) => {
      const { from } = { from: FROM_PERSONAL, ...others };
      const enter = () => ({ seal: (head: Parameters<typeof seal>[1]) => seal(entry, head, KEY), facts: [] });
      return store.shares.create(to, sharingTo(to), enter, from);
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
  return ground;
};
