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
        ...{ from: FROM, givenUp: why },
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

  test('that may have arrived stays in doubt while the word is on its way, and no word adds to that', async () => {
    await share();
    await store.sharePosts.later(await take(), NOW, true);
    await store.sharePosts.giveUp(await take(), 'gone', NOW);
    expect(await take()).toMatchObject({ isDoubtful: true });
    expect(await take(NOW + 100)).toMatchObject({ isDoubtful: true, tries: 1 });
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

  test('that an older version gave up without a word counts as given up', async () => {
    await share();
    await ground.run('update share_posts set due_at = null');
    expect(await store.sharePosts.stateOf(1)).toBe('gone');
    expect(await isKnown()).toBe(true);
    await share();
    expect(await store.sharePosts.stateOf(1)).toBe('waiting');
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
