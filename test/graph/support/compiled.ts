import type { Condition } from '../../../src/entra/condition.ts';
import type { Window } from '../../../src/entra/query.ts';
import { compile } from '../../../src/graph/compile.ts';
import { NOW, question } from './world.ts';

/** What a tenant has by default. */
export const OPTIONS = {
  now: NOW,
  retentionDays: 30,
  defaultHours: 24,
  settling: 15 * 60_000,
  graphUrl: 'https://graph.microsoft.com',
};

/** The first request that a question becomes. */
export const compiled = (where: readonly Condition[], window: Window = {}, now = NOW) =>
  compile(question(where, window), { ...OPTIONS, now })[0];

export const from = (at: string, inclusive = true) => ({ from: { at, inclusive } });
export const to = (at: string, inclusive = true) => ({ to: { at, inclusive } });
