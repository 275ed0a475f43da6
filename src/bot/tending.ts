import type { Log } from '../lib/log.ts';
import { within } from '../lib/within.ts';

/** Something that is done whenever there is something to do; what is under way already is left alone. */
export interface Chore {
  /** Does what is due now. Gives how much there was. */
  run(): Promise<number>;
}

/** Several chores as one. */
export const together = (...chores: readonly Chore[]): Chore => ({
  async run() {
    const counts = await Promise.all(chores.map((chore) => chore.run()));
    return counts.reduce((sum, count) => sum + count, 0);
  },
});

/** Looks after what has to happen without anybody asking: soon after a change, and every now and then. */
export interface Tending {
  /** Says that something is due now. */
  wake(): void;
  /** Wakes, and waits a moment for what is to be said: then it stands in the chat before the turn ends. */
  soon(): Promise<void>;
  /** Begins nothing more, and waits for what goes on, but only so many milliseconds. */
  stop(milliseconds: number): Promise<void>;
}

/** A turn has to be answered, whatever is still under way. */
const SOON_MS = 1_200;

/**
 * Runs the chores now and every `everyMs` milliseconds. A slow round holds up nobody: the next one begins in time and
 * takes what is due by then.
 */
export const startTending = (
  { worker, deliverer }: { readonly worker: Chore; readonly deliverer: Chore },
  everyMs: number,
  log: Log,
): Tending => {
  const running = new Map<Promise<void>, Chore>();
  let isStopping = false;

  const begin = (chore: Chore): Promise<void> => {
    if (isStopping) return Promise.resolve();
    const round: Promise<void> = chore
      .run()
      .then(
        () => undefined,
        (error: unknown) => log.error('tending.failed', { error }),
      )
      .finally(() => running.delete(round));
    running.set(round, chore);
    return round;
  };

  const delivered = async (): Promise<void> => {
    const rounds = [...running].flatMap(([round, chore]) => (chore === deliverer ? [round] : []));
    await Promise.all(rounds);
  };

  const wake = (): void => {
    // What the worker does is what there is to say, so it goes first and the word follows at once.
    void begin(worker).then(() => begin(deliverer));
    void begin(deliverer);
  };

  const timer = setInterval(wake, everyMs);
  return {
    wake,
    async soon() {
      void begin(deliverer);
      // A round that began before, or beside this one, may have taken up what is to be said.
      await within(delivered().then(delivered), SOON_MS);
      wake();
    },
    async stop(milliseconds) {
      isStopping = true;
      clearInterval(timer);
      await within(Promise.all(running.keys()), milliseconds);
    },
  };
};
