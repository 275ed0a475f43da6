import { unlessAborted } from './abort.ts';

/** How long and how much is remembered. */
export interface FreshOptions<Value> {
  /** Milliseconds; must not run backwards. */
  readonly clock: () => number;
  /** Milliseconds from the start of a reading within which the same question shares it; 0: never. */
  readonly freshness: number;
  /** Whether an outcome may serve later askers too. */
  readonly keeps: (value: Value) => boolean;
  /** How much of the room an outcome takes. */
  readonly weigh: (value: Value) => number;
  /** How much room there is in all. */
  readonly room: number;
}

interface Reading<Value> {
  readonly started: number;
  readonly value: Promise<Value>;
  /** Raised when nobody waits for it any more. */
  readonly abandoned: AbortController;
  askers: number;
  weight: number;
}

/** A memory of readings that equal questions share. */
export interface Fresh<Value> {
  /**
   * The outcome of a reading of this key that began within the freshness time, under way or done, else of a new
   * one. `always`: a new one in any case, which then serves the others. A caller that gives up leaves the reading
   * to the others; when the last one has left, the reading's own signal is raised.
   */
  get(
    key: string,
    read: (abandoned: AbortSignal) => Promise<Value>,
    options: { readonly always?: boolean | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<Value>;
}

/** Lets equal questions share one reading. */
export const createFresh = <Value>(options: FreshOptions<Value>): Fresh<Value> => {
  const { clock, freshness, keeps, weigh, room } = options;
  // In the order in which readings began, so the oldest stand first.
  const readings = new Map<string, Reading<Value>>();

  const forget = (key: string, reading: Reading<Value>): void => {
    if (readings.get(key) === reading) readings.delete(key);
  };

  const makeRoom = (): void => {
    let used = 0;
    for (const reading of readings.values()) used += reading.weight;
    for (const [key, reading] of readings) {
      if (used <= room && clock() - reading.started < freshness) return;
      readings.delete(key);
      used -= reading.weight;
    }
  };

  const begin = (key: string, read: (abandoned: AbortSignal) => Promise<Value>): Reading<Value> => {
    const abandoned = new AbortController();
    const value = read(abandoned.signal);
    const reading: Reading<Value> = { started: clock(), value, abandoned, askers: 0, weight: 1 };
    readings.delete(key);
    readings.set(key, reading);
    value.then(
      (done) => {
        reading.weight = weigh(done);
        if (!keeps(done)) forget(key, reading);
        makeRoom();
      },
      () => forget(key, reading),
    );
    makeRoom();
    return reading;
  };

  return {
    get: async (key, read, { always, signal }) => {
      signal?.throwIfAborted();
      const known = always ? undefined : readings.get(key);
      const isFresh = known !== undefined && clock() - known.started < freshness;
      const reading = isFresh ? known : begin(key, read);
      reading.askers += 1;
      return unlessAborted(reading.value, signal, () => {
        reading.askers -= 1;
        if (reading.askers > 0) return;
        forget(key, reading);
        reading.abandoned.abort();
      });
    },
  };
};
