/** Who goes first when requests must wait: in this order, and first come, first served within each. */
export const PRIORITIES = ['approvals', 'person', 'watches', 'exports'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** Somebody who waits. Either function takes them out of the line; only the first of all such calls counts. */
export interface Waiter<Ticket> {
  /** How many milliseconds after being admitted they may need to set out. */
  readonly delay: number;
  admit(ticket: Ticket): void;
  refuse(reason: unknown): void;
}

/** People who wait for tickets. Entering and giving up cost the same however many wait. */
export interface Line<Ticket> {
  /** Rejects with the signal's reason if the caller gives up. */
  join(priority: Priority, signal?: AbortSignal, delay?: number): Promise<Ticket>;
  /** Whose turn it is. */
  first(): Waiter<Ticket> | undefined;
}

export const createLine = <Ticket>(): Line<Ticket> => {
  // A Set keeps the order of arrival, and a caller that gives up leaves it at once.
  const queues = PRIORITIES.map(() => new Set<Waiter<Ticket>>());
  return {
    join: (priority, signal, delay = 0) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const queue = queues[PRIORITIES.indexOf(priority)];
        const leave = (): void => {
          queue?.delete(waiter);
          signal?.removeEventListener('abort', giveUp);
        };
        const waiter: Waiter<Ticket> = {
          delay,
          admit: (ticket) => {
            leave();
            resolve(ticket);
          },
          refuse: (reason) => {
            leave();
            reject(reason);
          },
        };
        const giveUp = (): void => waiter.refuse(signal?.reason);
        signal?.addEventListener('abort', giveUp, { once: true });
        queue?.add(waiter);
      }),
    first: () => {
      for (const queue of queues) for (const waiter of queue) return waiter;
      return undefined;
    },
  };
};
