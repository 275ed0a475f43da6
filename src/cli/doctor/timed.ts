import { fail, ok, type Result } from '../../lib/result.ts';
import { LATE, within } from '../../lib/within.ts';
import { type Found, notChecked, wrong } from './finding.ts';

/** Why there is no fact: its own time was over, that of the whole examination was, or it could not be read. */
export type Missing =
  | { readonly why: 'late' | 'no-time' }
  | { readonly why: 'failed'; readonly message: string };

export type Timed<Fact> = Result<Fact, Missing>;

/** Gathers one fact within its own time and what is left of the whole. Never rejects. */
export type Gather = <Fact>(milliseconds: number, work: () => Promise<Fact>) => Promise<Timed<Fact>>;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Bounds an examination as a whole.
 *
 * @param total milliseconds
 * @param steady milliseconds that never run backwards
 */
export const gatherWithin = (total: number, steady: () => number): Gather => {
  const end = steady() + total;
  return async (milliseconds, work) => {
    const left = end - steady();
    if (left <= 0) return fail({ why: 'no-time' });
    try {
      const fact = await within(work(), Math.min(milliseconds, left));
      return fact === LATE ? fail({ why: 'late' }) : ok(fact);
    } catch (error) {
      return fail({ why: 'failed', message: messageOf(error) });
    }
  };
};

/** What is found where a fact has come; else why it has not. */
export const inTime = <Fact>(
  fact: Timed<Fact>,
  who: string,
  find: (fact: Fact) => readonly Found[],
): readonly Found[] => {
  if (fact.ok) return find(fact.value);
  const missing = fact.error;
  switch (missing.why) {
    case 'late':
      return [
        wrong(`${who} did not answer in time.`, 'Look at the network in between; then run this again.'),
      ];
    case 'no-time':
      return [notChecked('the time of the whole examination was over')];
    case 'failed':
      return [wrong(`It could not be looked at: ${missing.message}`, 'Mend that; then run this again.')];
  }
};
