/**
 * Carries approvals out on a store that others use too, until it is killed. It has nothing but store, ledger, worker
 * and the edge to Graph and, where it is told so, what delivers cards.
 */
import { writeSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import type { Orders } from './orders.ts';

// Most of a start is compiling. Whoever is killed writes no cache at the end, so it is written when all is there.
enableCompileCache(process.env.KILLS_CACHE);
const { carryOut } = await import('./carry-out.ts');
const { READY } = await import('./orders.ts');
const { takeLimits } = await import('../support/limits.ts');

const orders: Orders = JSON.parse(process.argv[2] ?? '');
// Whoever shares a store has to keep the limits.
if (orders.isAlone) takeLimits();
await carryOut(orders);
writeSync(1, `${READY}\n`);
flushCompileCache();
