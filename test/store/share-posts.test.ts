import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GIVEN_UP } from '../../src/entra/share.ts';
import { seal } from '../../src/ledger/entry.ts';
import type { SharePost } from '../../src/store/share-posts.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { KEY, ORIGIN } from '../ledger/chain.ts';
import { answerWith } from '../support/answer.ts';
import { type Ground, onEach } from './ground.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

const FROM = { teamsId: '29:maya', conversationId: 'a:maya' };

onEach('the card of a share', (prepare) => {
  let ground: Ground;
  let store: Store;

  beforeEach(async () => {
    ground = await prepare();
    store = await openStore(ground.data);
  });

  afterEach(async () => {
    await store.close();
    await ground.remove();
  });

  const share = (from = FROM) => {
    const snapshot = { asked: '', notes: [], answer: answerWith([]), of: 0 };
    const place = { incident: 'INC-204', conversationId: 'thread' };
    const sharing = { at: NOW, by: { id: 'maya', name: 'Maya' }, ...place, redacted: [], snapshot };
    const entry = { at: NOW, origin: ORIGIN, kind: 'shared', actor: 'maya', body: '{}' };
    const enter = () => ({ seal: (head: Parameters<typeof seal>[1]) => seal(entry, head, KEY), facts: [] });
    return store.shares.create('the same', sharing, enter, from);
  };

  /** What is due by then, taken up. */
  const take = async (now = NOW): Promise<SharePost> => {
    const [post] = await store.sharePosts.due(now, 1);
    if (!post || !(await store.sharePosts.begin(post, now, 100))) throw new Error('Nothing is due.');
    return post;
  };

  const isKnown = async (): Promise<boolean> => (await store.shares.find(1))?.isGivenUp === true;

  test.each(GIVEN_UP)(
    'that is given up (%s) makes a word due to whoever shared, until it is said',
    async (why) => {
      await share();
      expect(await isKnown()).toBe(false);
      await store.sharePosts.giveUp(await take(), why, NOW + 5);
      expect(await isKnown()).toBe(true);
      expect(await store.sharePosts.stateOf(1)).toBe(why);
      expect(await store.sharePosts.due(NOW + 4, 1)).toEqual([]);
      const word = await take(NOW + 5);
      expect(word).toEqual({
        ...{ number: 1, conversationId: 'thread', tries: 0, isDoubtful: false },
        ...{ from: FROM, word: { why, isDoubtful: false } },
      });
      await store.sharePosts.later(word, NOW + 50, false);
      const again = await take(NOW + 50);
      expect(again).toEqual({ ...word, tries: 1 });
      await store.sharePosts.drop(again);
      expect(await store.sharePosts.due(NOW * 2, 1)).toEqual([]);
      expect(await store.sharePosts.stateOf(1)).toBe(why);
      expect(await isKnown()).toBe(true);
    },
  );

  test.each([true, false])(
    'that may have arrived (%s) is in as much doubt while the word, with a doubt of its own, is on its way',
    async (isDoubtful) => {
      await share();
      await store.sharePosts.later(await take(), NOW, isDoubtful);
      await store.sharePosts.giveUp(await take(), 'gone', NOW);
      const word = await take();
      expect(word).toMatchObject({ isDoubtful, word: { isDoubtful: false }, tries: 0 });
      await store.sharePosts.later(word, NOW + 50, false);
      expect(await take(NOW + 50)).toMatchObject({ isDoubtful, word: { isDoubtful: false }, tries: 1 });
      const lost = await take(NOW + 150);
      expect(lost).toMatchObject({ isDoubtful, word: { isDoubtful: true }, tries: 2 });
      await store.sharePosts.later(lost, NOW + 200, false);
      expect(await take(NOW + 200)).toMatchObject({ isDoubtful, word: { isDoubtful: true }, tries: 3 });
    },
  );

  test('whose word somebody has taken up is left to them meanwhile', async () => {
    await share();
    await store.sharePosts.giveUp(await take(), 'gone', NOW);
    const [seen] = await store.sharePosts.due(NOW, 1);
    await take();
    expect(await store.sharePosts.due(NOW + 99, 1)).toEqual([]);
    expect(seen && (await store.sharePosts.begin(seen, NOW, 100))).toBe(false);
  });

  test('is not posted by somebody who saw it due before it was given up', async () => {
    await share();
    const [seen] = await store.sharePosts.due(NOW, 1);
    await store.sharePosts.giveUp(await take(), 'gone', NOW);
    expect(seen && (await store.sharePosts.begin(seen, NOW, 100))).toBe(false);
  });

  test('that is shared again is due again, and the word about it no more', async () => {
    await share();
    await store.sharePosts.giveUp(await take(), 'gone', NOW);
    const word = await take();
    const group = { ...FROM, conversationId: 'group' };
    await share(group);
    expect(await isKnown()).toBe(false);
    expect(await store.sharePosts.stateOf(1)).toBe('waiting');
    await store.sharePosts.drop(word);
    const card = await take();
    expect(card).toEqual({ number: 1, conversationId: 'thread', tries: 0, isDoubtful: false, from: group });
    await store.sharePosts.posted(card, undefined);
    await share();
    expect(await store.sharePosts.due(NOW * 2, 1)).toEqual([]);
  });

  test('that an older version gave up without a word counts as given up, and whoever shared is told', async () => {
    await share();
    await ground.run('update share_posts set due_at = null');
    expect(await store.sharePosts.stateOf(1)).toBe('gone');
    expect(await isKnown()).toBe(true);
    expect(await take()).toMatchObject({ from: FROM, word: { why: 'gone' } });
    await share();
    expect(await store.sharePosts.stateOf(1)).toBe('waiting');
    expect(await take()).not.toHaveProperty('word');
  });

  test('is nothing to an older version while the word about it is due', async () => {
    await share();
    await store.sharePosts.giveUp(await take(), 'address', NOW);
    // An older version takes up whatever is due, and gives that up.
    await ground.run('update share_posts set due_at = null, tries = tries + 1 where due_at is not null');
    expect(await take()).toMatchObject({ word: { why: 'address' }, tries: 0 });
  });

  test('that an older version makes due again is a card, though that leaves why it was given up', async () => {
    await share();
    await store.sharePosts.giveUp(await take(), 'address', NOW);
    const word = await take();
    await ground.run(`update share_posts set due_at = ${NOW}, tries = 0, taken_until = 0`);
    expect(await store.sharePosts.stateOf(1)).toBe('waiting');
    expect(await isKnown()).toBe(false);
    await store.sharePosts.later(word, NOW, true);
    const card = await take();
    expect(card).not.toHaveProperty('word');
    await store.sharePosts.posted(card, 'id');
    expect(await store.sharePosts.stateOf(1)).toBe('posted');
    expect(await store.sharePosts.due(NOW * 2, 1)).toEqual([]);
  });

  test('that an older version posted after it had been given up is not said to be missing', async () => {
    await share();
    await store.sharePosts.giveUp(await take(), 'gone', NOW);
    const word = await take();
    await ground.run("update share_posts set activity_id = 'id'");
    await store.sharePosts.later(word, NOW, true);
    expect(await store.sharePosts.due(NOW * 2, 1)).toEqual([]);
    expect(await isKnown()).toBe(false);
  });

  test('that a later version gave up for a reason of its own is told of once, and never due for ever', async () => {
    await share();
    await store.sharePosts.giveUp(await take(), 'gone', NOW);
    await ground.run("update share_posts set failed = 'weary'");
    const word = await take();
    expect(word).toMatchObject({ word: { why: 'gone' } });
    await store.sharePosts.drop(word);
    expect(await store.sharePosts.due(NOW * 2, 1)).toEqual([]);
  });

  test.each(['posted', 'told of'] as const)(
    'that is %s keeps nothing of whoever waited for it',
    async (how) => {
      await share();
      if (how === 'told of') await store.sharePosts.giveUp(await take(), 'gone', NOW);
      const post = await take();
      await (how === 'posted' ? store.sharePosts.posted(post, 'id') : store.sharePosts.drop(post));
      await ground.run('update share_posts set due_at = 0, taken_until = 0');
      expect(await take()).not.toHaveProperty('from');
    },
  );
});
