import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pass } from '../../src/actions/approval/decide.ts';
import type { Approval } from '../../src/actions/approval.ts';
import { createDeliverer, type Deliverer } from '../../src/bot/deliver.ts';
import type { Chat, Ports, Settings } from '../../src/bot/ports.ts';
import { ConnectorFailure, type ConnectorProblem } from '../../src/entra/connector-problem.ts';
import { createLog } from '../../src/lib/log.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { asking, NOW, sealed, type Wish } from '../store/request.ts';
import { CHANGES } from '../support/changes.ts';
import { NO_FILES } from '../support/files.ts';

const PLACE = {
  kind: 'group',
  conversationId: 'chat',
  serviceUrl: 'http://127.0.0.1/',
  tenantId: 'tenant',
  botId: 'bot',
} as const;

let folder: string;
let store: Store;
let now: number;
let lines: string[];
let cards: string[];
/** What Teams answers. */
let teams: () => Promise<string | undefined>;
let posts: Ports['posts'];
let deliverer: Deliverer;

const chat: Chat = {
  async send(card) {
    const id = await teams();
    cards.push(JSON.stringify(card));
    return id;
  },
  async update(_, card) {
    await teams();
    cards.push(JSON.stringify(card));
  },
  say: async () => undefined,
  typing: async () => undefined,
  ...NO_FILES,
};

const refuse = (problem: ConnectorProblem) => async (): Promise<never> => {
  throw new ConnectorFailure(problem);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flagman-deliver-'));
  store = await openStore(join(folder, 'flagman.db'));
  now = NOW;
  lines = [];
  cards = [];
  teams = async () => `card ${cards.length + 1}`;
  posts = { ...store.posts };
  const ports = {
    log: createLog({ level: 'info', write: (line) => lines.push(line) }),
    clock: () => now,
    now: async () => now,
    store,
    posts,
    approvals: store.approvals,
    chatIn: () => chat,
  } as unknown as Ports;
  deliverer = createDeliverer(ports, { changes: CHANGES } as Settings, () => undefined);
  await store.places.remember(PLACE, NOW);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A request of Ana's, asked for in the chat. */
const asked = (wish: Wish = {}) => store.approvals.create(asking(wish), 20);

const made = async (wish: Wish = {}): Promise<Approval> => {
  const approval = await asked(wish);
  if (!('state' in approval)) throw new Error('Nothing was asked for.');
  return approval;
};

const close = async (approval: Approval): Promise<void> => {
  const expired = pass(approval, approval.expiresAt);
  if (!expired || !(await store.approvals.save(sealed(expired)))) throw new Error('It did not expire.');
};

/** The milliseconds after which a post that failed is tried again. */
const pauseOf = async (): Promise<number> => {
  const [before, step] = [now, 500];
  while ((await store.posts.due(now, 1)).length === 0) now += step;
  return now - before;
};

describe('a message about a request', () => {
  test('is posted once, and then only edited', async () => {
    await asked();
    expect(await deliverer.run()).toBe(1);
    expect(await deliverer.run()).toBe(0);
    expect(cards).toHaveLength(1);
  });

  test('that Teams does not take is tried again after pauses that grow to five minutes', async () => {
    await asked();
    teams = refuse('throttled');
    const pauses: number[] = [];
    for (let times = 1; times <= 10; times += 1) {
      await deliverer.run();
      pauses.push((await pauseOf()) / 1_000);
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    teams = async () => 'card';
    await deliverer.run();
    expect(cards).toHaveLength(1);
    expect(cards[0]).not.toMatch(/may be a repeat/);
  });

  test.each<[ConnectorProblem, boolean]>([
    ['ambiguous', true],
    ['unreachable', false],
    ['refused', false],
    ['too-big', false],
  ])('that failed (%s) is marked as a repeat only where it may have arrived', async (problem, isRepeat) => {
    await asked();
    teams = refuse(problem);
    await deliverer.run();
    await pauseOf();
    teams = async () => 'card';
    await deliverer.run();
    expect(/may be a repeat/.test(cards[0] ?? '')).toBe(isRepeat);
  });

  test('that fails for a reason nobody knows may have arrived', async () => {
    await asked();
    teams = async () => {
      throw new TypeError('odd');
    };
    await deliverer.run();
    await pauseOf();
    teams = async () => 'card';
    await deliverer.run();
    expect(cards[0]).toMatch(/may be a repeat/);
  });

  test('is given up where Teams is not reached at all', async () => {
    await asked();
    teams = refuse('foreign-host');
    await deliverer.run();
    now += 86_400_000;
    expect(await deliverer.run()).toBe(0);
  });

  test('that Teams lets nobody post is tried again while the request is open, and not once it is closed', async () => {
    const approval = await made();
    teams = refuse('gone');
    await deliverer.run();
    expect(await pauseOf()).toBe(2_000);
    teams = async () => 'card';
    await deliverer.run();
    expect(cards).toHaveLength(1);
    expect(cards[0]).not.toMatch(/may be a repeat/);
    teams = refuse('gone');
    await close(approval);
    await deliverer.run();
    now += 86_400_000;
    expect(await deliverer.run()).toBe(0);
    expect(cards).toHaveLength(1);
  });

  test('that was never posted is given up with the request', async () => {
    const approval = await made();
    teams = refuse('gone');
    await deliverer.run();
    await close(approval);
    now += 86_400_000;
    await deliverer.run();
    now += 86_400_000;
    expect(await deliverer.run()).toBe(0);
  });

  test('waits for the bot to come into the conversation, and says so once a minute at most', async () => {
    await made({ alsoIn: 'later' });
    await deliverer.run();
    expect(cards).toHaveLength(1);
    const pauses: number[] = [];
    for (let times = 1; times <= 9; times += 1) {
      pauses.push((await pauseOf()) / 1_000);
      await deliverer.run();
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300]);
    expect(lines.filter((line) => /no such place.*post.nowhere/.test(line))).toHaveLength(6);
    await store.places.remember({ ...PLACE, conversationId: 'later' }, now);
    await pauseOf();
    await deliverer.run();
    expect(cards).toHaveLength(2);
    expect(cards[1]).not.toMatch(/may be a repeat/);
  });

  test('is left out where the bot never came until the request was closed', async () => {
    const approval = await made({ alsoIn: 'nowhere' });
    await deliverer.run();
    await close(approval);
    now += 86_400_000;
    await deliverer.run();
    now += 86_400_000;
    expect(await deliverer.run()).toBe(0);
  });

  test('of which neither Teams nor the store wants to know is tried again in a minute, as a repeat', async () => {
    await asked();
    teams = refuse('throttled');
    Object.assign(posts, {
      later: async () => {
        throw new Error('the disk is full');
      },
    });
    await deliverer.run();
    expect(lines.join('')).toMatch(/the disk is full.*post.lost/);
    expect(await pauseOf()).toBe(60_000);
    teams = async () => 'card';
    await deliverer.run();
    expect(cards[0]).toMatch(/may be a repeat/);
  });
});
