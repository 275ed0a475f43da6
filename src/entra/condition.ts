import type { ListProperty, LocalProperty, Property } from './properties.ts';

/**
 * What a question demands of a row, in full, whether or not Graph can test it.
 * `any` holds if one element of the list is equal (`eq`) or unequal (`ne`) to one of the values;
 * `within` is an address range in CIDR form; `not` is always a second pass.
 */
export type Condition =
  | {
      readonly op: 'eq';
      readonly property: Property | LocalProperty;
      readonly value: string | number | boolean;
    }
  | { readonly op: 'startswith'; readonly property: Property; readonly value: string }
  | {
      readonly op: 'any';
      readonly property: ListProperty;
      readonly is: 'eq' | 'ne';
      readonly values: readonly string[];
    }
  | { readonly op: 'within'; readonly range: string }
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

const IDS: ReadonlySet<string> = new Set(['id', 'correlationId', 'originalRequestId']);

/** Whether it asks for an exact id, for which the whole retention is searched. */
export const isById = (condition: Condition): boolean => condition.op === 'eq' && IDS.has(condition.property);

/** Whether it says which kinds of sign-in are meant; Graph returns interactive ones alone where nothing does. */
export const namesEventTypes = (condition: Condition): boolean => {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.of.some(namesEventTypes);
    case 'not':
      return namesEventTypes(condition.of);
    default:
      return 'property' in condition && condition.property === 'signInEventTypes';
  }
};
