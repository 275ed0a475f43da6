import { afterEach } from '@jest/globals';
import { type Limits, takeLimits } from '../../support/limits.ts';

const held: Limits[] = [];

afterEach(() => {
  for (const limits of held.splice(0)) limits.release();
});

/** Takes all time limits in hand until the test ends; gives what lets those of so many milliseconds pass. */
export const holdLimits = (): Limits['pass'] => {
  const limits = takeLimits();
  held.push(limits);
  return limits.pass;
};
