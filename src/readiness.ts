import type { Log } from './lib/log.ts';
import { LATE, within } from './lib/within.ts';

/** Whoever asks gives up soon, and takes that for a no. */
const LOOK_MS = 1_000;

/** However many ask, the store is looked at so often. */
const REMEMBERED_MS = 1_000;

/** Whether the bot can do its work, that is, whether its store answers `check` in time. Never rejects. */
export const readiness = (check: () => Promise<void>, log: Log): (() => Promise<boolean>) => {
  let wasReady = true;
  let answer: Promise<boolean> | undefined;

  const look = async (): Promise<boolean> => {
    try {
      if ((await within(check(), LOOK_MS)) === LATE) throw new Error('The store took too long to answer.');
      if (!wasReady) log.info('store.back');
      wasReady = true;
    } catch (error) {
      if (wasReady) log.error('store.unreachable', { error });
      wasReady = false;
    }
    setTimeout(() => {
      answer = undefined;
    }, REMEMBERED_MS).unref();
    return wasReady;
  };

  return () => {
    answer ??= look();
    return answer;
  };
};
