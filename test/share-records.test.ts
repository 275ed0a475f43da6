import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Incidents, Shares } from '../src/bot/share-ports.ts';
import { shareDifferencesOf } from '../src/cli/ledger-shares.ts';
import { LedgerFailure } from '../src/entra/ledger-event.ts';
import type { Sharing } from '../src/entra/share.ts';
import { ledgerKeyOf } from '../src/ledger/keys.ts';
import { verifyLedger } from '../src/ledger/verify.ts';
import { createLog } from '../src/lib/log.ts';
import { recordsOf } from '../src/records.ts';
import { openLedger } from '../src/running-ledger.ts';
import { incidentsOf, sharesOf } from '../src/share-records.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { requested } from './ledger/walk.ts';
import { type Ground, onEach } from './store/ground.ts';
import { answerWith } from './support/answer.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const SECRET = Buffer.alloc(32, 1);
const MAYA = { id: 'maya', name: 'Maya' };
const THREAD = '19:incidents@thread.tacv2;messageid=1';

const SIGN_IN = {
  id: '66ea54eb-6301-4ee5-be62-ff5a759b0100',
  createdDateTime: '2026-11-21T11:00:00Z',
  userPrincipalName: 'Kim@contoso.com',
  ipAddress: '203.0.113.7',
};

/** What Maya shares. */
const sharing = (change: Partial<Sharing> = {}): Sharing => ({
  at: NOW,
  by: MAYA,
  incident: 'INC-204',
  conversationId: THREAD,
  redacted: [],
  snapshot: { asked: 'kim@contoso.com', notes: [], answer: answerWith([SIGN_IN]), of: 3 },
  ...change,
});

onEach('what is shared', (prepare) => {
  let ground: Ground;
  let folder: string;
  let store: Store;
  let shares: Shares;
  let incidents: Incidents;
  let judging: Parameters<typeof shareDifferencesOf>[1];

  const startOn = async (on: Store) => {
    const ledger = await openLedger({
      stored: on.ledger,
      config: {
        origin: 'tenant',
        secrets: [SECRET],
        keyFile: join(folder, 'key'),
        checkpointFile: join(folder, 'checkpoint'),
        mayStartOver: false,
        retentionDays: 90,
      },
      clock: () => NOW,
      log: createLog({ level: 'silent' }),
    });
    const approvals = recordsOf(on, ledger);
    judging = { isIn: ledger.isIn, keptSince: NOW };
    return {
      shares: sharesOf(on, ledger, () => judging.keptSince),
      incidents: incidentsOf(on, ledger),
      approvals,
    };
  };

  beforeEach(async () => {
    ground = await prepare();
    folder = mkdtempSync(join(tmpdir(), 'flagman-shares-'));
    store = await openStore(ground.data);
    ({ shares, incidents } = await startOn(store));
  });

  afterEach(async () => {
    await store.close();
    await ground.remove();
    rmSync(folder, { recursive: true });
  });

  const isWhole = async (): Promise<boolean> =>
    (await verifyLedger(store.ledger.rows(), { origin: 'tenant', keys: [ledgerKeyOf(SECRET)] })).ok;

  const declare = (name: string, conversationId: string, approvals: readonly number[] = [], moves = true) =>
    incidents.declare({ name, conversationId, at: NOW, by: MAYA }, moves, approvals);

  test('comes back whole after a restart', async () => {
    const made = await shares.create('one', sharing());
    expect(made).toMatchObject({
      number: 1,
      incident: 'INC-204',
      hash: expect.stringMatching(/^[\da-f]{64}$/),
    });
    await store.close();
    store = await openStore(ground.data);
    ({ shares, incidents } = await startOn(store));
    expect(await shares.find(1)).toEqual(made);
    expect(await shares.find(2)).toBeUndefined();
    expect(await isWhole()).toBe(true);
  });

  test('has numbers without gaps, and one for each source, however many share it in however many processes', async () => {
    const other = await openStore(ground.data);
    const beside = (await startOn(other)).shares;
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, nth) =>
        (nth % 2 === 0 ? shares : beside).create(`source ${nth % 20}`, sharing()),
      ),
    );
    await other.close();
    const numbers = made.map(({ number }) => number);
    expect([...new Set(numbers)].toSorted((one, two) => one - two)).toEqual(
      Array.from({ length: 20 }, (_, nth) => nth + 1),
    );
    expect(numbers.slice(20)).toEqual(numbers.slice(0, 20));
    expect(await isWhole()).toBe(true);
  });

  test('is proven by the ledger, down to the hash of its rows', async () => {
    const { hash } = await shares.create('one', sharing());
    const verified = await shares.verify(1);
    expect(verified).toMatchObject({ edited: [], recorded: { at: NOW, hash } });
    expect(await shares.verify(2)).toBeUndefined();
  });

  test.each<[string, string, string]>([
    ['its rows', 'document', "replace(document, '203.0.113.7', '198.51.100.9')"],
    ['its rows', 'document', "'{'"],
    ['its rows, which are gone before their time', 'document', 'null'],
    ['who shared it', 'by_id', "'mallory'"],
    ['who shared it', 'by_name', "'Mallory'"],
    ['when it was shared', 'at', `${NOW - 1}`],
    ['its incident', 'incident', "'INC-205'"],
    ['its place', 'conversation_id', "'elsewhere'"],
    ['what it leaves out', 'redacted', "'[]'"],
    ['what it leaves out', 'redacted', "'['"],
  ])('shows that somebody edited in the database: %s (%s)', async (what, column, value) => {
    const { hash } = await shares.create('one', sharing({ redacted: ['user'] }));
    await ground.run(`update shares set ${column} = ${value}`);
    expect(await shares.verify(1)).toMatchObject({ edited: [what], recorded: { hash } });
    const found = await shares.find(1);
    expect(found).toMatchObject({ isEdited: true });
    expect(found).not.toHaveProperty('snapshot');
    // Whoever shares the same once more is given what is stored.
    expect(await shares.create('one', sharing())).toEqual(found);
    expect(await shareDifferencesOf(store, judging)).toEqual(
      column === 'by_name' ? [] : [`share 1: not as the ledger recorded it: ${what}`],
    );
  });

  test('is proven by nothing when the ledger was never told', async () => {
    await shares.create('one', sharing());
    await ground.run('update shares set number = 7');
    expect(await shares.verify(7)).not.toHaveProperty('recorded');
    expect(await shares.find(7)).toMatchObject({ isEdited: true });
    expect(await shareDifferencesOf(store, judging)).toContain('share 7: the ledger knows of none');
  });

  test('no index beside the chain makes an entry about something else', async () => {
    await shares.create('one', sharing());
    await ground.run("insert into ledger_topics (seq, topic) values (1, 'share 8'), (1, 'incident INC-999')");
    await ground.run('update shares set number = 8');
    await expect(shares.verify(8)).rejects.toThrow(LedgerFailure);
    await expect(incidents.timeline('INC-999')).rejects.toThrow(LedgerFailure);
    await expect(ground.run('delete from ledger_topics')).rejects.toThrow(/only ever added to/);
  });

  test('is held against the ledger as a whole, and so is the index beside it', async () => {
    await shares.create('one', sharing());
    await shares.create('two', sharing());
    await declare('INC-204', THREAD);
    expect(await shareDifferencesOf(store, judging)).toEqual([]);
    await ground.run(
      "update shares set document = replace(document, '203.0.113.7', '198.51.100.9') where number = 1",
    );
    await ground.run('delete from shares where number = 2');
    expect(await shareDifferencesOf(store, judging)).toEqual([
      'share 1: not as the ledger recorded it: its rows',
      'share 2: the store does not know it',
    ]);
    judging = { ...judging, keptSince: NOW + 1 };
    await store.ledger.prune(NOW + 1);
    expect(await shareDifferencesOf(store, judging)).toEqual(['share 2: the store does not know it']);
    await ground.run('drop table ledger_topics');
    await ground.run("create table ledger_topics as select 1 as seq, 'share 1' as topic");
    expect(await shareDifferencesOf(store, judging)).toEqual([
      'share 2: the store does not know it',
      'entry 1: the index hides it from its share or incident',
      'entry 2: the index hides it from its share or incident',
      'entry 3: the index hides it from its share or incident',
    ]);
  });

  test('loses its rows and names after their time, and keeps number and hash', async () => {
    const { hash } = await shares.create('one', sharing());
    await store.ledger.prune(NOW);
    expect(await shares.find(1)).toHaveProperty('snapshot');
    await store.ledger.prune(NOW + 1);
    judging = { ...judging, keptSince: NOW + 1 };
    const kept = await shares.find(1);
    expect(kept).toMatchObject({ number: 1, hash, by: { id: 'maya', name: '' } });
    expect(kept).not.toHaveProperty('snapshot');
    expect(await shares.verify(1)).toMatchObject({ edited: [], recorded: { hash } });
  });

  test('holds no name in the chain', async () => {
    await shares.create('one', sharing());
    for await (const { body } of store.ledger.rows()) expect(body).not.toMatch(/kim|contoso|203\.0|Maya/i);
  });

  test('is posted once, and a post that was begun leaves a doubt', async () => {
    await shares.create('one', sharing());
    await shares.create('nowhere', { at: NOW, by: MAYA, redacted: [], snapshot: sharing().snapshot });
    const { sharePosts } = store;
    const [post, ...others] = await sharePosts.due(NOW, 10);
    if (!post) throw new Error('Nothing is due.');
    expect(others).toEqual([]);
    expect(await sharePosts.stateOf(1)).toBe('waiting');
    expect(await Promise.all([sharePosts.begin(post, NOW, 100), sharePosts.begin(post, NOW, 100)])).toEqual([
      true,
      false,
    ]);
    expect(await sharePosts.due(NOW + 99, 10)).toEqual([]);
    const [again] = await sharePosts.due(NOW + 100, 10);
    expect(again).toMatchObject({ number: 1, tries: 1, isDoubtful: true });
    if (again) expect(await sharePosts.begin(again, NOW + 100, 100)).toBe(true);
    // Whoever had it first comes too late.
    await sharePosts.posted(post, 'first');
    expect(await sharePosts.stateOf(1)).toBe('waiting');
    if (again) await sharePosts.posted(again, 'second');
    expect(await sharePosts.stateOf(1)).toBe('posted');
    expect(await sharePosts.due(NOW * 2, 10)).toEqual([]);
  });

  test('is tried again at its time, and once it is given up and told nothing is due any more', async () => {
    await shares.create('one', sharing());
    const { sharePosts } = store;
    const take = async (now: number) => {
      const [post] = await sharePosts.due(now, 1);
      if (!post || !(await sharePosts.begin(post, now, 100))) throw new Error('It is not due.');
      return post;
    };
    await sharePosts.later(await take(NOW), NOW + 10, false);
    expect(await sharePosts.due(NOW + 9, 1)).toEqual([]);
    const post = await take(NOW + 10);
    expect(post.isDoubtful).toBe(false);
    await sharePosts.giveUp(post, 'gone', NOW + 20);
    expect(await sharePosts.stateOf(1)).toBe('gone');
    const told = await take(NOW + 20);
    expect(told.word).toEqual({ why: 'gone', isDoubtful: false });
    await sharePosts.drop(told);
    expect(await sharePosts.stateOf(1)).toBe('gone');
    expect(await sharePosts.due(NOW * 2, 1)).toEqual([]);
  });

  test('belongs to an incident that has one place, and a place belongs to one incident', async () => {
    await declare('INC-204', 'here');
    expect(await declare('INC-204', 'there', [], false)).toBe(false);
    await declare('INC-204', 'there');
    expect(await incidents.in('here')).toBeUndefined();
    expect(await incidents.find('INC-204')).toMatchObject({ conversationId: 'there', by: MAYA });
    expect(await declare('INC-205', 'there', [], false)).toBe(false);
    await declare('INC-205', 'there');
    expect(await incidents.find('INC-204')).toBeUndefined();
    expect(await incidents.in('there')).toMatchObject({ name: 'INC-205' });
    expect(await incidents.list(10)).toHaveLength(1);
    // Whose thread it was is told that it lost it.
    expect(await incidents.timeline('INC-204')).toMatchObject([
      { incident: 'INC-204' },
      { incident: 'INC-204' },
      { incident: 'INC-205' },
    ]);
  });

  test('goes to no place that the ledger did not record', async () => {
    await declare('INC-204', 'here');
    await ground.run("update incidents set conversation_id = 'elsewhere'");
    await expect(incidents.find('INC-204')).rejects.toThrow(LedgerFailure);
    await expect(incidents.in('elsewhere')).rejects.toThrow(LedgerFailure);
    await ground.run("update incidents set name = 'INC-205'");
    await expect(incidents.find('INC-205')).rejects.toThrow(LedgerFailure);
  });

  test('one of many who name its place at the same moment is the one who did', async () => {
    const other = await openStore(ground.data);
    const beside = (await startOn(other)).incidents;
    const named = await Promise.all(
      Array.from({ length: 8 }, (_, nth) =>
        (nth % 2 === 0 ? incidents : beside).declare(
          { name: 'INC-204', conversationId: `thread ${nth}`, at: NOW, by: MAYA },
          false,
          [],
        ),
      ),
    );
    await other.close();
    expect(named.filter(Boolean)).toHaveLength(1);
    expect(await incidents.list(10)).toHaveLength(1);
  });

  test('is told in the order of the ledger, with everything about the requests of the incident', async () => {
    const { approvals } = await startOn(store);
    const created = await approvals.create((number) => requested(number, NOW));
    if (!('state' in created)) throw new Error('It was not granted.');
    await declare('INC-204', 'here', [created.number]);
    const { hash } = await shares.create('one', sharing());
    await shares.create('other', sharing({ incident: 'INC-205' }));
    const told = await incidents.timeline('INC-204');
    expect(told.map(({ kind }) => kind)).toEqual(['requested', 'incident', 'shared']);
    expect(told[0]).toMatchObject({ approval: created.number, state: 'pending' });
    expect(told[2]).toMatchObject({ share: 1, rows: 1, hash, name: 'Maya' });
    expect(await incidents.timeline('INC-206')).toEqual([]);
  });
});
