import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than anything takes on a machine that is busy with other things. */
const PATIENCE_MS = 120_000;

const LOOK_MS = 5;

/** For a story of many turns, or the start of one, on such a machine. */
export const LONGEST_MS = 300_000;

/** Waits until it is so; throws `otherwise` when it never is. */
export const until = async (
  isSo: () => boolean | Promise<boolean>,
  otherwise: () => string,
): Promise<void> => {
  for (const end = performance.now() + PATIENCE_MS; !(await isSo()); await sleep(LOOK_MS))
    if (performance.now() > end) throw new Error(otherwise());
};
