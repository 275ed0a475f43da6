import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ConnectorProblem } from '../../src/entra/connector-problem.ts';
import { GROUP, PERSONAL, refuse, type ShareGround, shareGround, THREAD } from './share-ground.ts';

const HOUR_MS = 3_600_000;

/** The longest pause between two tries. */
const PAUSE_MS = 300_000;

/** More than one word, or card, is tried. */
const MANY = 15;

let ground: ShareGround;

beforeEach(async () => {
  ground = await shareGround();
});

afterEach(() => ground.close());

/** Delivers whatever becomes due within two hours. */
const waitForAll = async (): Promise<void> => {
  for (const end = ground.now + 2 * HOUR_MS; ground.now < end; ground.now += PAUSE_MS)
    await ground.deliverer.run();
};

/** Shares into a thread that Flagman is not in. */
const loseOne = async (from?: { readonly conversationId: string }): Promise<void> => {
  await ground.share(from && { from: { teamsId: '29:maya', ...from } });
  ground.thread = refuse('gone');
  await waitForAll();
};

const logged = (event: string): readonly string[] => ground.log.filter((line) => line.includes(event));

const toldIn = (): readonly string[] => ground.words.map(({ conversationId }) => conversationId);

const word = (): string => ground.words.map(({ text }) => text).join('\n');

test('whoever shared is told once, in their personal chat, that the card could not be posted, and why', async () => {
  await loseOne();
  expect(toldIn()).toEqual([PERSONAL.conversationId]);
  expect(word()).toMatch(/Share 1 could not be posted/);
  expect(word()).toMatch(/thread of INC-204.+the thread was removed, or Flagman was/);
  expect(word()).toMatch(/say "share 1" to see it/);
  expect(word()).not.toMatch(/repeat|Teams never said/);
});

test('nobody is told anything of a card that was posted or may still be', async () => {
  await ground.share();
  ground.thread = refuse('gone');
  await ground.deliverer.run();
  ground.thread = async () => 'card';
  await waitForAll();
  expect(ground.cards).toHaveLength(1);
  expect(ground.words).toEqual([]);
});

test('they are told where they shared when they have no personal chat, and in that one when they have', async () => {
  await loseOne(GROUP);
  expect(toldIn()).toEqual([PERSONAL.conversationId]);
  ground.elsewhere = async (conversationId) => (conversationId === 'opening' ? refuse('gone')() : 'word');
  await loseOne(GROUP);
  expect(toldIn()).toEqual([PERSONAL.conversationId, GROUP.conversationId]);
});

const FROM_OTHERS: readonly [string, { readonly conversationId: string }][] = [
  ['in the lost thread itself', THREAD],
  ['in a chat that nobody knows any more', { conversationId: 'a:nowhere' }],
];

test.each(FROM_OTHERS)('who shared %s is told in their personal chat', async (_where, from) => {
  await loseOne(from);
  expect(toldIn()).toEqual([PERSONAL.conversationId]);
});

test.each(FROM_OTHERS)(
  'who shared %s and has no personal chat is told nowhere, which the log says',
  async (_where, from) => {
    ground.elsewhere = refuse('gone');
    await loseOne(from);
    expect(ground.words).toEqual([]);
    expect(ground.cards).toEqual([]);
    expect(logged('share.way-closed')).toEqual([expect.stringContaining('"problem":"gone"')]);
    expect(logged('share.untold')).toEqual([expect.stringContaining('"problem":"gone"')]);
  },
);

test('who shared into a thread that nobody knows, from nobody knows where, is told nowhere', async () => {
  await ground.share({ to: '19:x@thread.tacv2', from: { teamsId: '29:maya', conversationId: 'a:nowhere' } });
  await waitForAll();
  expect(ground.words).toEqual([]);
  expect(logged('share.untold')).toHaveLength(1);
});

test('who cannot be written to alone for now is told at once where they shared', async () => {
  await ground.share({ from: { teamsId: '29:maya', conversationId: GROUP.conversationId } });
  ground.thread = refuse('foreign-host');
  ground.elsewhere = async (conversationId) =>
    conversationId === 'opening' ? refuse('refused', 401)() : 'word';
  await ground.deliverer.run();
  await ground.deliverer.run();
  expect(toldIn()).toEqual([GROUP.conversationId]);
  expect(logged('share.way-closed')).toEqual([expect.stringContaining('"problem":"refused","status":401')]);
});

test('who is refused everywhere is told once one way is open again', async () => {
  await ground.share({ from: { teamsId: '29:maya', conversationId: GROUP.conversationId } });
  ground.thread = refuse('foreign-host');
  ground.elsewhere = async (conversationId) => refuse(conversationId === 'opening' ? 'refused' : 'gone')();
  await ground.deliverer.run();
  await ground.deliverer.run();
  expect(logged('share.untold')).toEqual([]);
  ground.elsewhere = async () => 'word';
  await waitForAll();
  expect(toldIn()).toEqual([PERSONAL.conversationId]);
  expect(word()).not.toMatch(/repeat/);
});

test.each<ConnectorProblem>(['refused', 'ambiguous', 'throttled'])(
  'nobody is told for ever: after half an hour (%s) the log says that they do not know',
  async (problem) => {
    let tries = 0;
    ground.elsewhere = async () => {
      tries += 1;
      return refuse(problem)();
    };
    await loseOne();
    await waitForAll();
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(MANY);
    expect(logged('share.untold')).toEqual([expect.stringContaining(`"problem":"${problem}"`)]);
    expect(await ground.store.sharePosts.stateOf(1)).toBe('gone');
  },
);

test('a share of which it is not known who waits for it holds up nobody', async () => {
  await ground.share({ from: undefined });
  ground.thread = refuse('foreign-host');
  await waitForAll();
  expect(logged('share.untold')).toHaveLength(1);
  expect(await ground.store.sharePosts.stateOf(1)).toBe('address');
});

test.each<[ConnectorProblem, boolean]>([
  ['throttled', false],
  ['unreachable', false],
  ['refused', false],
  ['ambiguous', true],
])(
  'a word that failed (%s) is said later, and called a repeat only where it may have arrived',
  async (problem, may) => {
    const answers = [refuse(problem)];
    ground.elsewhere = async () => (answers.shift() ?? (async () => 'word'))();
    await loseOne();
    expect(toldIn()).toEqual([PERSONAL.conversationId]);
    expect(/This may be a repeat of an earlier message/.test(word())).toBe(may);
    expect(word()).not.toMatch(/Teams never said/);
  },
);

test.each([
  ['before anybody is told', false],
  ['while somebody is told', true],
])('whoever dies %s is followed by one who tells', async (_when, isBegun) => {
  await ground.share();
  ground.thread = refuse('foreign-host');
  await ground.deliverer.run();
  const [post] = await ground.store.sharePosts.due(ground.now, 1);
  if (!post) throw new Error('Nobody has to be told.');
  if (isBegun) await ground.store.sharePosts.begin(post, ground.now, 60_000);
  await waitForAll();
  expect(toldIn()).toEqual([PERSONAL.conversationId]);
  expect(/may be a repeat/.test(word())).toBe(isBegun);
});

test('a card that may stand there all the same is not said to be missing', async () => {
  await ground.share();
  ground.thread = refuse('ambiguous');
  await ground.deliverer.run();
  ground.thread = refuse('gone');
  await waitForAll();
  expect(word()).toMatch(/Share 1 may not have been posted/);
  expect(word()).toMatch(/Teams never said whether it took an earlier try/);
});

test('an address that is none of Teams is said to be that', async () => {
  await ground.share();
  ground.thread = refuse('foreign-host');
  await waitForAll();
  expect(word()).toMatch(/thread of INC-204.+address.+is not one of Teams/);
});

test('a card that Teams does not take is said to be that', async () => {
  await ground.share();
  ground.thread = refuse('too-big');
  await waitForAll();
  expect(word()).toMatch(/thread of INC-204. Teams does not take the card\./);
  expect(word()).toMatch(/say "share 1" to see it\. Share fewer of its rows/);
});

test('what was changed in the database is said to be that, and nothing that stands there is believed', async () => {
  await ground.share();
  ground.isEdited = true;
  await waitForAll();
  expect(toldIn()).toEqual([PERSONAL.conversationId]);
  expect(word()).toMatch(/was changed: it is not what the ledger recorded/);
  expect(word()).toMatch(/"verify share 1" says what was changed/);
  expect(word()).not.toMatch(/INC-204|is kept/);
  expect(logged('share.edited')).toHaveLength(1);
});

test('what is shared again is posted, and told only if that fails too', async () => {
  ground.elsewhere = refuse('throttled');
  await loseOne();
  expect(await ground.store.shares.find(1)).toHaveProperty('isGivenUp', true);
  ground.thread = async () => 'card';
  ground.elsewhere = async () => 'word';
  await ground.share();
  await waitForAll();
  expect(ground.cards).toHaveLength(1);
  expect(ground.words).toEqual([]);
  expect(await ground.store.shares.find(1)).not.toHaveProperty('isGivenUp');
});
