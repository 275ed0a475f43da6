import type { Limit } from './budget.ts';

/** The parts of Graph that are throttled apart from each other. */
export type Bucket = 'reports' | 'identityProtection' | 'directory';

/** How Graph is read. Durations are milliseconds unless the name says otherwise. */
export interface GraphSettings {
  /** How many days Graph keeps sign-ins: 30 with Entra ID P1 or P2, 7 without. */
  readonly retentionDays: number;
  /** The window in hours of a question that names none. */
  readonly defaultHours: number;
  /** How late sign-ins may reach the log. */
  readonly settling: number;
  /** Equal questions within this time share one reading. */
  readonly freshness: number;
  /** How long a person's roles are remembered for what only shows; 0: never. */
  readonly rememberRoles: number;
  /** How many pages one reading follows. */
  readonly maxPages: number;
  /** How long one request may take, its answer included. */
  readonly requestTimeout: number;
  /** How long one reading may take, waiting for the budget included. */
  readonly readingTimeout: number;
  /** How often a request is repeated after an answer that says "later". */
  readonly retries: number;
  /** A longer Retry-After than this is not waited for. */
  readonly longestWait: number;
  /** The largest answer that is taken in, in bytes. */
  readonly maxBytes: number;
  /** Limits that Graph keeps. */
  readonly limits: Readonly<Record<Bucket, Limit>>;
  /** How many times faster than life the limits turn, for tests and benchmarks. */
  readonly speed: number;
}

/**
 * What holds where nothing is configured. Limits: Microsoft's page on throttling; the directory's are given in units,
 * of which this is a careful share.
 */
export const GRAPH_SETTINGS: GraphSettings = {
  retentionDays: 30,
  defaultHours: 24,
  settling: 15 * 60_000,
  freshness: 10_000,
  rememberRoles: 60_000,
  maxPages: 10,
  requestTimeout: 60_000,
  readingTimeout: 120_000,
  retries: 3,
  longestWait: 120_000,
  maxBytes: 64 * 1024 * 1024,
  limits: {
    reports: { requests: 5, milliseconds: 10_000 },
    identityProtection: { requests: 1, milliseconds: 1_000 },
    directory: { requests: 100, milliseconds: 1_000 },
  },
  speed: 1,
};
