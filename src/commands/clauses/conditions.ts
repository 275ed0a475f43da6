import type { Condition } from '../../entra/condition.ts';
import type { ListProperty, LocalProperty, Property } from '../../entra/properties.ts';

export const eq = (property: Property | LocalProperty, value: string | number | boolean): Condition => ({
  op: 'eq',
  property,
  value,
});

export const startswith = (property: Property, value: string): Condition => ({
  op: 'startswith',
  property,
  value,
});

export const anyOf = (property: ListProperty, ...values: readonly string[]): Condition => ({
  op: 'any',
  property,
  is: 'eq',
  values,
});

export const not = (of: Condition): Condition => (of.op === 'not' ? of.of : { op: 'not', of });

/** One alternative by itself, several joined with "or". */
export const either = (conditions: readonly Condition[]): Condition => {
  const [only, ...others] = conditions;
  return only !== undefined && others.length === 0 ? only : { op: 'or', of: conditions };
};
