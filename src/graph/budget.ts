/** Who goes first when requests must wait: in this order, and first come, first served within each. */
export const PRIORITIES = ['approvals', 'person', 'watches', 'exports'] as const;

export type Priority = (typeof PRIORITIES)[number];

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
  /** Waits for a place. Rejects with the signal's reason if the caller gives up. */
  enter(priority: Priority, signal?: AbortSignal): Promise<Slot>;
  /** After a 429: nobody enters for so many milliseconds. */
  pause(milliseconds: number): void;
  /** How many milliseconds the whole budget still waits after a 429; 0 when it does not. */
  pausedFor(): number;
}

interface Waiter {
  readonly admit: (slot: Slot) => void;
}

/** Graph may count a request this much later than it was sent, if it has not begun to answer before. */
const LONGEST_TRANSIT = 500;
/** Timers and clocks round to milliseconds, on both sides. */
const MARGIN = 3;

/**
 * A sliding window of requests, kept so that Graph, which counts arrivals, never counts one too many: a place
 * is free again only when its request must have left Graph's window. Entering and giving up cost the same
 * however many wait.
 */
export const createBudget = (limit: Limit, { clock, sleep }: Waits): Budget => {
  const freeAt: number[] = Array.from({ length: limit.requests }, () => Number.NEGATIVE_INFINITY);
  // A Set keeps the order of arrival, and a caller that gives up leaves it at once.
  const queues = PRIORITIES.map(() => new Set<Waiter>());
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let timer: { readonly at: number; readonly controller: AbortController } | undefined;

  const held = (arrival: number): number => arrival + limit.milliseconds + MARGIN;

  const take = (place: number): Slot => {
    const sent = clock();
    const latest = held(sent + LONGEST_TRANSIT);
    freeAt[place] = latest;
    return {
      answered: () => {
        // The place may be another request's by now.
        if (freeAt[place] === latest) freeAt[place] = Math.min(latest, held(clock()));
        pump();
      },
    };
  };

  const first = (): { readonly queue: Set<Waiter>; readonly waiter: Waiter } | undefined => {
    for (const queue of queues) for (const waiter of queue) return { queue, waiter };
    return undefined;
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
    for (let next = first(); next !== undefined; next = first()) {
      const soonest = Math.min(...freeAt);
      const at = Math.max(soonest, pausedUntil);
      if (at > clock()) {
        wakeAt(at);
        return;
      }
      next.queue.delete(next.waiter);
      next.waiter.admit(take(freeAt.indexOf(soonest)));
    }
  };

  return {
    enter: (priority, signal) =>
      new Promise<Slot>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const queue = queues[PRIORITIES.indexOf(priority)];
        const leave = (): void => {
          queue?.delete(waiter);
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          admit: (slot) => {
            signal?.removeEventListener('abort', leave);
            resolve(slot);
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        queue?.add(waiter);
        pump();
      }),
    pause: (milliseconds) => {
      pausedUntil = Math.max(pausedUntil, clock() + milliseconds);
    },
    pausedFor: () => Math.max(0, pausedUntil - clock()),
  };
};
