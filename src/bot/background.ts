import { LATE, within } from '../lib/within.ts';

/** Work that outlives its turn: kept account of, so that a stop can wait for it. */
export interface Background {
  /**
   * Lets the work go on; its failure is given to `onFailure`, never to the process. `leave` tells whoever waits for
   * it that a stop did not.
   */
  run(work: () => Promise<void>, leave?: () => Promise<void>): void;
  /** Waits until everything that goes on has ended, but only so many milliseconds; what still goes on is left. */
  drain(milliseconds: number): Promise<void>;
}

/** Keeps account of work; no failure of it goes unheard. */
export const backgroundWith = (onFailure: (error: unknown) => void): Background => {
  const running = new Map<Promise<void>, () => Promise<void>>();
  const ended = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.keys());
  };
  return {
    run(work, leave = async () => undefined) {
      const one: Promise<void> = work()
        .catch(onFailure)
        .finally(() => running.delete(one));
      running.set(one, leave);
    },
    async drain(milliseconds) {
      if ((await within(ended(), milliseconds)) !== LATE) return;
      await Promise.all([...running.values()].map((leave) => leave().catch(onFailure)));
    },
  };
};
