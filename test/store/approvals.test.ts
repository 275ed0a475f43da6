import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Approval } from '../../src/actions/approval.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { genuineOf } from '../../src/store/approval-row.ts';
import type { Written } from '../../src/store/approvals.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { KEY, ORIGIN } from '../ledger/chain.ts';
import { type Ground, onEach } from './ground.ts';
import {
  approved,
  asking,
  bo,
  NOW,
  rejected,
  SEALS,
  signIn,
  touched,
  type Wish,
  withdrawn,
} from './request.ts';

const MOST_OPEN = 9;
const FAR = NOW * 2;

onEach('the approvals', (prepare) => {
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

  const create = (wish: Wish = {}, by = store) => by.approvals.create(asking(wish), MOST_OPEN);

  /** One that must be granted. */
  const created = async (wish: Wish = {}): Promise<Approval> => {
    const made = await create(wish);
    if (!('state' in made)) throw new Error(JSON.stringify(made));
    return made;
  };

  const sizeOfLedger = async (): Promise<number> => (await store.ledger.head()).size;

  const isWhole = async (): Promise<boolean> => {
    const head = await store.ledger.head();
    return (await verifyLedger(store.ledger.rows(), { origin: ORIGIN, keys: [KEY], head })).ok;
  };

  const withAnother = async (work: (other: Store) => Promise<void>): Promise<void> => {
    const other = await openStore(ground.data);
    await work(other).finally(() => other.close());
  };

  test('an approval comes back whole after a restart', async () => {
    const made = await created({ targets: [signIn(2), signIn(1)], alsoIn: 'channel' });
    await store.close();
    store = await openStore(ground.data);
    expect(await store.approvals.find(made.number)).toEqual(made);
    expect(await store.approvals.find(made.number + 1)).toBeUndefined();
    expect(await isWhole()).toBe(true);
  });

  test('numbers begin with 1001 and have no gaps, however many ask in however many processes', async () => {
    await withAnother(async (other) => {
      const asked = Array.from({ length: 30 }, (_, nth) =>
        create(
          // Every third asks for what another has.
          { targets: [signIn(nth % 3 === 0 ? 0 : nth)], requester: { id: `p${nth}`, name: '' } },
          nth % 2 === 0 ? store : other,
        ),
      );
      const made = (await Promise.all(asked)).flatMap((one) => ('state' in one ? [one.number] : []));
      expect(made.toSorted()).toEqual(Array.from({ length: 21 }, (_, nth) => 1001 + nth));
      expect(await isWhole()).toBe(true);
      expect(await sizeOfLedger()).toBe(21);
    });
  });

  test('a sign-in is in one open approval at a time, whatever the action', async () => {
    const first = await created({ targets: [signIn(10), signIn(11)] });
    const taken = { taken: first.number };
    expect(await create({ targets: [signIn(9), signIn(11)], action: 'dismiss-sign-in-risk' })).toEqual(taken);
    expect(await create({ targets: [signIn(11).toUpperCase()], requester: bo })).toEqual(taken);
    expect([await sizeOfLedger(), (await store.posts.due(NOW, 9)).length]).toEqual([1, 1]);
    expect(await store.approvals.save(rejected(first))).toBe(true);
    expect(await create({ targets: [signIn(11)] })).toMatchObject({ number: first.number + 1 });
  });

  test('a sign-in stays taken for as long as the approval can still change', async () => {
    const first = await created();
    await store.approvals.save(approved(first));
    expect(await create()).toEqual({ taken: first.number });
  });

  test('who has too many open requests gets no other, and others do', async () => {
    const mine = await Promise.all(
      Array.from({ length: MOST_OPEN }, (_, nth) => created({ targets: [signIn(nth)] })),
    );
    expect(await create({ targets: [signIn(77)] })).toEqual({ full: MOST_OPEN });
    expect(await create({ targets: [signIn(77)], requester: bo })).toMatchObject({ state: 'pending' });
    const [first] = mine;
    if (first) await store.approvals.save(withdrawn(first));
    expect(await create({ targets: [signIn(78)] })).toMatchObject({ state: 'pending' });
  });

  test('of two changes of one approval the later is refused, and nothing of it is written', async () => {
    const made = await created();
    expect(await store.approvals.save(approved(made))).toBe(true);
    const late = rejected(made);
    expect(late.notices).not.toEqual([]);
    expect(await store.approvals.save(late)).toBe(false);
    expect(await store.approvals.find(made.number)).toMatchObject({ state: 'approved', revision: 2 });
    expect(await sizeOfLedger()).toBe(2);
    expect((await store.posts.due(NOW, 9)).map(({ kind }) => kind)).toEqual(['card']);
  });

  test('a change of an approval that is not there is refused', async () => {
    const made = await created();
    expect(await store.approvals.save(approved({ ...made, number: 4711 }))).toBe(false);
    expect(await sizeOfLedger()).toBe(1);
  });

  test('a change without a word for the ledger writes none', async () => {
    const made = await created();
    expect(await store.approvals.save(touched(made))).toBe(true);
    expect(await store.approvals.find(made.number)).toMatchObject({ revision: 2, edition: 2 });
    expect(await sizeOfLedger()).toBe(1);
  });

  test('open ones come the oldest first, and closed ones not', async () => {
    const [first, second, third] = [
      await created({ targets: [signIn(1)] }),
      await created({ targets: [signIn(2)] }),
      await created({ targets: [signIn(3)] }),
    ];
    await store.approvals.save(rejected(second));
    await store.approvals.save(approved(first));
    const open = await store.approvals.open();
    expect(open.map(({ number, state }) => [number, state])).toEqual([
      [first.number, 'approved'],
      [third.number, 'pending'],
    ]);
  });

  test('what is due comes when it is due, the longest due first, and not more than wanted', async () => {
    const late = await created({ targets: [signIn(1)], at: NOW + 10 });
    const early = await created({ targets: [signIn(2)] });
    const closed = await created({ targets: [signIn(3)] });
    await store.approvals.save(rejected(closed));
    const due = async (now: number, most = 9) =>
      (await store.approvals.due(now, most)).map(({ number }) => number);
    const at = early.dueAt ?? 0;
    expect(await due(at - 1)).toEqual([]);
    expect(await due(at)).toEqual([early.number]);
    expect(await due(FAR)).toEqual([early.number, late.number]);
    expect(await due(FAR, 1)).toEqual([early.number]);
  });

  test.each([
    ['a state', "state = 'escalated'"],
    ['a way of writing', 'format = 2'],
  ])('H140: an approval in %s of a newer version is left alone', async (_what, change) => {
    const made = await created();
    await ground.run(`update approvals set ${change}`);
    expect(await store.approvals.find(made.number)).toBeUndefined();
    expect(await store.approvals.open()).toEqual([]);
    expect(await store.approvals.due(FAR, 9)).toEqual([]);
    expect(await store.posts.due(FAR, 9)).toEqual([]);
    expect(await store.approvals.save(approved(made))).toBe(false);
    expect(await sizeOfLedger()).toBe(1);
    // It keeps what it has.
    expect(await create()).toEqual({ taken: made.number });
  });

  test('a row that was given the document of another does not pass for that one', async () => {
    const [one, other] = [await created({ targets: [signIn(1)] }), await created({ targets: [signIn(2)] })];
    await ground.run(
      `update approvals set document = (select document from approvals where number = ${one.number})`,
    );
    expect((await store.approvals.find(other.number))?.number).toBe(other.number);
  });

  test('a row is as it was written after every change, and no more once a column or its seal was edited', async () => {
    const [made, other] = [await created(), await created({ targets: [signIn(2)] })];
    await store.approvals.save(approved(made));
    await store.approvals.save(rejected(other));
    const genuine = async () =>
      (await store.approvals.rows()).map((row) => [row.number, genuineOf(row, SEALS)?.state]);
    expect(await genuine()).toEqual([
      [made.number, 'approved'],
      [other.number, 'rejected'],
    ]);
    expect(await store.approvals.row(made.number)).toEqual((await store.approvals.rows())[0]);
    await ground.run(`update approvals set due_at = 1 where number = ${made.number}`);
    await ground.run(`update approvals set seal = 'AAAA' where number = ${other.number}`);
    expect(await genuine()).toEqual([
      [made.number, undefined],
      [other.number, undefined],
    ]);
  });

  test('every entry about an approval is found in order, with name and reason while they are kept', async () => {
    const made = await created();
    await created({ targets: [signIn(2)] });
    await store.approvals.save(rejected(made, NOW + 1));
    const [entry] = asking()(0).entries;
    if (entry) await store.ledger.append({ ...entry, facts: [], approval: made.number });
    const told = async () =>
      (await store.ledger.ofApproval(made.number)).map(({ row, name, reason }) => [
        row.seq,
        row.kind,
        name,
        reason,
      ]);
    expect(await told()).toEqual([
      [1, 'requested', 'Ana', 'a new phone'],
      [3, 'rejected', 'Bo', 'it was not'],
      [4, 'requested', '', ''],
    ]);
    await store.ledger.prune(NOW + 1);
    expect((await told())[0]).toEqual([1, 'requested', '', '']);
    expect(await store.ledger.ofApproval(1)).toEqual([]);
    expect(await isWhole()).toBe(true);
  });

  test.each(['update ledger_approvals set number = 1', 'delete from ledger_approvals'])(
    'H170: "%s" is refused to whoever may append',
    async (statement) => {
      const made = await created();
      await expect(ground.run(statement)).rejects.toThrow();
      expect(await store.ledger.ofApproval(made.number)).toHaveLength(1);
    },
  );

  test('closed approvals are forgotten when the ledger has said nothing about them for long enough', async () => {
    const old = await created({ targets: [signIn(1)] });
    const open = await created({ targets: [signIn(2)] });
    const lately = await created({ targets: [signIn(3)] });
    await store.approvals.save(rejected(old));
    await store.approvals.save(rejected(lately, NOW + 5));
    await store.ledger.prune(NOW);
    expect(await store.approvals.find(old.number)).toMatchObject({ state: 'rejected' });
    await store.ledger.prune(NOW + 5);
    const found = [old, open, lately].map(({ number }) => store.approvals.find(number));
    expect((await Promise.all(found)).map((one) => one?.state)).toEqual([undefined, 'pending', 'rejected']);
    expect((await store.posts.due(FAR, 9)).some(({ number }) => number === old.number)).toBe(false);
    expect(await store.ledger.ofApproval(old.number)).toHaveLength(2);
    expect(await isWhole()).toBe(true);
  });

  const unsealable = (written: Written): Written => ({
    ...written,
    entries: [
      ...written.entries,
      {
        seal: () => {
          throw new Error('no seal');
        },
        facts: [],
      },
    ],
  });

  test('H122: where a word in the ledger cannot be written, nothing else is', async () => {
    const made = await created();
    const other = await created({ targets: [signIn(2)] });
    const [bad, good] = await Promise.allSettled([
      store.approvals.save(unsealable(rejected(made))),
      store.approvals.save(rejected(other)),
    ]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
    expect(await store.approvals.find(made.number)).toEqual(made);
    const next = (number: number) => unsealable(asking({ targets: [signIn(3)] })(number));
    await expect(store.approvals.create(next, MOST_OPEN)).rejects.toThrow('no seal');
    expect(await create({ targets: [signIn(3)] })).toMatchObject({ number: other.number + 1 });
    expect(await isWhole()).toBe(true);
  });

  test.each(['ledger_private', 'ledger', 'posts', 'approval_targets'])(
    'H122: where %s cannot be written, a decision is refused and nothing of it is there',
    async (table) => {
      const made = await created();
      await ground.run(`alter table ${table} rename to gone`);
      await expect(store.approvals.save(rejected(made))).rejects.toThrow();
      await ground.run(`alter table gone rename to ${table}`);
      expect(await store.approvals.find(made.number)).toEqual(made);
      expect(await sizeOfLedger()).toBe(1);
      expect(await store.posts.due(FAR, 9)).toHaveLength(1);
      expect(await store.approvals.save(rejected(made))).toBe(true);
    },
  );

  test('replicas agree on the time of their database', async () => {
    const isPostgres = ground.data.startsWith('postgres');
    const before = Date.now();
    const now = await store.sharedClock?.();
    if (!isPostgres) return expect(now).toBeUndefined();
    // The server may stand elsewhere.
    expect(now).toBeGreaterThan(before - 5_000);
    expect(now).toBeLessThan(Date.now() + 5_000);
  });
});
