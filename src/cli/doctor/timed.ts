import { LATE, within } from '../../lib/within.ts';
import { type Found, notChecked, wrong } from './finding.ts';

/** A fact, or why there is none: its own time is over, or that of the whole examination. */
export type Timed<Fact> = Fact | typeof LATE | 'no-time';

/** Gathers one fact within its own time and what is left of the whole. */
export type Gather = <Fact>(milliseconds: number, work: () => Promise<Fact>) => Promise<Timed<Fact>>;

/**
 * Bounds an examination as a whole.
 *
 * @param steady milliseconds that never run backwards
 */
export const gatherWithin = (total: number, steady: () => number): Gather => {
  const end = steady() + total;
  return async (milliseconds, work) => {
    const left = end - steady();
    return left <= 0 ? 'no-time' : within(work(), Math.min(milliseconds, left));
  };
};

/** What is found where a fact has come in time; else that it has not. */
export const inTime = <Fact>(
  fact: Timed<Fact>,
  who: string,
  find: (fact: Fact) => readonly Found[],
): readonly Found[] => {
  if (fact === 'no-time') return [notChecked('the time of the whole examination was over')];
  if (fact === LATE)
    return [wrong(`${who} did not answer in time.`, 'Look at the network in between; then run this again.')];
  return find(fact);
};
