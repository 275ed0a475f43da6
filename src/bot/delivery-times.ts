/** How long a message is taken up, in milliseconds: longer than one call to Teams takes, with its repeats. */
export const TAKEN_MS = 60_000;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** How long to wait before a message is tried again that was tried so often, in milliseconds. */
export const pauseAfter = (tries: number): number => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);
