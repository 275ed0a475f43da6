import { SERVER } from '../store/postgres-server.ts';
import type { StoreName } from './run.ts';

/** How many processes are killed: a sample, or every case on both stores and the rest at random moments. */
export const KILLS = Number(process.env.KILLS ?? 20);

/** Whether there is time for all of it. */
export const isLong = KILLS >= 100;

/** PostgreSQL is skipped where no server is named. */
export const STORES: readonly StoreName[] = SERVER === undefined ? ['SQLite'] : ['SQLite', 'PostgreSQL'];
