import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { takeLimits } from '../support/limits.ts';

/** A server on which the tests may make databases of their own; without one they are skipped. */
export const SERVER = process.env.TEST_POSTGRES_URL;

/** Runs one statement on the server itself. */
export const onServer = async (statement: string, url = SERVER): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
};

export interface TestDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** Longer than any statement takes that is not held up on purpose, in milliseconds. */
const PATIENCE_MS = '120000';

/** The same database for clients that give up on nothing: what an address says of time-outs goes before what they say. */
const patient = (address: string): string => {
  const url = new URL(address);
  for (const limit of ['statement_timeout', 'query_timeout', 'idle_in_transaction_session_timeout'])
    url.searchParams.set(limit, PATIENCE_MS);
  return url.href;
};

/** Makes an empty database of a name that nobody else has. */
export const createDatabase = async (): Promise<TestDatabase> => {
  const name = `flagman_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  const url = new URL(SERVER ?? '');
  url.pathname = `/${name}`;
  return {
    url: url.href,
    remove: async () => {
      await onServer(`drop database ${name} with (force)`);
    },
  };
};

/** The same, and while it is there nobody gives up on it, however slow the machine is. */
export const createPatientDatabase = async (): Promise<TestDatabase> => {
  const limits = takeLimits();
  const { url, remove } = await createDatabase();
  return {
    url: patient(url),
    async remove() {
      await remove();
      limits.release();
    },
  };
};
