import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Place } from '../../src/entra/place.ts';
import type { SignInAnswer } from '../../src/entra/query.ts';
import { openStore, type Store } from '../../src/store/store.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY = 24 * 3_600_000;

const answer: SignInAnswer = {
  readingId: 'reading-1',
  query: { entity: 'signIns', where: [], window: {} },
  rows: [{ signIn: { id: 'a', createdDateTime: '2026-11-21T11:00:00Z' }, confirmed: true }],
  read: 1,
  dropped: 0,
  unreadable: 0,
  scope: {
    from: '2026-11-20T12:00:00Z',
    to: '2026-11-21T12:00:00Z',
    why: 'default',
    untilNow: true,
    settling: true,
    eventTypes: ['interactiveUser'],
  },
  verdict: { finished: true },
  filter: '',
  secondPass: [],
  notes: [],
  fetchedAt: '2026-11-21T12:00:00Z',
  pages: 1,
};

const result = {
  id: 'result-1',
  personId: 'ana',
  conversationId: 'chat',
  asked: 'flagged',
  notes: ['a note'],
  aboutMe: false,
  first: 0,
  answer,
};

const place: Place = {
  kind: 'channel',
  conversationId: '19:x@thread.tacv2;messageid=1',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  tenantId: 'tenant',
  botId: '28:bot',
};

describe('the store', () => {
  let folder: string;
  let store: Store;
  const path = (): string => join(folder, 'deep', 'flagman.db');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flagman-store-'));
    store = await openStore(path());
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const reopen = async (): Promise<void> => {
    await store.close();
    store = await openStore(path());
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

  test('a write that cannot be done does not take others with it', async () => {
    await store.results.save(result, NOW);
    const [again, other, claimed] = await Promise.allSettled([
      store.results.save(result, NOW),
      store.results.save({ ...result, id: 'result-2' }, NOW),
      store.handled.claim('m1', NOW),
    ]);
    expect([again.status, other.status, claimed.status]).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await store.results.find('result-2')).toBeDefined();
  });

  test('a handled activity is forgotten after a day, not before', async () => {
    await store.handled.claim('m1', NOW);
    await store.prune(NOW + DAY);
    expect(await store.handled.claim('m1', NOW + DAY)).toBe(false);
    await store.prune(NOW + DAY + 1);
    expect(await store.handled.claim('m1', NOW + DAY + 1)).toBe(true);
  });

  test('a shown answer comes back whole after a restart', async () => {
    await store.results.save(result, NOW);
    await reopen();
    expect(await store.results.find('result-1')).toEqual(result);
    expect(await store.results.find('result-2')).toBeUndefined();
  });

  test('the last answer is that of the person in the conversation', async () => {
    await store.results.save(result, NOW);
    await store.results.save({ ...result, id: 'result-2', first: 10, aboutMe: true }, NOW + 1);
    await store.results.save({ ...result, id: 'result-3', personId: 'bo' }, NOW + 2);
    await store.results.save({ ...result, id: 'result-4', conversationId: 'other' }, NOW + 3);
    expect(await store.results.last('ana', 'chat')).toEqual({
      ...result,
      id: 'result-2',
      first: 10,
      aboutMe: true,
    });
    expect(await store.results.last('cy', 'chat')).toBeUndefined();
  });

  test('answers are kept for a day', async () => {
    await store.results.save(result, NOW);
    await store.prune(NOW + DAY);
    await reopen();
    expect(await store.results.find('result-1')).toEqual(result);
    await store.prune(NOW + DAY + 1);
    await reopen();
    expect(await store.results.find('result-1')).toBeUndefined();
  });

  test('rows stay as long as one answer shows them', async () => {
    await store.results.save(result, NOW);
    await store.results.save({ ...result, id: 'result-2' }, NOW + DAY);
    await store.prune(NOW + DAY + 1);
    await reopen();
    expect((await store.results.find('result-2'))?.answer).toEqual(answer);
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

  test('the file is readable by its owner alone', () => {
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  test('a file of a newer version is refused', async () => {
    await store.close();
    const database = new Database(path());
    database
      .prepare('insert into kysely_migration (name, timestamp) values (?, ?)')
      .run('2999-01-01-later', '2999-01-01T00:00:00Z');
    database.close();
    await expect(openStore(path())).rejects.toThrow(/cannot be brought up to date/);
    store = await openStore(':memory:');
  });
});
