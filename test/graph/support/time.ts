/** A clock that moves only when it is told to, with sleepers on it. */
export const createTime = () => {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  };
  return {
    clock: () => now,
    sleep: (milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((wake, reject) => {
        sleepers.push({ at: now + milliseconds, wake });
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
    to: async (until: number): Promise<void> => {
      for (;;) {
        await settle();
        const next = sleepers.sort((one, other) => one.at - other.at)[0];
        if (next === undefined || next.at > until) break;
        sleepers.shift();
        now = Math.max(now, next.at);
        next.wake();
      }
      now = until;
    },
  };
};
