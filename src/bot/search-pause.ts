/** Tells a pause in somebody's typing from the next letter. */
export interface Pauses {
  /** Ends whatever wait goes on under this key: something newer was typed. */
  overtake(key: string): void;
  /** True once nothing newer was typed for the time of a pause, false as soon as something was. */
  wait(key: string): Promise<boolean>;
}

/** @param ms how long a pause is */
export const pausesOf = (ms: number): Pauses => {
  const waiting = new Map<string, (isPause: boolean) => void>();
  const overtake = (key: string): void => waiting.get(key)?.(false);
  return {
    overtake,
    wait: (key) =>
      new Promise((resolve) => {
        overtake(key);
        const end = (isPause: boolean): void => {
          clearTimeout(timer);
          waiting.delete(key);
          resolve(isPause);
        };
        const timer = setTimeout(end, ms, true);
        waiting.set(key, end);
      }),
  };
};
