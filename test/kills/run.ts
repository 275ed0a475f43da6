import { createPatientDatabase } from '../store/postgres-server.ts';
import { CASES, type Case } from './cases.ts';
import type { Finding } from './findings.ts';
import { type Killed, killAtRandom, killInCases, onLane, type Shown } from './kills.ts';
import type { LaneOptions } from './lane.ts';

export type StoreName = 'SQLite' | 'PostgreSQL';

export interface RunOptions {
  readonly kills: number;
  readonly stores: readonly StoreName[];
  readonly seed: number;
}

/** What all lanes together have shown. */
export interface Result {
  readonly killed: readonly Killed[];
  readonly random: Shown;
  /** What the pretend Graphs did. */
  readonly effects: number;
  /** What is wrong with a ledger, or was logged as an error. */
  readonly findings: readonly Finding[];
}

/** Processes at a time: while one waits for its lease the others work. */
const LANES = 4;

/** Each kill at a random moment may finish a few approvals of up to three sign-ins. */
const TARGETS_A_KILL = 15;

const TARGETS_AT_LEAST = 15;

/** Numbers from 0 to 1, the same for the same seed. Source: the mulberry32 generator. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Deals them out like cards. */
const dealt = <Value>(all: readonly Value[], lane: number, lanes: number): readonly Value[] =>
  all.filter((_, index) => index % lanes === lane);

/** Does all of them, so many at a time. */
export const inLanes = async <Value, Done>(
  lanes: number,
  all: readonly Value[],
  work: (one: Value) => Promise<Done>,
): Promise<readonly Done[]> => {
  const done = Array.from({ length: lanes }, async (_, lane) => {
    const own: Done[] = [];
    for (const one of dealt(all, lane, lanes)) own.push(await work(one));
    return own;
  });
  return (await Promise.all(done)).flat();
};

/** Does the work on a store of its own. */
export const onStore = async <Value>(
  store: StoreName,
  options: LaneOptions,
  work: Parameters<typeof onLane<Value>>[1],
) => {
  if (store === 'SQLite') return onLane(options, work);
  const { url, remove } = await createPatientDatabase();
  try {
    return await onLane({ ...options, data: url }, work);
  } finally {
    await remove();
  }
};

/** The cases, and how many more kills at random moments, for each store. */
const planOf = ({
  kills,
  stores,
}: RunOptions): { readonly cases: readonly Case[]; readonly random: number } => {
  const each = Math.floor(kills / stores.length);
  // A sample leaves a fifth for chance.
  const cases = CASES.slice(0, Math.ceil(each * 0.8));
  return { cases, random: each - cases.length };
};

/** Kills so many processes, in lanes that share the machine. */
export const runKills = async (options: RunOptions): Promise<Result> => {
  const { stores, seed } = options;
  const { cases, random } = planOf(options);
  const lanes = Array.from({ length: LANES }, (_, index) => ({
    store: stores[index % stores.length] ?? 'SQLite',
    place: Math.floor(index / stores.length),
    index,
  }));
  const perStore = LANES / stores.length;
  const shown = await Promise.all(
    lanes.map(({ store, place, index }) => {
      const own = dealt(cases, place, perStore);
      const byChance = dealt(Array.from({ length: random }), place, perStore).length;
      const targets = own.length + byChance * TARGETS_A_KILL + TARGETS_AT_LEAST;
      return onStore(store, { targets }, async (lane) => ({
        killed: await killInCases(lane, own),
        random: await killAtRandom(lane, byChance, randomFrom(seed + index)),
        effects: lane.graph.effects.length,
      }));
    }),
  );
  return {
    killed: shown.flatMap(({ value }) => value.killed),
    random: {
      kills: shown.reduce((sum, one) => sum + one.value.random.kills, 0),
      approvals: shown.reduce((sum, one) => sum + one.value.random.approvals, 0),
      unknown: shown.reduce((sum, one) => sum + one.value.random.unknown, 0),
      findings: shown.flatMap((one) => one.value.random.findings),
    },
    effects: shown.reduce((sum, one) => sum + one.value.effects, 0),
    findings: shown.flatMap(({ findings }) => findings),
  };
};
