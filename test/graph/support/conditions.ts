import type { Condition } from '../../../src/entra/condition.ts';

export const eq = (
  property: (Condition & { op: 'eq' })['property'],
  value: string | number | boolean,
): Condition => ({ op: 'eq', property, value });

export const country = (value: string): Condition => eq('location/countryOrRegion', value);

export const not = (of: Condition): Condition => ({ op: 'not', of });
