import { setTimeout as sleep } from 'node:timers/promises';

/** How much longer a limit lasts: machines that run tests may be slow. */
const LONGER = 20;

/** From here on a timer is a limit; what is shorter is a pause. */
const SHORTEST_MS = 600;

/** And from here on it is long enough for every machine as it is. */
const LONG_ENOUGH_MS = 40_000;

const LOOK_MS = 2;

/** Time limits in the hand of a test, timers and signals: none passes by itself, however long the machine takes. */
export interface Limits {
  /** How many of so many milliseconds were set until now. */
  set(milliseconds: number): number;
  /** Waits until one of so many milliseconds is set, if none is, and lets those pass that are. Ends with a release. */
  pass(milliseconds: number): Promise<void>;
  /** Puts the timers back. */
  release(): void;
}

interface Timer {
  readonly milliseconds: number;
  pass(): void;
}

const take = (shortest: number): Limits => {
  const { setTimeout: begin, clearTimeout: end } = globalThis;
  const { timeout } = AbortSignal;
  const waiting = new Map<unknown, Timer>();
  const counts = new Map<number, number>();
  let isReleased = false;

  const hold = (call: () => void, milliseconds: number): ReturnType<typeof begin> => {
    const pass = (): void => {
      waiting.delete(timer);
      end(timer);
      call();
    };
    const timer = begin(pass, milliseconds < LONG_ENOUGH_MS ? milliseconds * LONGER : milliseconds);
    waiting.set(timer, { milliseconds, pass });
    counts.set(milliseconds, (counts.get(milliseconds) ?? 0) + 1);
    return timer;
  };
  const beginLonger = (call: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) =>
    milliseconds < shortest ? begin(call, milliseconds, ...args) : hold(() => call(...args), milliseconds);
  const endLonger = (timer: Parameters<typeof end>[0]): void => {
    waiting.delete(timer);
    end(timer);
  };
  Object.assign(globalThis, { setTimeout: beginLonger, clearTimeout: endLonger });
  AbortSignal.timeout = (milliseconds) => {
    const limit = new AbortController();
    const passed = new DOMException('The limit has passed.', 'TimeoutError');
    hold(() => limit.abort(passed), milliseconds).unref();
    return limit.signal;
  };

  return {
    set: (milliseconds) => counts.get(milliseconds) ?? 0,
    async pass(milliseconds) {
      const those = () => [...waiting.values()].filter((one) => one.milliseconds === milliseconds);
      while (those().length === 0 && !isReleased) await sleep(LOOK_MS);
      for (const { pass } of those()) pass();
    },
    release() {
      isReleased = true;
      Object.assign(globalThis, { setTimeout: begin, clearTimeout: end });
      AbortSignal.timeout = timeout;
    },
  };
};

let taken: Limits | undefined;
let holders = 0;

/**
 * Takes all limits of this realm in hand, the product's among them. A short one that nobody lets pass lasts twenty times
 * as long as it says, so that what waits for ever is found out all the same. Whoever takes them meanwhile shares them.
 *
 * @param shortest the shortest timer that counts as one, in milliseconds; a signal always does
 */
export const takeLimits = (shortest = SHORTEST_MS): Limits => {
  taken ??= take(shortest);
  holders += 1;
  const { set, pass, release } = taken;
  return {
    set,
    pass,
    release() {
      holders -= 1;
      if (holders > 0) return;
      release();
      taken = undefined;
    },
  };
};
