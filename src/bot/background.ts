/** Work that outlives its turn: kept account of, so that a stop can wait for it. */
export interface Background {
  /** Lets the work go on; its failure is given to `onFailure`, never to the process. */
  run(work: () => Promise<void>): void;
  /** Waits until everything that goes on has ended. */
  drain(): Promise<void>;
}

/** Keeps account of work; no failure of it goes unheard. */
export const backgroundWith = (onFailure: (error: unknown) => void): Background => {
  const running = new Set<Promise<void>>();
  return {
    run(work) {
      const one: Promise<void> = work()
        .catch(onFailure)
        .finally(() => running.delete(one));
      running.add(one);
    },
    async drain() {
      while (running.size > 0) await Promise.all(running);
    },
  };
};
