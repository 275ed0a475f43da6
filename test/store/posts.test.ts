import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Approval } from '../../src/actions/approval.ts';
import type { Post } from '../../src/store/post-rows.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { type Ground, onEach } from './ground.ts';
import { asking, NOW, rejected, signIn, touched, type Wish } from './request.ts';

const MINUTE = 60_000;

onEach('the messages about approvals', (prepare) => {
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

  const created = async (wish: Wish = {}): Promise<Approval> => {
    const made = await store.approvals.create(asking(wish), 9);
    if (!('state' in made)) throw new Error(JSON.stringify(made));
    return made;
  };

  const due = (now = NOW) => store.posts.due(now, 9);

  /** The one message that is due. */
  const next = async (now = NOW): Promise<Post> => {
    const [post, ...others] = await due(now);
    if (!post || others.length > 0) throw new Error(`${others.length + (post ? 1 : 0)} are due`);
    return post;
  };

  const post = async (activityId: string | undefined, edition: number, now = NOW): Promise<void> => {
    const one = await next(now);
    expect(await store.posts.begin(one, now, MINUTE)).toBe(true);
    await store.posts.shown(one, activityId, edition);
  };

  const change = async (approval: Approval, notices?: Parameters<typeof touched>[1]): Promise<Approval> => {
    const written = touched(approval, notices);
    expect(await store.approvals.save(written)).toBe(true);
    return written.approval;
  };

  test('a request has a card to be posted in each of its places', async () => {
    const { number } = await created({ alsoIn: 'channel' });
    expect(await due()).toEqual(
      ['chat', 'channel'].map((conversationId) => ({
        id: expect.any(String),
        number,
        kind: 'card',
        conversationId,
        shown: 0,
        tries: 0,
        isDoubtful: false,
      })),
    );
    expect(await store.posts.due(NOW, 1)).toHaveLength(1);
  });

  test('one card stands for one place, though it is named twice', async () => {
    const made = await created({ alsoIn: 'chat' });
    await change(made, [{ kind: 'card', conversationId: 'chat' }]);
    expect(await due()).toHaveLength(1);
  });

  test('of two replicas one takes a message up, and nobody else until it is given back or the time is over', async () => {
    await created();
    const other = await openStore(ground.data);
    const one = await next();
    const begun = await Promise.all([store, other].map(({ posts }) => posts.begin(one, NOW, MINUTE)));
    expect(begun.toSorted()).toEqual([false, true]);
    expect(await due(NOW + MINUTE - 1)).toEqual([]);
    expect(await other.posts.begin(await next(NOW + MINUTE), NOW + MINUTE - 1, MINUTE)).toBe(false);
    expect(await other.posts.begin(await next(NOW + MINUTE), NOW + MINUTE, MINUTE)).toBe(true);
    await other.close();
  });

  test('who read a message before it was tried, or posted, takes nothing up', async () => {
    const made = await created();
    const stale = await next();
    await store.posts.begin(stale, NOW, MINUTE);
    await store.posts.later(stale, NOW, false);
    expect(await store.posts.begin(stale, NOW, MINUTE)).toBe(false);
    await post('act', made.edition);
    await change(made);
    expect(await store.posts.begin(stale, NOW, MINUTE)).toBe(false);
    expect(await store.posts.begin(await next(), NOW, MINUTE)).toBe(true);
  });

  test('who was too slow does not give back what another has taken up since', async () => {
    await created();
    const slow = await next();
    await store.posts.begin(slow, NOW, MINUTE);
    await store.posts.begin(await next(NOW + MINUTE), NOW + MINUTE, MINUTE);
    await store.posts.later(slow, NOW, false);
    expect(await due(NOW + MINUTE)).toEqual([]);
  });

  test('a message of which nobody told how it ended is doubtful', async () => {
    await created();
    await store.posts.begin(await next(), NOW, MINUTE);
    await store.close();
    store = await openStore(ground.data);
    expect(await next(NOW + MINUTE)).toMatchObject({ shown: 0, tries: 1, isDoubtful: true });
  });

  test('a card that was posted is due again when it has more to show', async () => {
    const made = await created();
    await post('act', made.edition);
    expect(await due()).toEqual([]);
    const changed = await change(made);
    const edit = await next();
    expect(edit).toMatchObject({ activityId: 'act', shown: 1, tries: 0, isDoubtful: false });
    await post('act', changed.edition);
    expect(await due()).toEqual([]);
    await change(changed);
    expect(await next()).toEqual({ ...edit, shown: changed.edition });
  });

  test('a card that shows an edition that is no longer the newest is due at once', async () => {
    const made = await created();
    const one = await next();
    await store.posts.begin(one, NOW, MINUTE);
    await change(made);
    await store.posts.shown(one, 'act', made.edition);
    expect(await next()).toMatchObject({ activityId: 'act', shown: made.edition });
  });

  test('an edit that nobody told the end of is no doubt', async () => {
    const made = await created();
    await post('act', made.edition);
    await change(made);
    await store.posts.begin(await next(), NOW, MINUTE);
    expect(await next(NOW + MINUTE)).toMatchObject({ activityId: 'act', tries: 1, isDoubtful: false });
  });

  test('an edit that tells no id leaves it', async () => {
    const made = await created();
    await post('act', made.edition);
    const changed = await change(made);
    const edit = await next();
    await store.posts.begin(edit, NOW, MINUTE);
    await change(changed);
    await store.posts.shown(edit, undefined, changed.edition);
    expect(await next()).toMatchObject({ activityId: 'act', shown: changed.edition });
  });

  test('a message that could not be posted is due later, and a doubt about it stays', async () => {
    await created();
    const retry = async (now: number, isDoubtful: boolean): Promise<Post> => {
      const one = await next(now);
      await store.posts.begin(one, now, MINUTE);
      await store.posts.later(one, now + 5, isDoubtful);
      expect(await due(now + 4)).toEqual([]);
      return next(now + 5);
    };
    expect(await retry(NOW, false)).toMatchObject({ tries: 1, isDoubtful: false });
    expect(await retry(NOW + 5, true)).toMatchObject({ tries: 2, isDoubtful: true });
    expect(await retry(NOW + 10, false)).toMatchObject({ tries: 3, isDoubtful: true });
  });

  test('the longest due comes first', async () => {
    await created();
    const one = await next();
    await store.posts.begin(one, NOW, MINUTE);
    await store.posts.later(one, NOW + 5, false);
    await created({ targets: [signIn(2)] });
    expect((await due(NOW + 5)).map(({ number }) => number)).toEqual([1002, 1001]);
  });

  test('a message that was dropped is never due again, whatever its approval does', async () => {
    const made = await created();
    const one = await next();
    await store.posts.begin(one, NOW, MINUTE);
    await store.posts.drop(one);
    await change(made);
    expect(await due(NOW + MINUTE)).toEqual([]);
    expect(await store.posts.isIn(made.number, 'chat')).toBe(false);
  });

  test('a doubt outlives that a message was dropped', async () => {
    const { number } = await created();
    await store.posts.begin(await next(), NOW, MINUTE);
    await store.posts.drop(await next(NOW + MINUTE));
    expect(await store.posts.isIn(number, 'chat')).toBe(true);
  });

  test.each(['reminder', 'outcome'] as const)(
    'a word such as a %s is posted once and never edited',
    async (kind) => {
      const made = await created();
      await post('act', made.edition);
      const reminded = await change(made, [{ kind, conversationId: 'elsewhere' }]);
      await store.posts.shown(await beginCard(), 'act', reminded.edition);
      await post('word', reminded.edition);
      expect(await store.posts.about('elsewhere', 'word')).toBe(made.number);
      expect(await store.posts.isIn(made.number, 'elsewhere')).toBe(false);
      const again = await change(reminded, [{ kind, conversationId: 'chat' }]);
      expect((await due()).map((one) => one.kind)).toEqual(['card', kind]);
      await store.posts.shown(await beginCard(), 'act', again.edition);
      await post(undefined, again.edition);
      expect(await due()).toEqual([]);
    },
  );

  const beginCard = async (): Promise<Post> => {
    const card = (await due()).find(({ kind }) => kind === 'card');
    if (!card) throw new Error('no card is due');
    await store.posts.begin(card, NOW, MINUTE);
    return card;
  };

  test('a card of which Teams gave no id is not edited', async () => {
    const made = await created();
    await change(made);
    await post(undefined, made.edition);
    expect(await due()).toEqual([]);
    await change({ ...made, revision: 2, edition: 2 });
    expect(await due()).toEqual([]);
    expect(await store.posts.isIn(made.number, 'chat')).toBe(true);
  });

  test('a second card in one conversation is kept and edited too', async () => {
    const made = await created();
    await post('act', made.edition);
    await store.posts.add(made.number, 'chat', 'second', made.edition);
    await store.posts.add(made.number, 'chat', 'second', made.edition);
    expect(await due()).toEqual([]);
    await change(made);
    expect((await due()).map(({ activityId }) => activityId)).toEqual(['act', 'second']);
  });

  test('a card that was shown old in a turn is due', async () => {
    const made = await created();
    await post('act', made.edition);
    await change(made);
    await store.posts.add(made.number, 'chat', 'act', made.edition);
    expect(await next()).toMatchObject({ activityId: 'act', shown: made.edition });
    await store.posts.add(made.number, 'chat', 'act', made.edition + 1);
    expect(await due()).toEqual([]);
  });

  test('a card of an approval that is not there is not kept', async () => {
    await store.posts.add(4711, 'chat', 'act', 1);
    expect(await store.posts.isIn(4711, 'chat')).toBe(false);
  });

  test('a card on which somebody presses before its posting is noted stays one card', async () => {
    const made = await created();
    const one = await next();
    await store.posts.begin(one, NOW, MINUTE);
    await store.posts.add(made.number, 'chat', 'act', made.edition);
    await store.posts.shown(one, 'act', made.edition);
    await change(made);
    expect(await next()).toMatchObject({ id: one.id, activityId: 'act' });
  });

  test('a card whose approval was forgotten meanwhile is noted nowhere', async () => {
    const made = await created();
    const one = await next();
    await store.posts.begin(one, NOW, MINUTE);
    await store.approvals.save(rejected(made));
    await store.approvals.prune(NOW + 1);
    await store.posts.shown(one, 'act', made.edition);
    expect(await store.posts.about('chat', 'act')).toBeUndefined();
  });

  test('who posts too late changes nothing of what another did, and a card of theirs is kept beside', async () => {
    const made = await created();
    const slow = await next();
    await store.posts.begin(slow, NOW, MINUTE);
    await post('act', made.edition, NOW + MINUTE);
    await store.posts.later(slow, NOW, true);
    await store.posts.shown(slow, 'late', made.edition);
    await store.posts.shown(slow, undefined, made.edition);
    expect(await due(NOW + MINUTE)).toEqual([]);
    await change(made);
    expect((await due()).map(({ activityId }) => activityId)).toEqual(['act', 'late']);
  });

  test('a word that is posted too late is not kept as a card', async () => {
    const made = await created();
    await post('act', made.edition);
    await change(made, [{ kind: 'reminder', conversationId: 'chat' }]);
    await store.posts.shown(await beginCard(), 'act', made.edition + 1);
    const slow = await next();
    await store.posts.begin(slow, NOW, MINUTE);
    await post('word', 1, NOW + MINUTE);
    await store.posts.shown(slow, 'late', 1);
    expect(await store.posts.about('chat', 'late')).toBeUndefined();
  });

  test('a card stands in a conversation from when it may have arrived', async () => {
    const { number } = await created();
    const isIn = () => store.posts.isIn(number, 'chat');
    expect(await isIn()).toBe(false);
    const one = await next();
    await store.posts.begin(one, NOW, MINUTE);
    expect(await isIn()).toBe(true);
    await store.posts.later(one, NOW, false);
    expect(await isIn()).toBe(false);
    await post('act', 1);
    expect(await isIn()).toBe(true);
    expect(await store.posts.isIn(number, 'elsewhere')).toBe(false);
    expect(await store.posts.isIn(number + 1, 'chat')).toBe(false);
  });

  test('what a message is about is known by its conversation and its id', async () => {
    const { number } = await created();
    await post('act', 1);
    expect(await store.posts.about('chat', 'act')).toBe(number);
    expect(await store.posts.about('elsewhere', 'act')).toBeUndefined();
    expect(await store.posts.about('chat', 'another')).toBeUndefined();
  });

  test('the cards of an approval stand where they were posted, in that order, and words are no cards', async () => {
    const made = await created({ alsoIn: 'channel' });
    expect(await store.posts.places(made.number)).toEqual([]);
    for (const one of await due()) {
      await store.posts.begin(one, NOW, MINUTE);
      await store.posts.shown(one, `in ${one.conversationId}`, made.edition);
    }
    await store.posts.add(made.number, 'another chat', 'act', made.edition + 1);
    await change(made, [{ kind: 'outcome', conversationId: 'elsewhere' }]);
    const word = (await due()).find(({ kind }) => kind === 'outcome');
    if (word) await store.posts.begin(word, NOW, MINUTE);
    if (word) await store.posts.shown(word, 'word', 1);
    expect(await store.posts.places(made.number)).toEqual(['chat', 'channel', 'another chat']);
  });

  test('a card that is added while its approval changes is not forgotten', async () => {
    const other = await openStore(ground.data);
    let approval = await created();
    await post('act', approval.edition);
    for (let round = 0; round < 20; round += 1) {
      const { edition, number } = approval;
      const adding = other.posts.add(number, 'chat', `card ${round}`, edition);
      [approval] = await Promise.all([change(approval), adding]);
    }
    const cards = await store.posts.due(NOW, 99);
    expect(cards).toHaveLength(21);
    await other.close();
  });
});
