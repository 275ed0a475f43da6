import {
  type Budget,
  type Limit,
  LONGEST_DELAY,
  LONGEST_TRANSIT,
  MARGIN,
  type Slot,
  type Waits,
} from './budget.ts';
import { createLine } from './line.ts';

/** A seat that was taken, for as long as nobody else has taken it since. */
export interface Seat {
  /** From now on it is held for so many milliseconds and no longer. */
  hold(milliseconds: number): Promise<void>;
}

/** The window of requests to one part of Graph that several processes share. One clock counts: where it is kept. */
export interface SharedWindow {
  /** Takes a free seat and holds it for so many milliseconds, or says in how many one may be free. */
  take(milliseconds: number): Promise<{ readonly seat: Seat } | { readonly wait: number }>;
  /** Nobody takes a seat for so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** How long the answer to "take" may be on its way; a seat that comes later is not used. */
const LONGEST_TAKE = 1000;

/** Another process may give back a seat before its time, so it is asked again at least so often. */
const LONGEST_NAP = 250;

const SHORTEST_NAP = 5;

/**
 * A budget that several processes share, so that together they never send one request too many. A process that dies
 * leaves its seats to time.
 */
export const createSharedBudget = (limit: Limit, window: SharedWindow, { clock, sleep }: Waits): Budget => {
  const longest = limit.milliseconds + LONGEST_TAKE + LONGEST_TRANSIT + MARGIN;
  const line = createLine<Slot>();
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let isServing = false;

  const pausedFor = (): number => Math.max(0, pausedUntil - clock());

  const pause = (milliseconds: number): void => {
    pausedUntil = Math.max(pausedUntil, clock() + milliseconds);
  };

  const slotOn = (seat: Seat): Slot => ({
    // A seat that is not given back in time is free when its longest time is over.
    answered: () => void seat.hold(limit.milliseconds + MARGIN).catch(() => undefined),
  });

  /** Admits whoever is first if there is a seat; otherwise says how long to wait. */
  const admitOne = async (delay: number): Promise<number> => {
    if (pausedFor() > 0) return pausedFor();
    const asked = clock();
    const taken = await window.take(longest + delay);
    if ('wait' in taken) {
      // Nothing is held for longer than that, unless another process was told to wait.
      if (taken.wait > longest + LONGEST_DELAY) pause(taken.wait);
      return Math.max(SHORTEST_NAP, taken.wait);
    }
    const next = clock() - asked > LONGEST_TAKE ? undefined : line.first();
    // Somebody else may be first by now, and need the seat for longer than it was taken for.
    if (next && next.delay <= delay) next.admit(slotOn(taken.seat));
    else await taken.seat.hold(0);
    return 0;
  };

  const serve = async (): Promise<void> => {
    if (isServing) return;
    isServing = true;
    try {
      for (let first = line.first(); first; first = line.first()) {
        const wait = await admitOne(first.delay);
        if (wait > 0) await sleep(Math.min(wait, LONGEST_NAP));
      }
    } catch (error) {
      // Whoever cannot ask for a seat must not send anything.
      for (let next = line.first(); next; next = line.first()) next.refuse(error);
    } finally {
      isServing = false;
    }
  };

  return {
    enter: (priority, signal, delay) => {
      const entered = line.join(priority, signal, delay);
      void serve();
      return entered;
    },
    pause: (milliseconds) => {
      pause(milliseconds);
      window.pause(milliseconds).catch(() => undefined);
    },
    pausedFor,
  };
};
