import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionName } from '../../src/actions/action.ts';
import { approve, request } from '../../src/actions/approval/decide.ts';
import { type Approval, isOpen } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import { type PretendGraph, startGraph } from '../../src/demo/graph/server.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { compare, fold } from '../../src/ledger/fold.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { createLog } from '../../src/lib/log.ts';
import { takeLimits } from '../support/limits.ts';
import { type Child, startChild } from './child-process.ts';
import { startClock } from './clock.ts';
import { type Finding, findingsAbout } from './findings.ts';
import {
  type Ground,
  LEDGER_KEY,
  MINUTE,
  ORIGIN,
  openGround,
  SETTINGS,
  SPEED,
  type Where,
} from './ground.ts';
import type { Death, Orders } from './orders.ts';
import { riskyTenant } from './targets.ts';

/** More than any approval takes here, by the clock of the lane; then it counts as lost. */
const PATIENCE_MS = 40_000;

const LOOK_MS = 20;

/** How long the log takes to show a change: two thirds of what is waited for before it counts as not done. */
const LAG_MS = 200;

export interface LaneOptions {
  /** What `DATA` would say; a SQLite file of its own if absent. */
  readonly data?: string;
  readonly order?: Orders['order'];
  readonly chatUrl?: string;
  /** How much faster than life time passes; `SPEED` if absent. */
  readonly speed?: number;
  /** Whether one process at a time carries out; so it is if absent. */
  readonly isAlone?: boolean;
  /** How many sign-ins there are to be changed. */
  readonly targets: number;
}

/** One store with its pretend Graph, which outlives every process that is killed. */
export interface Lane {
  readonly graph: PretendGraph;
  readonly ground: Ground;
  /** Asks for a change of the next so many sign-ins. */
  ask(count?: number, lifeMs?: number): Promise<Approval>;
  /** Approves it. */
  allow(asked: Approval): Promise<Approval>;
  /** Both. */
  askApproved(count?: number, action?: ActionName): Promise<Approval>;
  begin(death?: Death): Child;
  /** Waits until the tenant shows what was done to it. */
  shown(): Promise<void>;
  /** Waits until nothing more happens to an approval; undefined when that takes too long. */
  rest(number: number): Promise<Approval | undefined>;
  /** What is wrong with an approval that is at rest. */
  findings(number: number): Promise<readonly Finding[]>;
  /** What is wrong with ledger and tables as a whole. */
  wholeFindings(): Promise<readonly Finding[]>;
  close(): Promise<void>;
}

/** Whether nothing more happens by itself. What nobody can tell for half an hour is told to people, and waits for them. */
export const isEnded = (approval: Approval): boolean => !isOpen(approval) || approval.state === 'unknown';

const { analyst, approver } = PEOPLE;

const ballotOf = ({ version }: Approval, at: number) => ({
  by: { id: approver.oid, name: approver.name },
  at,
  version,
  activityId: 'f:1',
});

/** Asking and deciding, as the doors of the bot do it. */
const deciding = (
  { records, now }: Ground,
  take: (count: number) => Parameters<typeof request>[0]['signIns'],
) => {
  const ask = async (
    count = 1,
    lifeMs = SETTINGS.approvalMs,
    action: ActionName = 'confirm-sign-in-compromised',
  ): Promise<Approval> => {
    const at = await now();
    const signIns = take(count);
    const created = await records.create((number) =>
      request({
        number,
        action: ACTIONS[action],
        signIns,
        reason: 'The user denies the travel, INC-204.',
        requester: { id: analyst.oid, name: analyst.name },
        conversationId: 'chat',
        now: at,
        lifeMs,
        reminderMs: lifeMs < SETTINGS.approvalMs ? MINUTE : 0,
      }),
    );
    if ('number' in created) return created;
    throw new Error('It could not be asked for.');
  };
  const allow = async (asked: Approval): Promise<Approval> => {
    const voted = approve(asked, ballotOf(asked, await now()), {
      performMs: SETTINGS.performMs,
      mayBeOwn: false,
    });
    if (!voted.ok) throw new Error(voted.error);
    if (await records.save(voted.value)) return voted.value.approval;
    // The worker has just looked at it.
    const current = await records.find(asked.number);
    if (!current) throw new Error('It is gone.');
    return allow(current);
  };
  return { ask, allow };
};

/** Opens one. */
export const openLane = async (options: LaneOptions): Promise<Lane> => {
  const { order = 'record-first', chatUrl, speed = SPEED, isAlone = true } = options;
  const limits = takeLimits();
  const folder = mkdtempSync(join(tmpdir(), 'flagman-kills-'));
  const { data = join(folder, 'flagman.db') } = options;
  const clockFile = join(folder, 'clock');
  const clock = startClock(clockFile);
  const where: Where = { data, folder, clockFile, since: clock.now(), speed };
  const { tenant, targets } = riskyTenant(options.targets);
  const unlimited = { reportsPer10s: 1e9, identityProtectionPerSecond: 1e9, speed: 1 };
  const graph = await startGraph({ tenant, clock: clock.now, limits: unlimited, lag: LAG_MS });
  // Two processes that sign the same checkpoint file at the same moment get in each other's way.
  const ground = await openGround({ ...where, folder: join(folder, 'own') }, createLog({ level: 'silent' }));
  const { store, records } = ground;
  const left = [...targets];
  const { ask, allow } = deciding(ground, (count) => {
    const [first, ...others] = left.splice(0, count);
    if (first === undefined || others.length + 1 < count) throw new Error('There are no more sign-ins.');
    return [first, ...others];
  });
  const children: Child[] = [];

  return {
    graph,
    ground,
    ask,
    allow,
    askApproved: async (count, action) => allow(await ask(count, undefined, action)),
    begin(death) {
      const child = startChild({
        ...where,
        graphUrl: graph.url,
        order,
        isAlone,
        ...(chatUrl !== undefined && { chatUrl }),
        ...(death && { death }),
      });
      clock.standStill(child.ready);
      children.push(child);
      return child;
    },
    async shown() {
      for (const end = clock.now() + LAG_MS; clock.now() <= end; ) await sleep(LOOK_MS);
    },
    async rest(number) {
      for (const end = clock.now() + PATIENCE_MS; clock.now() < end; await sleep(LOOK_MS)) {
        const approval = await records.find(number);
        // Whoever calls first never looks for a proof.
        const isProven = order === 'call-first' || approval?.dueAt === undefined;
        if (approval && isEnded(approval) && isProven) return approval;
      }
      return undefined;
    },
    async findings(number) {
      const [approval, history] = await Promise.all([records.find(number), records.history(number)]);
      return approval ? findingsAbout(approval, history, graph) : [];
    },
    async wholeFindings() {
      const verified = await verifyLedger(store.ledger.rows(), { origin: ORIGIN, keys: [LEDGER_KEY] });
      const folded = await fold(store.ledger.rows());
      const kept = await Promise.all([...folded.approvals.keys()].map(records.find));
      const differences = compare(
        folded,
        kept.flatMap((approval) => approval ?? []),
      );
      const wrong = [...(verified.ok ? [] : [{ number: 0, what: verified }]), ...differences];
      const errors = children.flatMap((child) => child.errors() || []);
      return [
        ...wrong.map(({ number, what }) => ({
          approval: number,
          what: 'ledger' as const,
          detail: JSON.stringify(what),
        })),
        ...errors.map((detail) => ({ approval: 0, what: 'logged' as const, detail })),
      ];
    },
    async close() {
      for (const child of children) child.signal('SIGKILL');
      await Promise.all(children.map(({ ended }) => ended));
      clock.stop();
      await graph.close();
      await store.close();
      rmSync(folder, { recursive: true });
      limits.release();
    },
  };
};
