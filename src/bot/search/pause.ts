import { BriefMap } from '../../lib/brief-map.ts';

/** Tells a pause in somebody's typing from the next letter. */
export interface Pauses {
  /**
   * Something was typed under this key; whoever waits for a pause after what was typed before waits no longer. Gives the
   * wait for a pause after this: true once nothing newer was typed for so long, false as soon as something was.
   */
  typed(key: string): () => Promise<boolean>;
}

/** Who types at once; more than ever do. */
const TYPISTS = 10_000;

/** @param ms how long a pause is */
export const pausesOf = (ms: number): Pauses => {
  const overtaking = new BriefMap<string, () => void>(TYPISTS);
  return {
    typed(key) {
      overtaking.get(key)?.();
      let isOvertaken = false;
      let wake = (): void => undefined;
      overtaking.set(key, () => {
        isOvertaken = true;
        wake();
      });
      const pause = (): Promise<void> =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      return async () => {
        if (!isOvertaken) await pause();
        return !isOvertaken;
      };
    },
  };
};
