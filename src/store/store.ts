import { type Dialect, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type Handled, handledIn } from './handled.ts';
import { MIGRATIONS } from './migrations.ts';
import { type Places, placesIn } from './places.ts';
import { type Preferences, preferencesIn } from './preferences.ts';
import { type Results, resultsIn } from './results.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { writesTogether } from './together.ts';

/** Everything that must survive a restart. Times are epoch milliseconds and come in from the caller. */
export interface Store {
  readonly handled: Handled;
  readonly results: Results;
  readonly places: Places;
  readonly preferences: Preferences;
  /** Forgets what is older than its keep time. */
  prune(now: number): Promise<void>;
  close(): Promise<void>;
}

/** How long a handled activity is remembered: Teams gives up re-sending long before. */
const HANDLED_KEPT_MS = 24 * 3_600_000;

const migrate = async (db: Kysely<Tables>): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error(`The store cannot be brought up to date: ${String(error)}`, { cause: error });
};

/**
 * Opens the store named by `DATA` and brings its schema up to date.
 * Throws when the file is unusable or was written by a newer version.
 */
export const openStore = async (data: string): Promise<Store> => storeOn(openSqlite(data));

const storeOn = async (dialect: Dialect): Promise<Store> => {
  const db = new Kysely<Tables>({ dialect });
  await migrate(db);
  const write = writesTogether(db);
  const handled = handledIn(db, write);
  const results = resultsIn(db, write);
  return {
    handled,
    results,
    places: placesIn(db),
    preferences: preferencesIn(db),
    async prune(now) {
      await handled.prune(now - HANDLED_KEPT_MS);
      await results.prune(now);
    },
    close: () => db.destroy(),
  };
};
