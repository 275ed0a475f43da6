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
