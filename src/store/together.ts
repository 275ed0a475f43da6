import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

interface Waiting {
  readonly write: (transaction: Transaction<Tables>) => Promise<void>;
  readonly settle: (error?: unknown) => void;
}

/** Commits a write, together with whatever else arrives meanwhile. Rejects when the commit failed. */
export type WriteTogether = <Value>(
  work: (transaction: Transaction<Tables>) => Promise<Value>,
) => Promise<Value>;

/**
 * Waiting for the disk is what a commit costs, so writes that arrive while one is under way share the next: each
 * still resolves only when it is safe, but sixteen people at once wait for the disk once.
 */
export const writesTogether = (db: Kysely<Tables>): WriteTogether => {
  let waiting: Waiting[] = [];
  let isBusy = false;

  const flush = async (): Promise<void> => {
    isBusy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const error = await commit(batch);
      if (error === undefined || batch.length === 1) for (const { settle } of batch) settle(error);
      // One write that cannot be done must not take the others with it.
      else for (const one of batch) one.settle(await commit([one]));
    }
    isBusy = false;
  };

  const commit = async (batch: readonly Waiting[]): Promise<unknown> => {
    try {
      await db.transaction().execute(async (transaction) => {
        for (const { write } of batch) await write(transaction);
      });
      return undefined;
    } catch (error) {
      return error;
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
