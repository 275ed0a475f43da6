import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../../src/lib/within.ts';
import type { Case } from './cases.ts';
import type { Child } from './child-process.ts';
import type { Finding } from './findings.ts';
import { isEnded, type Lane, type LaneOptions, openLane } from './lane.ts';
import type { Death } from './orders.ts';
import { faultsOf, isRefused, mixedFaults } from './outcomes.ts';

/** What came of one kill. */
export interface Killed extends Case {
  /** Whether it came to that moment at all. */
  readonly isReached: boolean;
  /** How the approval ended. */
  readonly state: string;
  /** How often the pretend Graph did it. */
  readonly effects: number;
  readonly findings: readonly Finding[];
}

/** What a lane has shown. */
export interface Shown {
  readonly kills: number;
  readonly approvals: number;
  /** How many of them nobody could tell the end of, since every process died before it could be told. */
  readonly unknown: number;
  readonly findings: readonly Finding[];
}

/** Longer than it takes to die and to be noticed. */
const DYING_MS = 10_000;

const UNSETTLED: Finding['what'] = 'lost';

const setFaults = ({ graph: { faults } }: Lane, next: typeof faults): void => {
  faults.splice(0, faults.length, ...next);
};

/** Kills whoever sends the next POST, and goes on with it when they are dead: before or after it is done. */
const killAtGraph = ({ graph }: Lane, moment: 'arrived' | 'unanswered', child: Child): void => {
  const until = (): Promise<unknown> => {
    child.signal('SIGKILL');
    return child.ended;
  };
  const hold = {
    path: '/auditLogs/signIns/',
    method: 'POST',
    times: 1,
    effect: { kind: 'hold', until },
  } as const;
  graph.faults.push({ ...hold, ...(moment === 'unanswered' && { after: 'done' }) });
};

const isAtGraph = (moment: Case['moment']): moment is 'arrived' | 'unanswered' =>
  moment === 'arrived' || moment === 'unanswered';

const deathIn = ({ moment, nth }: Case, approval: number): Death | undefined =>
  isAtGraph(moment) ? undefined : { approval, moment, nth, signal: 'SIGKILL' };

/** Numbers have no gaps, so a child can be told beforehand when to die. */
export const FIRST_NUMBER = 1001;

/**
 * Kills a process in every one of these cases, one after the other: the next process first settles what was left,
 * then dies of its own case.
 */
export const killInCases = async (lane: Lane, cases: readonly Case[]): Promise<readonly Killed[]> => {
  const killed: Killed[] = [];
  const [first] = cases;
  let child = lane.begin(first && deathIn(first, FIRST_NUMBER));
  for (const [index, one] of cases.entries()) {
    setFaults(lane, faultsOf(one.outcome));
    if (isAtGraph(one.moment)) killAtGraph(lane, one.moment, child);
    const { number } = await lane.askApproved();
    // It may just be about to die.
    await Promise.race([child.ended, lane.rest(number)]);
    const ended = await within(child.ended, DYING_MS);
    child.signal('SIGKILL');
    await child.ended;
    const next = cases[index + 1];
    child = lane.begin(next && deathIn(next, number + 1));
    const approval = await lane.rest(number);
    const findings = await lane.findings(number);
    const unsettled = { approval: number, what: UNSETTLED, detail: 'It never came to rest.' };
    killed.push({
      ...one,
      isReached: ended === 'SIGKILL',
      state: approval?.state ?? '',
      effects: lane.graph.effects.filter(({ requestId }) => requestId === approval?.targets[0].signIn.id)
        .length,
      findings: [...findings, ...(approval ? [] : [unsettled])],
    });
  }
  child.signal('SIGKILL');
  await child.ended;
  return killed;
};

/** Whether it ended as it must: refused for good, or done once. */
export const isRight = ({ outcome, state, effects, findings }: Killed): boolean =>
  findings.length === 0 &&
  (isRefused(outcome) ? state === 'failed' && effects === 0 : state === 'done' && effects === 1);

const LONGEST_LIFE_MS = 90;

/** Five approvals ask about fifty times before all is done. */
const MOST_ASKED = 50;

/** What there is to do may be nobody's turn for so long. */
const ASKED_MS = 500;

/** So many approvals are open at a time, of one to three sign-ins each. */
const AT_A_TIME = 5;

const ACTIONS = ['confirm-sign-in-compromised', 'confirm-sign-in-safe'] as const;

/** Waits until Graph was asked so many times, or for a while. */
const asked = async ({ graph }: Lane, times: number): Promise<void> => {
  const enough = graph.count('/') + times;
  for (const end = performance.now() + ASKED_MS; performance.now() < end && graph.count('/') < enough; )
    await sleep(1);
};

/** Waits until all of these are at rest, and says what is wrong with them. */
const settled = async (lane: Lane, numbers: readonly number[]): Promise<readonly Finding[]> => {
  const found = await Promise.all(
    numbers.map(async (number): Promise<readonly Finding[]> => {
      const approval = await lane.rest(number);
      const findings = await lane.findings(number);
      if (approval) return findings;
      return [...findings, { approval: number, what: UNSETTLED, detail: 'It never came to rest.' }];
    }),
  );
  return found.flat();
};

/** Kills so many processes at moments that nobody chose, while one request in five goes wrong. */
export const killAtRandom = async (lane: Lane, kills: number, random: () => number): Promise<Shown> => {
  const findings: Finding[] = [];
  let open: number[] = [];
  let approvals = 0;
  setFaults(lane, mixedFaults(random));
  for (let done = 0; done < kills; done += 1) {
    while (open.length < AT_A_TIME) {
      const { number } = await lane.askApproved(
        1 + Math.floor(random() * 3),
        ACTIONS[Math.floor(random() * 2)],
      );
      open.push(number);
      approvals += 1;
    }
    const child = lane.begin();
    await child.ready;
    // However slow the machine is, some come far and some do not.
    await asked(lane, Math.floor(random() * MOST_ASKED));
    await sleep(random() * LONGEST_LIFE_MS);
    child.signal('SIGKILL');
    await child.ended;
    const going = (await lane.ground.records.open()).filter((approval) => !isEnded(approval));
    const still = new Set(going.map(({ number }) => number));
    for (const number of open) if (!still.has(number)) findings.push(...(await lane.findings(number)));
    open = open.filter((number) => still.has(number));
  }
  setFaults(lane, []);
  if (open.length > 0) lane.begin();
  findings.push(...(await settled(lane, open)));
  const unknown = (await lane.ground.records.open()).filter(isEnded).length;
  return { kills, approvals, unknown, findings };
};

/** Does the work on a lane of its own, and says at the end whether its ledger is whole. */
export const onLane = async <Value>(
  options: LaneOptions,
  work: (lane: Lane) => Promise<Value>,
): Promise<{ readonly value: Value; readonly findings: readonly Finding[] }> => {
  const lane = await openLane(options);
  try {
    const value = await work(lane);
    return { value, findings: await lane.wholeFindings() };
  } finally {
    await lane.close();
  }
};
