import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Place } from '../../src/entra/place.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { answerWith } from '../support/answer.ts';

export const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY = 24 * 3_600_000;

const answer = answerWith([{ id: 'a', createdDateTime: '2026-11-21T11:00:00Z' }]);

export const asked = {
  personId: 'ana',
  asked: 'flagged',
  notes: ['a note'],
  aboutMe: false,
  answer,
};

export const inChat = { personId: 'ana', conversationId: 'chat', first: 0 };

export const place: Place = {
  kind: 'channel',
  conversationId: '19:x@thread.tacv2;messageid=1',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  tenantId: 'tenant',
  botId: '28:bot',
};

/** An empty place for a store, of which one test makes what it likes. */
export interface Ground {
  /** What `DATA` would say. */
  readonly data: string;
  /** Pretends that a later version of Flagman changed the schema. */
  migrateFurther(): Promise<void>;
  remove(): Promise<void>;
}

/** What every store promises, whatever database it stands on. */
export const storeContract = (prepare: () => Promise<Ground>): void => {
  let ground: Ground;
  let store: Store;
  let others: Store[];

  beforeEach(async () => {
    ground = await prepare();
    store = await openStore(ground.data);
    others = [];
  });

  afterEach(async () => {
    await Promise.all([store, ...others].map((one) => one.close()));
    await ground.remove();
  });

  const reopen = async (): Promise<void> => {
    await store.close();
    store = await openStore(ground.data);
  };

  /** A second replica on the same data. */
  const openAnother = async (): Promise<Store> => {
    const other = await openStore(ground.data);
    others.push(other);
    return other;
  };

  test('an activity is taken up once, also after a restart', async () => {
    expect(await store.handled.claim('m1', NOW)).toBe(true);
    expect(await store.handled.claim('m1', NOW + 1)).toBe(false);
    await reopen();
    expect(await store.handled.claim('m1', NOW + 2)).toBe(false);
    expect(await store.handled.claim('m2', NOW + 2)).toBe(true);
  });

  test('of many who take up one activity at once, one does', async () => {
    const claims = await Promise.all(Array.from({ length: 50 }, () => store.handled.claim('m1', NOW)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('a file that was offered is taken once, by whom it was offered to alone', async () => {
    const offer = {
      id: 'offer',
      personId: 'ana',
      source: { result: 'r' },
      format: 'csv',
      name: 'flagman-sign-ins.csv',
      zone: 'Europe/Oslo',
      at: NOW,
    } as const;
    await store.offers.make(offer);
    expect(await store.offers.take('offer', 'ben')).toBeUndefined();
    await store.offers.posted('offer', 'message');
    await reopen();
    const takes = await Promise.all(Array.from({ length: 5 }, () => store.offers.take('offer', 'ana')));
    expect(takes.filter(Boolean)).toEqual([{ ...offer, activityId: 'message' }]);
    expect(await store.offers.take('offer', 'ana')).toBeUndefined();
  });

  test('an offer of yesterday is forgotten, one of today is kept', async () => {
    const offer = {
      personId: 'ana',
      source: { timeline: 'INC-204' },
      format: 'jsonl',
      name: 'n',
      zone: 'UTC',
    } as const;
    await store.offers.make({ ...offer, id: 'old', at: NOW - DAY - 1 });
    await store.offers.make({ ...offer, id: 'new', at: NOW });
    await store.prune(NOW);
    expect(await store.offers.take('old', 'ana')).toBeUndefined();
    expect(await store.offers.take('new', 'ana')).toEqual({ ...offer, id: 'new', at: NOW });
  });

  test('a write that cannot be done does not take others with it', async () => {
    const unstorable = { ...inChat, first: Symbol('no number') as unknown as number };
    const [bad, good, claimed] = await Promise.allSettled([
      store.results.show(asked, unstorable, NOW),
      store.results.show({ ...asked, asked: 'good' }, inChat, NOW),
      store.handled.claim('m1', NOW),
    ]);
    expect([bad.status, good.status, claimed.status]).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await store.results.last('ana', 'chat')).toMatchObject({ asked: 'good' });
  });

  test('a handled activity is forgotten after a day, not before', async () => {
    await store.handled.claim('m1', NOW);
    await store.prune(NOW + DAY);
    expect(await store.handled.claim('m1', NOW + DAY)).toBe(false);
    await store.prune(NOW + DAY + 1);
    expect(await store.handled.claim('m1', NOW + DAY + 1)).toBe(true);
  });

  test('a shown answer comes back whole after a restart', async () => {
    const { id } = await store.results.show(asked, inChat, NOW);
    await reopen();
    expect(await store.results.find(id)).toEqual({ ...asked, id });
    expect(await store.results.find('another')).toBeUndefined();
  });

  test('the same words that the same reading answered are one result, whoever asks', async () => {
    const { id } = await store.results.show(asked, inChat, NOW);
    const bo = await store.results.show({ ...asked, personId: 'bo' }, { ...inChat, personId: 'bo' }, NOW);
    expect(bo.id).toBe(id);
    const others = [
      { ...asked, asked: 'flagged today' },
      { ...asked, notes: [] },
      { ...asked, answer: { ...answer, readingId: 'reading-2' } },
    ];
    for (const other of others) expect((await store.results.show(other, inChat, NOW)).id).not.toBe(id);
    // The first asker stays the one whom an answer about "me" is about.
    expect(await store.results.last('bo', 'chat')).toMatchObject({ id, personId: 'ana' });
  });

  test('the last answer is that of the person in the conversation', async () => {
    const { id } = await store.results.show(asked, inChat, NOW);
    await store.results.show(asked, { ...inChat, first: 10 }, NOW + 1);
    await store.results.show({ ...asked, asked: 'b' }, { ...inChat, personId: 'bo' }, NOW + 2);
    await store.results.show({ ...asked, asked: 'c' }, { ...inChat, conversationId: 'other' }, NOW + 3);
    await reopen();
    expect(await store.results.last('ana', 'chat')).toEqual({ ...asked, id, first: 10 });
    await store.results.show(asked, inChat, NOW + 4);
    expect((await store.results.last('ana', 'chat'))?.first).toBe(0);
    expect(await store.results.last('cy', 'chat')).toBeUndefined();
  });

  test('answers are kept for a day', async () => {
    const { id } = await store.results.show(asked, inChat, NOW);
    await store.prune(NOW + DAY);
    await reopen();
    expect(await store.results.find(id)).toEqual({ ...asked, id });
    await store.prune(NOW + DAY + 1);
    await reopen();
    expect(await store.results.find(id)).toBeUndefined();
    expect(await store.results.last('ana', 'chat')).toBeUndefined();
  });

  test('rows stay as long as one answer shows them', async () => {
    await store.results.show(asked, inChat, NOW);
    const later = await store.results.show({ ...asked, asked: 'again' }, inChat, NOW + DAY);
    await store.prune(NOW + DAY + 1);
    await reopen();
    expect((await store.results.find(later.id))?.answer).toEqual(answer);
  });

  test('what was forgotten can be shown again', async () => {
    await store.results.show(asked, inChat, NOW);
    await store.prune(NOW + 2 * DAY);
    const { id } = await store.results.show(asked, inChat, NOW + 2 * DAY);
    await reopen();
    expect(await store.results.find(id)).toEqual({ ...asked, id });
  });

  test('a place keeps its newest address', async () => {
    await store.places.remember(place, NOW);
    await store.places.remember(place, NOW);
    await store.places.remember({ ...place, serviceUrl: 'https://smba.trafficmanager.net/emea/' }, NOW);
    await reopen();
    expect((await store.places.find(place.conversationId))?.serviceUrl).toMatch(/emea/);
    expect(await store.places.find('elsewhere')).toBeUndefined();
  });

  test('a chosen zone is kept and can be changed', async () => {
    expect(await store.preferences.zoneOf('ana')).toBeUndefined();
    await store.preferences.setZone('ana', 'Europe/Oslo');
    await store.preferences.setZone('ana', 'Asia/Kolkata');
    expect(await store.preferences.zoneOf('ana')).toBe('Asia/Kolkata');
    await reopen();
    expect(await store.preferences.zoneOf('ana')).toBe('Asia/Kolkata');
  });

  test('H123: data of a newer version is refused', async () => {
    await ground.migrateFurther();
    await expect(openStore(ground.data)).rejects.toThrow(/cannot be brought up to date.*2999-01-01-later/);
  });

  test('several replicas may start at once', async () => {
    const replicas = await Promise.all(Array.from({ length: 3 }, openAnother));
    expect(await Promise.all(replicas.map((replica) => replica.preferences.zoneOf('ana')))).toEqual(
      Array.from({ length: 3 }),
    );
  });

  test('of two replicas that take up the same activities at once, one does each', async () => {
    const other = await openAnother();
    const keys = Array.from({ length: 100 }, (_, index) => `m${index}`);
    const claim = (by: Store) => (key: string) => by.handled.claim(key, NOW);
    const [here, there] = await Promise.all([
      Promise.all(keys.map(claim(store))),
      Promise.all(keys.toReversed().map(claim(other))),
    ]);
    there.reverse();
    expect(keys.filter((_, index) => here[index] === there[index])).toEqual([]);
  });

  test('what another replica forgot can be shown again', async () => {
    const other = await openAnother();
    await store.results.show(asked, inChat, NOW);
    await other.prune(NOW + 2 * DAY);
    const { id } = await store.results.show({ ...asked, asked: 'again' }, inChat, NOW + 2 * DAY);
    expect((await other.results.find(id))?.answer).toEqual(answer);
  });

  test('a repeated showing counts as new from time to time', async () => {
    const { id } = await store.results.show(asked, inChat, NOW);
    await store.results.show(asked, inChat, NOW + DAY / 2);
    await store.prune(NOW + DAY + 1);
    expect((await store.results.last('ana', 'chat'))?.id).toBe(id);
  });

  test('text is kept as it is', async () => {
    const text = `o'brien "x" \\ %s $1 ? \n ‮ 🚩 é; drop table handled; --`;
    const { id } = await store.results.show({ ...asked, asked: text, notes: [text] }, inChat, NOW);
    await reopen();
    expect(await store.results.find(id)).toMatchObject({ asked: text, notes: [text] });
  });

  const onCard = { conversationId: 'chat', cardId: 'card', first: 0 };

  test('a card is known by what it shows, from the moment on that it shows it, also after a restart', async () => {
    const { id: resultId } = await store.results.show(asked, inChat, NOW);
    const kept = store.results.showOn({ ...onCard, resultId }, NOW);
    expect(await store.results.onCard('chat', 'card', 'bo')).toEqual({ ...asked, id: resultId, first: 0 });
    await kept;
    expect(await store.results.onCard('chat', 'card', 'bo')).toMatchObject({ id: resultId });
    await reopen();
    expect(await store.results.onCard('chat', 'card', 'bo')).toEqual({ ...asked, id: resultId, first: 0 });
    expect(await store.results.onCard('chat', 'another', 'bo')).toBeUndefined();
    expect(await store.results.onCard('elsewhere', 'card', 'bo')).toBeUndefined();
  });

  test('an edited card shows what it was edited to', async () => {
    const { id: old } = await store.results.show(asked, inChat, NOW);
    const { id: later } = await store.results.show({ ...asked, asked: 'again' }, inChat, NOW);
    await store.results.showOn({ ...onCard, resultId: old }, NOW);
    const edits = [10, 20].map((first) =>
      store.results.showOn({ ...onCard, resultId: later, first }, NOW + first),
    );
    expect(await store.results.onCard('chat', 'card', 'ana')).toMatchObject({ id: later, first: 20 });
    await Promise.all(edits);
    expect(await store.results.onCard('chat', 'card', 'ana')).toMatchObject({ id: later, first: 20 });
  });

  test('who pressed a button sees the own view of a card, until the card is edited for everybody', async () => {
    const { id: resultId } = await store.results.show(asked, inChat, NOW);
    const firstFor = async (person: string) => (await store.results.onCard('chat', 'card', person))?.first;
    await store.results.showOn({ ...onCard, resultId }, NOW);
    await store.results.showOn({ ...onCard, resultId, personId: 'ana', first: 10 }, NOW + 1);
    expect([await firstFor('ana'), await firstFor('bo')]).toEqual([10, 0]);
    await store.results.showOn({ ...onCard, resultId, first: 5 }, NOW + 2);
    expect([await firstFor('ana'), await firstFor('bo')]).toEqual([5, 5]);
  });

  test('the newest card of a conversation is found, and nobody’s own view of one', async () => {
    const { id: resultId } = await store.results.show(asked, inChat, NOW);
    const firstOfNewest = async () => (await store.results.onNewestCard('chat'))?.first;
    expect(await firstOfNewest()).toBeUndefined();
    await store.results.showOn({ ...onCard, resultId, first: 1 }, NOW);
    await store.results.showOn({ ...onCard, resultId, cardId: 'other', first: 2 }, NOW + 1);
    await store.results.showOn({ ...onCard, resultId, personId: 'ana', first: 3 }, NOW + 2);
    await store.results.showOn({ ...onCard, resultId, conversationId: 'other', first: 4 }, NOW + 3);
    expect(await firstOfNewest()).toBe(2);
    const kept = store.results.showOn({ ...onCard, resultId, cardId: 'third', first: 5 }, NOW + 4);
    expect(await firstOfNewest()).toBe(5);
    await kept;
  });

  test('what a card shows is kept for a day, and its answer as long', async () => {
    const { id: resultId } = await store.results.show(asked, inChat, NOW);
    await store.results.show({ ...asked, asked: 'again' }, inChat, NOW + 1);
    await store.results.showOn({ ...onCard, resultId }, NOW + 2);
    await store.prune(NOW + 2 + DAY);
    await reopen();
    expect(await store.results.onCard('chat', 'card', 'ana')).toMatchObject({ id: resultId });
    await store.prune(NOW + 3 + DAY);
    await reopen();
    expect(await store.results.onCard('chat', 'card', 'ana')).toBeUndefined();
    expect(await store.results.find(resultId)).toBeUndefined();
  });

  test('thousands of cards are kept at once', async () => {
    const { id: resultId } = await store.results.show(asked, inChat, NOW);
    const cards = Array.from({ length: 5_000 }, (_, index) => `card-${index}`);
    await Promise.all(cards.map((cardId) => store.results.showOn({ ...onCard, cardId, resultId }, NOW)));
    await reopen();
    for (const cardId of ['card-0', 'card-4999'])
      expect(await store.results.onCard('chat', cardId, 'ana')).toMatchObject({ id: resultId });
  });
};
