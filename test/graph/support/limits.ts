import { afterEach, jest } from '@jest/globals';

/**
 * Holds every time limit: none passes by itself, however long the machine takes. What is returned lets those of so
 * many milliseconds pass that were set until then.
 */
export const holdLimits = (): ((milliseconds: number) => void) => {
  const set: { readonly milliseconds: number; readonly limit: AbortController }[] = [];
  jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
    const limit = new AbortController();
    set.push({ milliseconds, limit });
    return limit.signal;
  });
  return (passing) => {
    for (const { milliseconds, limit } of set) {
      if (milliseconds === passing) limit.abort(new DOMException('The limit has passed.', 'TimeoutError'));
    }
  };
};

afterEach(() => {
  jest.restoreAllMocks();
});
