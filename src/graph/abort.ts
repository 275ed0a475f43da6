/** The same outcome, unless the signal is raised first: then its reason. What was begun goes on by itself. */
export const unlessAborted = async <Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  leaving: () => void = () => undefined,
): Promise<Value> => {
  if (signal === undefined) return promise;
  const { promise: first, resolve, reject } = Promise.withResolvers<Value>();
  const leave = (): void => {
    leaving();
    reject(signal.reason);
  };
  promise.then(resolve, reject);
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  return first.finally(() => signal.removeEventListener('abort', leave));
};

/** Raised with the signal, or after so many milliseconds as a time-out, whichever comes first. */
export const limited = (milliseconds: number, signal: AbortSignal | undefined): AbortSignal => {
  const limit = AbortSignal.timeout(milliseconds);
  return signal === undefined ? limit : AbortSignal.any([signal, limit]);
};
