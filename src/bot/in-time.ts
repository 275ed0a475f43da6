/** What `within` gives when the work takes longer. */
export const LATE = Symbol('late');

/** The outcome of the work if it is there within so many milliseconds; else `LATE`, and the work goes on. */
export const within = async <Value>(work: Promise<Value>, ms: number): Promise<Value | typeof LATE> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, ms, LATE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Work that outlives its turn: kept account of, so that a stop can wait for it. */
export interface Background {
  /** Lets the work go on; its failure is given to `onFailure`, never to the process. */
  run(work: () => Promise<void>): void;
  /** Waits until everything that goes on has ended. */
  drain(): Promise<void>;
}

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
