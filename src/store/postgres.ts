import { PostgresDialect } from 'kysely';
import pg from 'pg';

/** Milliseconds. A turn of Teams lasts 15 s, so that several tries fit into one. */
const CONNECT_MS = 3000;
const STATEMENT_MS = 3000;
const IDLE_MS = 30_000;

/** A server that has stopped answering is noticed so much later than one that answers "too long". */
const SILENCE_MS = 2000;

const CONNECTIONS = 10;

export interface PostgresOptions {
  /** How many connections at most; a caller waits for one. */
  readonly connections?: number;
  /** After how many milliseconds a statement is broken off. */
  readonly statementMs?: number;
  /** How many milliseconds a caller waits for a connection. */
  readonly connectMs?: number;
}

// Times are the only 64-bit integers here, and milliseconds stay exact in a number for 285,000 years.
const typesOf: typeof pg.types.getTypeParser = (id: number, format?: 'text' | 'binary') =>
  id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format as 'text');

/** Connects to a PostgreSQL database when it is first asked; nothing is thrown here. */
export const openPostgres = (url: string, options: PostgresOptions = {}): PostgresDialect => {
  const { connections = CONNECTIONS, statementMs = STATEMENT_MS, connectMs = CONNECT_MS } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'flagman',
    max: connections,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: IDLE_MS,
    idle_in_transaction_session_timeout: statementMs + SILENCE_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + SILENCE_MS,
    keepAlive: true,
    types: { getTypeParser: typesOf },
  });
  // A connection that breaks fails the statement under way; without listeners it would end the process besides.
  pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined));
  return new PostgresDialect({ pool });
};
