/** How many requests a bucket takes, and how much faster than life its time runs. */
export interface Limits {
  readonly reportsPer10s: number;
  /** Left out: Microsoft's limit, which is 1. */
  readonly identityProtectionPerSecond?: number;
  /** 20 makes the ten seconds last half a second. */
  readonly speed: number;
}

/** Microsoft's limit for identity and access reports, per app and tenant. */
export const REAL_LIMITS: Limits = { reportsPer10s: 5, speed: 1 };

/** What is told to a request that is one too many. */
export interface Throttled {
  /** Milliseconds; left out where the service does not say. */
  readonly retryAfter?: number;
}

/** Counts an arrival at a path; undefined lets it through. */
export type Throttle = (path: string, now: number) => Throttled | undefined;

/** Reports have one window, identity protection another, and the directory has more than is ever asked for. */
export const createThrottle = ({
  reportsPer10s,
  identityProtectionPerSecond = 1,
  speed,
}: Limits): Throttle => {
  const reports = createWindow(reportsPer10s, 10_000 / speed);
  const identityProtection = createWindow(identityProtectionPerSecond, 1000 / speed);
  return (path, now) => {
    if (/^\/(v1\.0|beta)\/auditlogs\//i.test(path)) {
      const retryAfter = reports(now);
      return retryAfter > 0 ? { retryAfter } : undefined;
    }
    if (/^\/(v1\.0|beta)\/identityprotection\//i.test(path))
      return identityProtection(now) > 0 ? {} : undefined;
    return undefined;
  };
};

/** Counts an arrival; gives the milliseconds to wait if it is one too many, else 0. */
export type Window = (now: number) => number;

/**
 * A strict sliding window: an arrival counts for its whole length, also one that was refused.
 * @param length milliseconds
 */
export const createWindow = (most: number, length: number): Window => {
  const arrivals: number[] = [];
  return (now) => {
    while (arrivals[0] !== undefined && arrivals[0] <= now - length) arrivals.shift();
    arrivals.push(now);
    if (arrivals.length <= most) return 0;
    const mustLeave = arrivals[arrivals.length - most] ?? now;
    return mustLeave + length - now;
  };
};
