import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Head, seal } from '../../src/ledger/entry.ts';
import type { LedgerFact } from '../../src/ledger/event.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { KEY, ORIGIN } from '../ledger/chain.ts';
import { type Ground, onEach } from './ground.ts';

const entry = (at: number) => ({ at, origin: ORIGIN, kind: 'question', actor: 'ana', body: `{"at":${at}}` });

onEach('the ledger', (prepare) => {
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

  const append = (at: number, facts: readonly LedgerFact[] = [], to = store): Promise<Head> =>
    to.ledger.append({ seal: (head) => seal(entry(at), head, KEY), facts });

  const verified = async () =>
    verifyLedger(store.ledger.rows(), { origin: ORIGIN, keys: [KEY], head: await store.ledger.head() });

  test('begins empty and is verified as it grows', async () => {
    expect(await verified()).toMatchObject({ ok: true, head: { size: 0 } });
    const head = await append(1);
    expect(head).toEqual(await store.ledger.head());
    expect(await store.ledger.find(1)).toMatchObject({ seq: 1, at: 1, hash: head.hash });
    expect(await store.ledger.find(2)).toBeUndefined();
    expect(await verified()).toMatchObject({ ok: true, head });
  });

  test('is one chain without gaps, however many append at once in however many processes', async () => {
    const other = await openStore(ground.data);
    const sizes = await Promise.all(
      Array.from({ length: 60 }, (_, at) => append(at, [], at % 2 === 0 ? store : other)),
    );
    await other.close();
    expect(sizes.map(({ size }) => size).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    expect(await verified()).toMatchObject({ ok: true, head: { size: 60 } });
  });

  test('is read in pieces and whole', async () => {
    await Promise.all(Array.from({ length: 1_500 }, (_, at) => append(at)));
    expect(await verified()).toMatchObject({ ok: true, head: { size: 1_500 } });
  });

  test('an entry that cannot be written leaves no gap', async () => {
    const [bad, good] = await Promise.allSettled([
      store.ledger.append({
        seal: () => {
          throw new Error('no seal');
        },
        facts: [],
      }),
      append(1),
    ]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
    expect(await verified()).toMatchObject({ ok: true, head: { size: 1 } });
  });

  test.each([
    "update ledger set body = '{}'",
    'delete from ledger',
    'delete from ledger where seq = 2',
    'insert or replace into ledger select * from ledger where seq = 1',
  ])('H170: "%s" is refused to whoever may append', async (statement) => {
    await append(1);
    await append(2);
    await expect(ground.run(statement)).rejects.toThrow();
    expect(await verified()).toMatchObject({ ok: true, head: { size: 2 } });
  });

  test('what a careful hand changes behind the guard is found', async () => {
    for (const at of [1, 2, 3]) await append(at);
    const guard = ground.data.startsWith('postgres')
      ? 'drop trigger ledger_no_change on ledger'
      : 'drop trigger ledger_no_update; drop trigger ledger_no_delete';
    await ground.run(guard);
    await ground.run("update ledger set actor = 'bo' where seq = 2");
    expect(await verified()).toEqual({ ok: false, seq: 2, why: 'changed' });
    await ground.run('delete from ledger where seq > 1');
    expect(await verified()).toEqual({ ok: false, seq: 2, why: 'cut' });
  });

  test('who asked about a user is known while the facts are kept, and the chain is whole after', async () => {
    const facts = (user: string, name: string): readonly LedgerFact[] => [
      { what: 'name', value: name },
      { what: 'user', value: user },
      { what: 'address', value: '203.0.113.7' },
    ];
    await append(10, facts('kim@contoso.com', 'Maya'));
    await append(20, facts('bo@contoso.com', 'Maya'));
    await append(30, facts('kim@contoso.com', 'Sam'));
    const about = async (most = 9) =>
      (await store.ledger.about('kim@contoso.com', most)).map(({ row, name }) => [row.seq, name]);
    expect(await about()).toEqual([
      [3, 'Sam'],
      [1, 'Maya'],
    ]);
    expect(await about(1)).toEqual([[3, 'Sam']]);
    await store.ledger.prune(30);
    expect(await about()).toEqual([[3, 'Sam']]);
    await store.ledger.prune(31);
    expect(await about()).toEqual([]);
    expect(await verified()).toMatchObject({ ok: true, head: { size: 3 } });
  });
});
