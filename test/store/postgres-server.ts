import { randomUUID } from 'node:crypto';
import pg from 'pg';

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
