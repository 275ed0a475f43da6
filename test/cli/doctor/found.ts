import { expect } from '@jest/globals';
import type { FindingVerdict, Found } from '../../../src/cli/doctor/finding.ts';

export const TENANT = '7f1c9d2e-4b58-4a36-9c0e-2d5f6a81b3c4';
export const APP = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';

export const verdicts = (found: readonly Found[]): readonly FindingVerdict[] =>
  found.map(({ verdict }) => verdict);

/** The one thing that is found. */
export const only = (found: readonly Found[]): Found => {
  expect(found).toHaveLength(1);
  const [one] = found;
  if (!one) throw new Error('Nothing is found.');
  return one;
};
