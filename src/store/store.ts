import { type Dialect, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { isPostgresUrl } from '../lib/postgres-url.ts';
import { type Approvals, approvalsIn } from './approvals.ts';
import { checkOfPostgres, checkOfSqlite } from './check.ts';
import { type Handled, handledIn } from './handled.ts';
import { type Incidents, incidentsIn } from './incidents.ts';
import { type Ledger, ledgerIn } from './ledger.ts';
import { MIGRATIONS } from './migrations.ts';
import { type Offers, offersIn } from './offers.ts';
import { type Places, placesIn } from './places.ts';
import { type Posts, postsIn } from './posts.ts';
import { type Preferences, preferencesIn } from './preferences.ts';
import { type Results, resultsIn } from './results.ts';
import { type SharePosts, sharePostsIn } from './share-posts.ts';
import { sharedClockOf } from './shared-clock.ts';
import { type SharedWindow, sharedWindowOf } from './shared-window.ts';
import { type Shares, sharesIn } from './shares.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { writesTogether } from './together.ts';

/** Everything that must survive a restart. Times are epoch milliseconds and come in from the caller. */
export interface Store {
  readonly handled: Handled;
  readonly results: Results;
  readonly offers: Offers;
  readonly places: Places;
  readonly preferences: Preferences;
  /** Its `prune` forgets closed approvals and what was shared too: they hold the same names and reasons. */
  readonly ledger: Ledger;
  readonly approvals: Approvals;
  readonly posts: Posts;
  readonly shares: Shares;
  readonly sharePosts: SharePosts;
  readonly incidents: Incidents;
  /** Where replicas share a window of requests; absent in SQLite, which has one process. */
  readonly sharedWindow?: (bucket: string, requests: number) => SharedWindow;
  /** Epoch milliseconds of the database's clock, for replicas whose own ones differ; absent in SQLite. */
  readonly sharedClock?: () => Promise<number>;
  /**
   * Throws when the store cannot be read or written, or its file is gone or another; not when somebody else is writing.
   * Costs next to nothing, and leaves nothing behind.
   */
  check(): Promise<void>;
  /** Forgets what is older than its keep time. */
  prune(now: number): Promise<void>;
  close(): Promise<void>;
}

/** How long a handled activity is remembered: Teams gives up re-sending long before. */
const HANDLED_KEPT_MS = 24 * 3_600_000;

/** How many people and conversations one process knows without asking its database. */
const KNOWN_AT_ONCE = 10_000;

/** The first replica of a new version brings the schema up to date while the others wait for it. */
const MIGRATION_MS = 10 * 60_000;

// A change that it does not know, of a newer version, is an error too.
const migrate = async (db: Kysely<Tables>): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error(`The store cannot be brought up to date: ${String(error)}`, { cause: error });
};

/** A database with this version's schema. Throws when it is unusable or was written by a newer version. */
const openDatabase = async (data: string): Promise<Kysely<Tables>> => {
  // In SQLite a transaction is what a second process waits for; in PostgreSQL Kysely holds a lock of its own.
  if (!isPostgresUrl(data)) return upToDate(openSqlite(data), (db) => db.transaction().execute(migrate));
  // Its library is loaded only where it is needed.
  const { openPostgres } = await import('./postgres.ts');
  const patient = await upToDate(openPostgres(data, { connections: 1, statementMs: MIGRATION_MS }), migrate);
  await patient.destroy();
  return new Kysely<Tables>({ dialect: openPostgres(data) });
};

const upToDate = async (
  dialect: Dialect,
  bringUp: (db: Kysely<Tables>) => Promise<void>,
): Promise<Kysely<Tables>> => {
  const db = new Kysely<Tables>({ dialect });
  try {
    await bringUp(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
};

/**
 * Opens the store named by `DATA`, a SQLite file or a PostgreSQL database, and brings its schema up to date.
 * Throws when it is unusable or was written by a newer version.
 */
export const openStore = async (data: string): Promise<Store> => {
  const db = await openDatabase(data);
  const { check, close } = isPostgresUrl(data) ? checkOfPostgres(db) : checkOfSqlite(data);
  const write = writesTogether(db);
  const writeAlone = writesTogether(db, 1);
  // In PostgreSQL another replica may change at any moment what this one knows.
  const room = isPostgresUrl(data) ? 0 : KNOWN_AT_ONCE;
  const handled = handledIn(db, write);
  const offers = offersIn(write);
  const results = resultsIn(db, write, room);
  const ledger = ledgerIn(db, write);
  const approvals = approvalsIn(db, writeAlone);
  const shares = sharesIn(db, writeAlone);
  return {
    handled,
    results,
    offers,
    places: placesIn(db, write, room),
    preferences: preferencesIn(db, write, room),
    ledger: {
      ...ledger,
      async prune(before) {
        await ledger.prune(before);
        await approvals.prune(before);
        await shares.prune(before);
      },
    },
    approvals,
    posts: postsIn(db, writeAlone),
    shares,
    sharePosts: sharePostsIn(db, write),
    incidents: incidentsIn(db, writeAlone),
    ...(isPostgresUrl(data) && {
      sharedWindow: (bucket, requests) => sharedWindowOf(db, bucket, requests),
      sharedClock: () => sharedClockOf(db),
    }),
    check,
    prune: (now) =>
      write(async (transaction) => {
        await handled.prune(transaction, now - HANDLED_KEPT_MS);
        await results.prune(transaction, now);
        await offers.prune(transaction, now - HANDLED_KEPT_MS);
      }),
    async close() {
      close();
      await db.destroy();
    },
  };
};
