import { createLine, type Priority } from './line.ts';

/** How many requests Graph takes in any stretch of so many milliseconds. */
export interface Limit {
  readonly requests: number;
  readonly milliseconds: number;
}

/** The time that a budget goes by. */
export interface Waits {
  /** Milliseconds; must not run backwards. */
  readonly clock: () => number;
  /** Ends after so many milliseconds, or rejects when the signal is raised. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** One request's place in the window. */
export interface Slot {
  /** To be called when Graph has begun to answer, or never will: it had the request before that. */
  answered(): void;
}

/** Who may ask Graph now, and who waits. */
export interface Budget {
  /**
   * Waits for a place. Rejects with the signal's reason if the caller gives up.
   *
   * @param delay how many milliseconds later than that the request may be sent; usually none
   */
  enter(priority: Priority, signal?: AbortSignal, delay?: number): Promise<Slot>;
  /** After a 429: nobody enters for so many milliseconds. */
  pause(milliseconds: number): void;
  /** How many milliseconds the whole budget still waits after a 429; 0 when it does not. */
  pausedFor(): number;
}

/** Graph may count a request this much later than it was sent, if it has not begun to answer before. */
export const LONGEST_TRANSIT = 500;
/** How long a request that two budgets count may still wait for the second. A longer wait costs a 429 at worst. */
export const LONGEST_DELAY = 10_000;
/** Timers and clocks round to milliseconds, on both sides. */
export const MARGIN = 3;

/**
 * A sliding window of requests, kept so that Graph, which counts arrivals, never counts one too many: a place
 * is free again only when its request must have left Graph's window.
 */
export const createBudget = (limit: Limit, { clock, sleep }: Waits): Budget => {
  const freeAt: number[] = Array.from({ length: limit.requests }, () => Number.NEGATIVE_INFINITY);
  const line = createLine<Slot>();
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let timer: { readonly at: number; readonly controller: AbortController } | undefined;

  const held = (arrival: number): number => arrival + limit.milliseconds + MARGIN;

  const take = (place: number, delay: number): Slot => {
    const latest = held(clock() + delay + LONGEST_TRANSIT);
    freeAt[place] = latest;
    return {
      answered: () => {
        // The place may be another request's by now.
        if (freeAt[place] === latest) freeAt[place] = Math.min(latest, held(clock()));
        pump();
      },
    };
  };

  const wakeAt = (at: number): void => {
    if (timer?.at === at) return;
    timer?.controller.abort();
    const controller = new AbortController();
    timer = { at, controller };
    sleep(Math.max(0, at - clock()), controller.signal).then(
      () => {
        timer = undefined;
        pump();
      },
      () => undefined,
    );
  };

  const pump = (): void => {
    for (let next = line.first(); next !== undefined; next = line.first()) {
      const soonest = Math.min(...freeAt);
      const at = Math.max(soonest, pausedUntil);
      if (at > clock()) {
        wakeAt(at);
        return;
      }
      next.admit(take(freeAt.indexOf(soonest), next.delay));
    }
  };

  return {
    enter: (priority, signal, delay) => {
      const entered = line.join(priority, signal, delay);
      pump();
      return entered;
    },
    pause: (milliseconds) => {
      pausedUntil = Math.max(pausedUntil, clock() + milliseconds);
    },
    pausedFor: () => Math.max(0, pausedUntil - clock()),
  };
};
