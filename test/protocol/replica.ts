import { backgroundWith } from '../../src/bot/background.ts';
import type { ChangeSettings, ChangingGraph } from '../../src/bot/change-ports.ts';
import type { Middle } from '../../src/bot/middle.ts';
import type { Ports } from '../../src/bot/ports.ts';
import { createWorker, type Worker } from '../../src/bot/worker.ts';
import type { Effect, Performed } from '../../src/entra/effects.ts';
import { riskOf } from '../../src/entra/risk.ts';
import { fail, ok } from '../../src/lib/result.ts';
import { recordsOf } from '../../src/records.ts';
import { NO_SPEECH, USUAL_ANSWERS } from '../support/files.ts';
import { NO_REDACTIONS, NO_SHARING } from '../support/sharing.ts';
import { Killed } from './gates.ts';
import type { Doer, WorkerMoment, WorkerPorts } from './journal.ts';
import { DECIDER, READER } from './tenant.ts';
import { LEASE_MS, LOG, SETTLE_MS, type World } from './world.ts';

const MINUTE = 60_000;

/** The time-outs of the edge. */
const FRESH_MS = 2_500;
const INSPECT_MS = 10_000;
const POST_MS = 10_000;

export const CONVERSATION = '19:incidents@thread.tacv2';

export const settingsOf = ({ circumstances: { mode } }: World): ChangeSettings => ({
  requesterRoles: [READER],
  approverRoles: {
    'confirm-sign-in-compromised': [DECIDER],
    'confirm-sign-in-safe': [DECIDER],
    'dismiss-sign-in-risk': [DECIDER],
  },
  guests: 'refuse',
  onePersonBy: 'account',
  portalUrl: 'https://entra.microsoft.com',
  mode,
  approvalMs: 10 * MINUTE,
  reminderMs: 2 * MINUTE,
  performMs: 5 * MINUTE,
  settleMs: SETTLE_MS,
});

const LATE = { kind: 'timeout' } as const;

/** Graph as a process reaches it; what may hold a change back at the last moment is asked when its turn has come. */
interface PretendGraph extends ChangingGraph {
  perform(effect: Effect, clientRequestId: string, gate?: () => Promise<boolean>): Promise<Performed>;
}

/** What one process can do to the world. A mutant does it otherwise. */
export type Powers = Omit<WorkerPorts, 'log' | 'graph'> & {
  readonly approvals: Ports['approvals'];
  readonly graph: PretendGraph;
};

const graphOf = (world: World, doer: Doer): PretendGraph => {
  const { gates, tenant, journal } = world;
  const { life } = doer;
  const happened = () => ({ ...doer, now: world.nowOf(life) });
  /** Chance lets it begin after a while; gives whether that is within the time-out. */
  const isInTime = async (patience: number): Promise<boolean> => {
    const since = world.time;
    await gates.pass(life);
    return world.time - since < patience;
  };
  return {
    async freshRolesOf(person) {
      const roles = (await isInTime(FRESH_MS)) ? tenant.rolesOf(person) : undefined;
      journal.push({ ...happened(), what: 'roles', person, roles });
      return roles ? ok(roles) : fail(LATE);
    },
    async accountOf(person) {
      const account = (await isInTime(FRESH_MS)) ? tenant.accountOf(person) : undefined;
      journal.push({ ...happened(), what: 'account', person, enabled: account?.enabled });
      return account ? ok(account) : fail(LATE);
    },
    async inspect({ signInId }) {
      const signIn = (await isInTime(INSPECT_MS)) ? tenant.read(signInId, world.time) : undefined;
      journal.push({ ...happened(), what: 'inspected', target: signInId, risk: signIn && riskOf(signIn) });
      return signIn ? ok({ inspected: 'sign-in', signIn }) : fail(LATE);
    },
    async perform(effect, clientRequestId, gate = async () => true) {
      // Nothing was sent by then: the edge gives up while it waits for the budget, or is told not to.
      if (!(await isInTime(POST_MS)) || !(await gate())) return { outcome: 'not-done', problem: LATE };
      const { size: recorded } = await gates.during(life, () => world.store.ledger.head());
      const { performed, isDone, afterMs } = tenant.take(effect, world.time);
      const { outcome } = performed;
      const posted = { what: 'posted', effect, clientRequestId, recorded, isDone, outcome } as const;
      journal.push({ ...happened(), ...posted });
      world.time += afterMs;
      const isHeard = await isInTime(POST_MS);
      return isHeard ? performed : { outcome: 'ambiguous', problem: LATE };
    },
  };
};

const approvalsOf = (world: World, doer: Doer): Ports['approvals'] => {
  const { gates, journal } = world;
  const { life } = doer;
  const records = recordsOf(world.store, world.ledgerOf(life));
  /** The store is asked after a while, and answers after another. */
  const held = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    await gates.pass(life);
    const value = await gates.during(life, work);
    await gates.pass(life);
    return value;
  };
  const now = () => world.nowOf(life);
  return {
    create: (make) =>
      held(async () => {
        let entries: ReturnType<typeof make>['entries'] = [];
        const created = await records.create((number) => {
          const moved = make(number);
          entries = moved.entries;
          return moved;
        });
        if ('number' in created)
          journal.push({ ...doer, now: now(), what: 'committed', approval: created, entries });
        return created;
      }),
    save: (moved) =>
      held(async () => {
        const isSaved = await records.save(moved);
        const { approval, entries } = moved;
        if (isSaved) journal.push({ ...doer, now: now(), what: 'committed', approval, entries });
        return isSaved;
      }),
    find: (number) => held(() => records.find(number)),
    open: () => held(records.open),
    due: (at, most) => held(() => records.due(at, most)),
    evidence: (number) => held(() => records.evidence(number)),
    history: (number) => held(() => records.history(number)),
  };
};

/** What a process does goes through gates, and is written down. */
export const powersOf = (world: World, doer: Doer): Powers => {
  const { life } = doer;
  return {
    graph: graphOf(world, doer),
    approvals: approvalsOf(world, doer),
    now: () => world.gates.during(life, async () => world.nowOf(life)),
    newId: () => world.newId('request'),
    observe(moment: WorkerMoment) {
      if (world.deaths.get(life.replica) !== moment || !life.isAlive) return;
      world.deaths.delete(life.replica);
      life.isAlive = false;
      throw new Killed();
    },
  };
};

export type Mutation = (powers: Powers, world: World) => Powers;

/** The worker of a process. */
export const workerOf = (world: World, doer: Doer, mutate: Mutation): Worker => {
  const ports = { ...mutate(powersOf(world, doer), world), log: LOG };
  return createWorker(ports, { ...settingsOf(world), owner: doer.life.owner, leaseMs: LEASE_MS });
};

const never = (): never => {
  throw new Error('No part of a change.');
};

/** The middle of a process, as far as changes go, while it answers one press. */
export const middleOf = (world: World, doer: Doer): Middle => {
  const powers = powersOf(world, doer);
  const { life } = doer;
  const ledger = world.ledgerOf(life);
  const clock = () => world.nowOf(life);
  const ports: Ports = {
    ...powers,
    ...NO_SHARING,
    ...NO_SPEECH,
    graph: { ...powers.graph, readSignIns: never, rolesOf: powers.graph.freshRolesOf, findUsers: never },
    store: {
      ...world.store,
      // Everybody reads the clock as it is.
      preferences: { zoneOf: async () => undefined, setZone: never },
    },
    ledger: { ...ledger, append: (event) => world.gates.during(life, () => ledger.append(event)) },
    posts: { ...world.store.posts, isIn: async (_number, conversationId) => conversationId === CONVERSATION },
    log: LOG,
    chatIn: never,
    clock,
  };
  return {
    ports,
    settings: {
      changes: settingsOf(world),
      ...USUAL_ANSWERS,
      redactions: NO_REDACTIONS,
      readerRoles: [READER],
      questionsPerMinute: 60,
      turnMs: 1,
      typingMs: 1,
      search: { pauseMs: 1, answerMs: 1 },
    },
    background: backgroundWith(never),
    presses: never,
    admit: () => 'answer',
    aside: { targeted: never, show: never, inPersonalChat: never },
    tending: { wake: () => undefined, soon: async () => undefined, stop: async () => undefined },
  };
};
