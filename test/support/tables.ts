import Database from 'better-sqlite3';
import pg from 'pg';
import { isPostgresUrl } from '../../src/lib/postgres-url.ts';

/** The tables of a running bot, as somebody sees them who looks past it. */
export interface Tables {
  /** Whether nothing is due or in hand by then. */
  areAtRest(now: number): Promise<boolean>;
  /** The n of the newest CR-n. */
  newest(): Promise<unknown>;
  close(): Promise<void>;
}

// A worker's lease is in the document, and whoever holds one is not at rest.
const RESTLESS = `
  select (select count(*) from approvals where due_at <= NOW or (state = 'running' and document like '%"lease":{%'))
       + (select count(*) from posts where shown < wanted and due_at <= NOW)
       + (select count(*) from share_posts where due_at <= NOW
            or (due_at is null and activity_id is null and word_due_at <= NOW)) as restless`;

type Ask = (statement: string) => Promise<unknown>;

const tablesWith = (ask: Ask, close: () => Promise<void>): Tables => ({
  areAtRest: async (now) => Number(await ask(RESTLESS.replaceAll('NOW', String(now)))) === 0,
  newest: () => ask('select max(number) from approvals'),
  close,
});

/** Opens the tables beside the bot, to read them only. */
export const openTables = async (data: string): Promise<Tables> => {
  if (!isPostgresUrl(data)) {
    const database = new Database(data, { readonly: true });
    return tablesWith(
      async (statement) => database.prepare(statement).pluck().get(),
      async () => void database.close(),
    );
  }
  const client = new pg.Client({ connectionString: data });
  await client.connect();
  return tablesWith(
    async (statement) => (await client.query({ text: statement, rowMode: 'array' })).rows[0]?.[0],
    () => client.end(),
  );
};
