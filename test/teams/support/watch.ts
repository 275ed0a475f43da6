import { afterEach, expect } from '@jest/globals';

/** Fails a test after which Object.prototype is not what it was. (Jest fails one that leaves a rejection unhandled.) */
export const watchPrototype = (): void => {
  const names = Object.getOwnPropertyNames(Object.prototype).sort();
  afterEach(() => {
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(names);
  });
};
