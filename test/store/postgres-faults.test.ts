import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Kysely, sql, type Transaction } from 'kysely';
import { openPostgres, type PostgresOptions } from '../../src/store/postgres.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { writesTogether } from '../../src/store/together.ts';
import { type Limits, takeLimits } from '../support/limits.ts';
import { until } from '../support/patience.ts';
import { createDatabase, onServer, SERVER, type TestDatabase } from './postgres-server.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

/** As long as in the running bot; it passes when the test says so. */
const CONNECT_MS = 3_000;

/** The server counts this; long enough for any that nobody holds up. */
const STATEMENT_MS = 500;

/** How often a transaction is tried that was undone through no fault of its own. */
const TRIES = 4;

(SERVER === undefined ? describe.skip : describe)('PostgreSQL in trouble', () => {
  let database: TestDatabase;
  let store: Store;
  let opened: Kysely<Tables>[];
  let limits: Limits;

  beforeEach(async () => {
    limits = takeLimits();
    database = await createDatabase();
    store = await openStore(database.url);
    opened = [];
  });

  afterEach(async () => {
    await Promise.all([store.close(), ...opened.map((db) => db.destroy())]);
    await database.remove();
    limits.release();
  });

  const open = (options: PostgresOptions = {}) => {
    const db = new Kysely<Tables>({ dialect: openPostgres(database.url, options) });
    opened.push(db);
    return { db, write: writesTogether(db) };
  };

  const insert = (key: string) => (on: Transaction<Tables>) =>
    on.insertInto('handled').values({ key, at: NOW }).execute();

  const keys = async (): Promise<readonly string[]> => {
    const { rows } = await onServer('select key from handled order by key', database.url);
    return rows.map(({ key }) => key);
  };

  /** Another session keeps what it did to itself until then, and takes it back. */
  const holdUntil = async (over: Promise<unknown>, work: (on: Transaction<Tables>) => Promise<unknown>) => {
    const { db } = open({ statementMs: 60_000 });
    const { promise: isHeld, resolve } = Promise.withResolvers<void>();
    const ended = db
      .transaction()
      .execute(async (on) => {
        await work(on);
        resolve();
        await over;
        throw new Error('taken back');
      })
      .catch(() => undefined);
    await isHeld;
    return { ended };
  };

  /** A pool whose only connection is held until then, and what waits for it. */
  const holdPool = async () => {
    const { db, write } = open({ connections: 1, connectMs: CONNECT_MS });
    const { promise: isOver, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
    const held = db.connection().execute(() => {
      hold();
      return isOver;
    });
    await isHeld;
    return {
      written: write(insert('m1')),
      letGo: () => {
        letGo();
        return held;
      },
    };
  };

  test('H125: a pool without a free connection is waited for', async () => {
    const { written, letGo } = await holdPool();
    await limits.pass(CONNECT_MS);
    await letGo();
    await written;
    expect(await keys()).toEqual(['m1']);
  });

  test('H125: a pool that stays without one is given up', async () => {
    const { written, letGo } = await holdPool();
    const givenUp = expect(written).rejects.toThrow(/timeout exceeded/);
    for (let tries = 0; tries < TRIES; tries += 1) await limits.pass(CONNECT_MS);
    await givenUp;
    await letGo();
    expect(await keys()).toEqual([]);
  });

  test('H125: a statement that takes too long is broken off, and the whole transaction tried again', async () => {
    const { write } = open({ statementMs: STATEMENT_MS });
    const { promise: over, resolve: letGo } = Promise.withResolvers<void>();
    const { ended } = await holdUntil(over, insert('m2'));
    let tries = 0;
    await write(async (on) => {
      tries += 1;
      if (tries === 2) letGo();
      await insert('m1')(on);
      await insert('m2')(on);
    });
    await ended;
    expect(tries).toBeGreaterThan(1);
    expect(await keys()).toEqual(['m1', 'm2']);
  });

  test('H125: one that takes too long every time is given up, and nothing of it is done', async () => {
    const { write } = open({ statementMs: STATEMENT_MS });
    const { promise: over, resolve: letGo } = Promise.withResolvers<void>();
    const { ended } = await holdUntil(over, insert('m2'));
    const both = write(async (on) => {
      await insert('m1')(on);
      await insert('m2')(on);
    });
    await expect(both).rejects.toMatchObject({ code: '57014' });
    await write(insert('m3'));
    letGo();
    await ended;
    expect(await keys()).toEqual(['m3']);
  });

  test.each([
    ['40001', 'a serialization failure'],
    ['40P01', 'a deadlock'],
  ])('H125: after %s, %s, the whole transaction is tried again, a few times', async (code) => {
    const { write } = open();
    // A sequence counts on when a transaction is undone.
    await onServer(
      `create sequence tries;
       create function refuse() returns trigger language plpgsql as $$ begin
         if nextval('tries') <= 3 or new.key = 'never' then
           raise exception 'not now' using errcode = '${code}';
         end if;
         return new; end $$;
       create trigger refuse before insert on handled for each row when (new.key like 'n%')
         execute function refuse();`,
      database.url,
    );
    await write(async (on) => {
      await insert('m1')(on);
      await insert('n1')(on);
    });
    expect(await keys()).toEqual(['m1', 'n1']);
    const never = write(async (on) => {
      await insert('m2')(on);
      await insert('never')(on);
    });
    await expect(never).rejects.toMatchObject({ code });
    expect(await keys()).toEqual(['m1', 'n1']);
  });

  test('H125: two replicas that wait for each other both get through', async () => {
    const [one, other] = [open(), open()];
    const add = (first: string, second: string) => async (on: Transaction<Tables>) => {
      const touch = (key: string) =>
        on.updateTable('handled').set({ at: sql`at + 1` }).where('key', '=', key).execute();
      await touch(first);
      await sleep(50);
      await touch(second);
    };
    await one.write(insert('a'));
    await one.write(insert('b'));
    await Promise.all([one.write(add('a', 'b')), other.write(add('b', 'a'))]);
    const { rows } = await onServer('select at from handled', database.url);
    expect(rows).toEqual([{ at: String(NOW + 2) }, { at: String(NOW + 2) }]);
  });

  test('times are numbers, to the millisecond', async () => {
    const { db, write } = open();
    await write(insert('m1'));
    expect(await db.selectFrom('handled').select('at').execute()).toEqual([{ at: NOW }]);
  });

  test('connections that the server ended are made anew', async () => {
    expect(await store.handled.claim('m1', NOW)).toBe(true);
    await onServer(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
      database.url,
    );
    // Until it is told of the end, a pool can still give them out.
    const isClaimed = () => store.handled.claim('m1', NOW).catch(() => undefined);
    await until(
      async () => (await isClaimed()) === false,
      () => 'There is no connection.',
    );
  });

  test('a connection that broke during a transaction is not taken for "nothing done"', async () => {
    const { write } = open();
    let tries = 0;
    const broken = write(async (on) => {
      tries += 1;
      await insert('m1')(on);
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(on);
    });
    await expect(broken).rejects.toThrow();
    expect(tries).toBe(1);
    await write(insert('m2'));
    expect(await keys()).toEqual(['m2']);
  });
});

test.each(['postgres://flagman:canary@127.0.0.1:1/flagman', 'postgresql://flagman:canary@[::1]:1/flagman'])(
  'a database that cannot be reached is said without its password: %s',
  async (url) => {
    const error: unknown = await openStore(url).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(`${String(error)} ${(error as Error).stack}`).not.toMatch(/canary/);
  },
);
