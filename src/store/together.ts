import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';
import { isTransient } from './transient.ts';

/** Milliseconds before each further try of a transaction that was undone through no fault of its own. */
const PAUSES = [20, 100, 400] as const;

interface Waiting {
  readonly write: (transaction: Transaction<Tables>) => Promise<void>;
  readonly settle: (error?: unknown) => void;
}

/**
 * Commits a write, together with whatever else arrives meanwhile. Rejects when the commit failed. The work may be run
 * several times, always from the beginning in a new transaction, so it must do nothing but write there.
 */
export type WriteTogether = <Value>(
  work: (transaction: Transaction<Tables>) => Promise<Value>,
) => Promise<Value>;

/**
 * Waiting for the disk is what a commit costs, so writes that arrive while one is under way share the next: each
 * still resolves only when it is safe, but sixteen people at once wait for the disk once.
 *
 * @param most how many writes share a commit; with 1 each locks only what it needs itself
 */
export const writesTogether = (db: Kysely<Tables>, most = Number.POSITIVE_INFINITY): WriteTogether => {
  const waiting: Waiting[] = [];
  let isBusy = false;

  const flush = async (): Promise<void> => {
    isBusy = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      const error = await commit(batch);
      if (error === undefined || batch.length === 1) for (const { settle } of batch) settle(error);
      // One write that cannot be done must not take the others with it.
      else for (const one of batch) one.settle(await commit([one]));
    }
    isBusy = false;
  };

  const commit = async (batch: readonly Waiting[], tries = 0): Promise<unknown> => {
    try {
      await db.transaction().execute(async (transaction) => {
        for (const { write } of batch) await write(transaction);
      });
      return undefined;
    } catch (error) {
      const pause = PAUSES[tries];
      if (pause === undefined || !isTransient(error)) return error;
      await sleep(pause);
      return commit(batch, tries + 1);
    }
  };

  return (work) =>
    new Promise((resolve, reject) => {
      let value: Awaited<ReturnType<typeof work>>;
      waiting.push({
        write: async (transaction) => {
          value = await work(transaction);
        },
        settle: (error) => (error === undefined ? resolve(value) : reject(error)),
      });
      if (!isBusy) setImmediate(flush);
      isBusy = true;
    });
};
