import { setTimeout as sleep } from 'node:timers/promises';
import { invokeActivity, messageActivity } from '../../src/demo/chat/activity.ts';
import { type PretendGraph, startGraph } from '../../src/demo/graph/server.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { createTenant } from '../../src/demo/tenant/tenant.ts';
import { createDatabase, SERVER } from '../store/postgres-server.ts';
import { inParallel } from './load.ts';
import type { BotProcess } from './process.ts';
import type { Stage } from './stage.ts';

/** Approvals that are open at a time; one person may have twenty. */
const WIDTH = 16;

/** The first number that a fresh store gives. */
const FIRST = 1001;

const RISK = { riskState: 'atRisk', riskDetail: 'none', riskLevelAggregated: 'high' };

const DONE = 'Confirm compromised · Done';

let serial = 0;

const nextId = (): string => {
  serial += 1;
  return `approvals-${serial}`;
};

const until = async (isSo: () => boolean): Promise<void> => {
  const patience = AbortSignal.timeout(60_000);
  while (!isSo()) {
    if (patience.aborted) throw new Error('The approvals were not carried out in time.');
    await sleep(2);
  }
};

const ask = (stage: Stage, bot: BotProcess, signInId: string): Promise<void> => {
  const text = `confirm compromised ${signInId} reason: measuring`;
  return stage.send(
    bot,
    messageActivity(stage.scene(PEOPLE.analyst), { id: nextId(), text, mention: false }),
  );
};

const approve = (stage: Stage, bot: BotProcess, approval: number): Promise<void> => {
  const action = { type: 'Action.Execute', verb: 'approve', data: { approval, version: 1 } };
  const press = { id: nextId(), cardId: 'card', action, trigger: 'manual' } as const;
  return stage.send(bot, invokeActivity(stage.scene(PEOPLE.approver), press));
};

/**
 * Approvals a second, from the request in chat to the card that says done: two turns with roles read anew, the checks
 * before sending, one POST, and the edits of the card. Graph's own limits are out of the way.
 */
const approvalsPerSecond = async (
  stage: Stage,
  graph: PretendGraph,
  count: number,
  data: string | undefined,
): Promise<number> => {
  // Only what a user did has a risk that can be changed.
  const rows = graph.tenant.signIns.filter(({ isInteractive, userId }) => isInteractive && userId);
  const ids = [...new Set(rows.map(({ id }) => id))].slice(0, count);
  for (const id of ids) graph.decide(id, RISK);
  const bot = await stage.start('flagman', {
    LOCAL_GRAPH_URL: graph.url,
    GRAPH_BUDGET_SPEED: '1000',
    ...(data !== undefined && { DATA: data }),
  });
  const before = stage.saying(DONE);
  const start = performance.now();
  try {
    for (let first = 0; first < count; first += WIDTH) {
      const batch = ids.slice(first, first + WIDTH);
      await inParallel(batch.length, WIDTH, (index) => ask(stage, bot, batch[index] ?? ''));
      await inParallel(batch.length, WIDTH, (index) => approve(stage, bot, FIRST + first + index));
      await until(() => stage.saying(DONE) - before >= first + batch.length);
    }
    return (count / (performance.now() - start)) * 1000;
  } finally {
    await bot.stop();
  }
};

/** Approvals per second on each store; PostgreSQL where `TEST_POSTGRES_URL` names a server. */
export const benchApprovals = async (stage: Stage, short: boolean) => {
  const count = short ? 64 : 320;
  const graph = await startGraph({
    tenant: createTenant({ seed: 7, now: Date.now() }),
    clock: Date.now,
    limits: { reportsPer10s: 1_000_000, identityProtectionPerSecond: 1_000_000, speed: 1 },
  });
  try {
    const sqlite = await approvalsPerSecond(stage, graph, count, undefined);
    if (SERVER === undefined) return { sqlite, postgres: 'not measured: TEST_POSTGRES_URL names no server' };
    const database = await createDatabase();
    try {
      return { sqlite, postgres: await approvalsPerSecond(stage, graph, count, database.url) };
    } finally {
      await database.remove();
    }
  } finally {
    await graph.close();
  }
};
