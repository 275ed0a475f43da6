/** How many requests a bucket takes, and how much faster than life its time runs. */
export interface Limits {
  readonly reportsPer10s: number;
  /** 20 makes the ten seconds last half a second. */
  readonly speed: number;
}

/** Microsoft's limit for identity and access reports, per app and tenant. */
export const REAL_LIMITS: Limits = { reportsPer10s: 5, speed: 1 };

/** Counts an arrival; gives the milliseconds to wait if it is one too many, else 0. */
export type Window = (now: number) => number;

/** A strict sliding window: an arrival counts for its whole length, also one that was refused. */
export const createWindow = ({ reportsPer10s, speed }: Limits): Window => {
  const length = 10_000 / speed;
  const arrivals: number[] = [];
  return (now) => {
    while (arrivals[0] !== undefined && arrivals[0] <= now - length) arrivals.shift();
    arrivals.push(now);
    if (arrivals.length <= reportsPer10s) return 0;
    const mustLeave = arrivals[arrivals.length - reportsPer10s] ?? now;
    return mustLeave + length - now;
  };
};
