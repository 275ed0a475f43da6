import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Between two turns. */
const TURN_MS = 5;

/** No turn counts for more, however long a busy machine took for it. */
const MOST_MS = 10;

const BYTES = 8;

/** A clock by which several processes go; one of them turns it. */
export interface Clock {
  /** Epoch milliseconds at the start, and from then on no faster than life. */
  now(): number;
  /** Time stands still until then: how long a process takes to start is nobody's fault. */
  standStill(until: Promise<unknown>): void;
  stop(): void;
}

/**
 * Starts one that others read in this file. It passes with the turns of this process, in which the pretend Graph works
 * too: where the machine is slow everybody has more time, so that nothing lapses that would not lapse elsewhere.
 */
export const startClock = (file: string): Clock => {
  const to = openSync(file, 'w');
  const bytes = Buffer.alloc(BYTES);
  let now = Date.now();
  let last = performance.now();
  let waits = 0;
  const tell = (): void => {
    bytes.writeDoubleLE(now);
    writeSync(to, bytes, 0, BYTES, 0);
  };
  tell();
  const turning = setInterval(() => {
    const real = performance.now();
    if (waits === 0) now += Math.min(real - last, MOST_MS);
    last = real;
    tell();
  }, TURN_MS);
  return {
    now: () => now,
    standStill(until) {
      waits += 1;
      void until.finally(() => {
        waits -= 1;
      });
    },
    stop() {
      clearInterval(turning);
      closeSync(to);
    },
  };
};

/** Reads the one that is turned elsewhere. */
export const clockIn = (file: string): (() => number) => {
  const from = openSync(file, 'r');
  const bytes = Buffer.alloc(BYTES);
  return () => {
    readSync(from, bytes, 0, BYTES, 0);
    return bytes.readDoubleLE();
  };
};
