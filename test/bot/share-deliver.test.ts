import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ConnectorProblem } from '../../src/entra/connector-problem.ts';
import type { GivenUp } from '../../src/entra/share.ts';
import { refuse, type ShareGround, shareGround, THREAD } from './share-ground.ts';

const HOUR_MS = 3_600_000;

let ground: ShareGround;

beforeEach(async () => {
  ground = await shareGround();
});

afterEach(() => ground.close());

const isRepeat = (): boolean => /may be a repeat/.test(ground.cards[0] ?? '');

test('what is shared is posted once, and a reply to its card means its rows', async () => {
  await ground.share();
  await Promise.all([ground.deliverer.run(), ground.deliverer.run()]);
  expect(await ground.deliverer.run()).toBe(0);
  expect(ground.cards).toHaveLength(1);
  const meant = await ground.store.results.onCard(THREAD.conversationId, 'card 1', 'anybody');
  expect(meant?.answer.rows.map(({ signIn }) => signIn.id)).toEqual(['one']);
});

test.each<[ConnectorProblem, boolean]>([
  ['ambiguous', true],
  ['throttled', false],
  ['unreachable', false],
  ['refused', false],
  ['too-big', false],
])(
  'a card that failed (%s) is tried again, and marked as a repeat only where it may have arrived',
  async (problem, may) => {
    await ground.share();
    ground.thread = refuse(problem);
    await ground.deliverer.run();
    expect(await ground.store.sharePosts.stateOf(1)).toBe('waiting');
    expect(await ground.store.sharePosts.due(ground.now + 1_999, 1)).toEqual([]);
    ground.now += 2_000;
    ground.thread = async () => 'card';
    await ground.deliverer.run();
    expect(isRepeat()).toBe(may);
  },
);

test('a card whose sender died is posted again, marked as a repeat', async () => {
  await ground.share();
  const [post] = await ground.store.sharePosts.due(ground.now, 1);
  if (post) await ground.store.sharePosts.begin(post, ground.now, 60_000);
  await ground.deliverer.run();
  expect(ground.cards).toEqual([]);
  ground.now += 60_000;
  await ground.deliverer.run();
  expect(isRepeat()).toBe(true);
});

test('a card is no repeat after a store that failed before anything was sent', async () => {
  await ground.share();
  ground.isDown = true;
  await ground.deliverer.run();
  ground.isDown = false;
  ground.now += 2_000;
  await ground.deliverer.run();
  expect(ground.cards).toHaveLength(1);
  expect(isRepeat()).toBe(false);
});

test('a card is given up at once where it must never go', async () => {
  await ground.share();
  ground.thread = refuse('foreign-host');
  await ground.deliverer.run();
  expect(await ground.store.sharePosts.stateOf(1)).toBe('address');
});

test.each<[ConnectorProblem, GivenUp]>([
  ['gone', 'gone'],
  ['refused', 'refused'],
  ['too-big', 'refused'],
])('a card (%s) is tried for half an hour, then waits until it is shared once more', async (problem, why) => {
  await ground.share();
  ground.thread = refuse(problem);
  const begin = ground.now;
  while ((await ground.store.sharePosts.stateOf(1)) === 'waiting' && ground.now < begin + HOUR_MS) {
    await ground.deliverer.run();
    ground.now += 30_000;
  }
  expect(ground.now - begin).toBeGreaterThan(HOUR_MS / 3);
  expect(await ground.store.sharePosts.stateOf(1)).toBe(why);
  ground.thread = async () => 'card';
  await ground.share();
  await ground.deliverer.run();
  expect(await ground.store.sharePosts.stateOf(1)).toBe('posted');
  expect(ground.cards).toHaveLength(1);
});

test('what is shared into a thread is nobody’s last answer there', async () => {
  await ground.share();
  await ground.deliverer.run();
  expect(await ground.store.results.last('maya', THREAD.conversationId)).toBeUndefined();
});

test('what is not as it was shared is not posted', async () => {
  await ground.share();
  ground.isEdited = true;
  await ground.deliverer.run();
  expect(ground.cards).toEqual([]);
  expect(await ground.store.sharePosts.stateOf(1)).toBe('edited');
});

test('a thread that nobody knows any more gets nothing, and holds up nobody', async () => {
  await ground.share({ to: '19:elsewhere@thread.tacv2' });
  await ground.share();
  await ground.deliverer.run();
  expect(ground.cards).toHaveLength(1);
  expect(await ground.store.sharePosts.stateOf(1)).toBe('gone');
});
