import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { KEY, ORIGIN } from '../ledger/chain.ts';
import { type Ground, onEach } from './ground.ts';
import { sweep, VOTERS, type Voter, voteOnAll } from './race-voter.ts';
import { approved, asking, LIFE, NOW, rejected, signIn } from './request.ts';

const APPROVALS = 100;

const DECISIONS: readonly string[] = ['approved', 'rejected', 'withdrawn', 'expired'];

const Body = z.object({ state: z.string(), version: z.number() });

onEach('a race for decisions', (prepare) => {
  let ground: Ground;
  let stores: Store[];

  beforeEach(async () => {
    ground = await prepare();
    // SQLite has one process.
    const replicas = ground.data.startsWith('postgres') ? 4 : 1;
    stores = await Promise.all(Array.from({ length: replicas }, () => openStore(ground.data)));
  });

  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await ground.remove();
  });

  const replica = (nth: number): Store => {
    const store = stores[nth % stores.length];
    if (!store) throw new Error('no store is open');
    return store;
  };

  const request = async (nth: number): Promise<number> => {
    const wish = { targets: [signIn(nth)] as const, alsoIn: 'channel' };
    const made = await replica(nth).approvals.create(asking(wish), APPROVALS);
    if (!('state' in made)) throw new Error(JSON.stringify(made));
    return made.number;
  };

  const requests = () => Promise.all(Array.from({ length: APPROVALS }, (_, nth) => request(nth)));

  /** Everybody's winnings are all approvals, each of them once; rows and ledger say the same. */
  const expectOneDecisionEach = async (
    numbers: readonly number[],
    won: readonly (readonly number[])[],
  ): Promise<void> => {
    expect(won.flat().toSorted()).toEqual(numbers.toSorted());
    for (const number of numbers) {
      const entries = await replica(0).ledger.ofApproval(number);
      const decisions = entries.filter(({ row }) => DECISIONS.includes(row.kind));
      const row = await replica(0).approvals.find(number);
      expect(decisions.map((one) => Body.parse(JSON.parse(one.row.body)))).toEqual([
        { state: row?.state, version: row?.version },
      ]);
    }
    const head = await replica(0).ledger.head();
    const rows = replica(0).ledger.rows();
    expect(head.size).toBe(2 * numbers.length);
    expect(await verifyLedger(rows, { origin: ORIGIN, keys: [KEY], head })).toMatchObject({ ok: true });
  };

  test('H056: of two approvers at the same moment on two replicas one counts, and the other sees who', async () => {
    const number = await request(1);
    const pending = await replica(0).approvals.find(number);
    if (!pending) throw new Error('nothing was asked for');
    const decisions = [approved(pending), rejected(pending)];
    const saved = await Promise.all(decisions.map((one, nth) => replica(nth).approvals.save(one)));
    expect(saved.toSorted()).toEqual([false, true]);
    const { state, decided } = (await replica(1).approvals.find(number)) ?? {};
    expect(state).toBe(saved[0] ? 'approved' : 'rejected');
    expect(decided?.by.name).toBe('Bo');
  });

  test('H056: a hundred approvals, decided by everybody and by time at once, are each decided once', async () => {
    const numbers = await requests();
    const voters = VOTERS.map((voter, nth) => voteOnAll(replica(nth), voter, numbers));
    const sweepers = stores.map((store) => sweep(store, NOW + LIFE));
    const won = await Promise.all([...voters, ...sweepers]);
    await expectOneDecisionEach(numbers, won);
    // Otherwise nobody was in a race.
    if (stores.length > 1) expect(won.filter((one) => one.length > 0).length).toBeGreaterThan(2);
  }, 300_000);

  /** A process of its own that decides when told. */
  const voterElsewhere = async (voter: Voter): Promise<(numbers: readonly number[]) => Promise<number[]>> => {
    const load = (path: string) => `await import(${JSON.stringify(resolve(path))})`;
    const body = `
      const { openStore } = ${load('src/store/store.ts')};
      const { voteOnAll } = ${load('test/store/race-voter.ts')};
      const store = await openStore(${JSON.stringify(ground.data)});
      process.stdin.once('data', async (numbers) => {
        const won = await voteOnAll(store, ${JSON.stringify(voter)}, JSON.parse(numbers));
        await store.close();
        process.stdout.write(JSON.stringify(won), () => process.exit());
      });
      process.stdout.write(' ');`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', body]);
    await once(child.stdout, 'data');
    return async (numbers) => {
      const said = text(child.stdout);
      child.stdin.write(JSON.stringify(numbers));
      return z.array(z.number()).parse(JSON.parse(await said));
    };
  };

  test('H056: processes that know nothing of each other decide each approval once', async () => {
    const numbers = await requests();
    const [cy, dee] = await Promise.all([voterElsewhere('cy'), voterElsewhere('dee')]);
    const won = await Promise.all([
      cy(numbers),
      dee(numbers),
      voteOnAll(replica(0), 'ana', numbers),
      sweep(replica(1), NOW + LIFE),
    ]);
    await expectOneDecisionEach(numbers, won);
  }, 300_000);
});
