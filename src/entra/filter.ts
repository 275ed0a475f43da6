import ipaddr from 'ipaddr.js';
import type { Condition } from './condition.ts';
import { type Property, ruleOf, SIGN_IN_PROPERTIES, type ValueKind } from './properties.ts';
import type { Query, Window } from './query.ts';

/** What Graph is given: only properties and operators that its documentation names. */
export type Filter =
  | {
      readonly op: 'eq' | 'ge' | 'le';
      readonly property: Property;
      readonly value: string | number | boolean;
    }
  | Extract<Condition, { readonly op: 'startswith' | 'any' }>
  | { readonly op: 'and' | 'or'; readonly of: readonly Filter[] };

/** Text as one OData literal. A lone surrogate cannot travel in a URL, so it becomes U+FFFD. */
export const quoted = (text: string): string => `'${text.toWellFormed().replaceAll("'", "''")}'`;

/** An instant without quotes (Graph refuses quoted ones), in seconds where it has no milliseconds. */
const instant = (value: string): string => new Date(value).toISOString().replace('.000Z', 'Z');

const literal = (kind: ValueKind, value: string | number | boolean): string => {
  switch (kind) {
    case 'text':
    case 'list':
      return quoted(String(value));
    case 'instant':
      return instant(String(value));
    case 'number':
      return String(Number(value));
    case 'flag':
      return String(value === true);
  }
};

const group = (filter: Filter & { op: 'and' | 'or' }, inside: boolean): string => {
  const parts = filter.of.map((part) => write(part, filter.of.length > 1));
  const text = parts.join(` ${filter.op} `);
  // An or-group always wears parentheses, so that it stays one clause wherever it is put.
  return parts.length > 1 && (filter.op === 'or' || inside) ? `(${text})` : text;
};

const write = (filter: Filter, inside: boolean): string => {
  switch (filter.op) {
    case 'eq':
    case 'ge':
    case 'le':
      return `${filter.property} ${filter.op} ${literal(ruleOf(filter.property).kind, filter.value)}`;
    case 'startswith':
      return `startswith(${filter.property},${quoted(filter.value)})`;
    case 'any': {
      const tests = filter.values.map((value) => `t ${filter.is} ${quoted(value)}`);
      return `${filter.property}/any(t: ${tests.join(' or ')})`;
    }
    case 'and':
    case 'or':
      return group(filter, inside);
  }
};

/**
 * Writes a filter as OData text, decoded: the only place where OData is written and values are quoted.
 *
 * @throws RangeError if an instant is not one.
 */
export const toOData = (filter: Filter): string => write(filter, false);

/** What Graph can test of a condition; `exact` when it tests all of it. */
export interface Widened {
  readonly filter?: Filter;
  readonly exact: boolean;
}

const NOTHING: Widened = { exact: false };

/** Whole octets only: `startswith` on a cut octet would catch 203.0.113.40 with 203.0.113.4. */
const rangePrefix = (range: string): Widened => {
  if (!ipaddr.isValidCIDR(range)) return NOTHING;
  const [address, bits] = ipaddr.parseCIDR(range);
  if (address.kind() !== 'ipv4') return NOTHING;
  const octets = address.toString().split('.');
  if (bits === 32) {
    return { filter: { op: 'eq', property: 'ipAddress', value: octets.join('.') }, exact: true };
  }
  const whole = Math.floor(bits / 8);
  if (whole === 0) return NOTHING;
  const value = `${octets.slice(0, whole).join('.')}.`;
  return { filter: { op: 'startswith', property: 'ipAddress', value }, exact: bits % 8 === 0 };
};

/** A part that cannot be pushed down is simply left out of an `and`. */
const widenAll = (parts: readonly Condition[]): Widened => {
  const widened = parts.map(widen);
  const filters = widened.flatMap(({ filter }) => filter ?? []);
  const exact = widened.every((part) => part.exact);
  return filters.length === 0 ? { exact } : { filter: { op: 'and', of: filters }, exact };
};

/** One part of an `or` that cannot be pushed down takes the whole group with it, or true rows are lost. */
const widenEither = (parts: readonly Condition[]): Widened => {
  const widened = parts.map(widen);
  const filters = widened.flatMap(({ filter }) => filter ?? []);
  if (filters.length === 0 || filters.length < parts.length) return NOTHING;
  return { filter: { op: 'or', of: filters }, exact: widened.every((part) => part.exact) };
};

const isFilterable = (property: string): property is Property => Object.hasOwn(SIGN_IN_PROPERTIES, property);

/**
 * The narrowest filter that Graph documents and that loses no row for which the condition holds.
 * Without `filter` Graph can test nothing of it, and the rows must be.
 */
export const widen = (condition: Condition): Widened => {
  switch (condition.op) {
    case 'eq': {
      const { property, value } = condition;
      if (!isFilterable(property) || !ruleOf(property).operators.includes('eq')) return NOTHING;
      return { filter: { op: 'eq', property, value }, exact: true };
    }
    case 'startswith':
      return ruleOf(condition.property).operators.includes('startswith')
        ? { filter: condition, exact: true }
        : NOTHING;
    case 'any':
      // Only signInEventTypes documents `ne`; a test of no value at all cannot be written.
      return condition.values.length === 0 ||
        (condition.is === 'ne' && condition.property !== 'signInEventTypes')
        ? NOTHING
        : { filter: condition, exact: true };
    case 'within':
      return rangePrefix(condition.range);
    case 'and':
      return widenAll(condition.of);
    case 'or':
      return widenEither(condition.of);
    case 'not':
      return NOTHING;
  }
};

/** The window as clauses. Graph has only `ge` and `le`, so an exclusive end is widened to an inclusive one. */
export const windowFilters = (from: string | undefined, to: string | undefined): readonly Filter[] => [
  ...(from === undefined ? [] : [{ op: 'ge', property: 'createdDateTime', value: from } as const]),
  ...(to === undefined ? [] : [{ op: 'le', property: 'createdDateTime', value: to } as const]),
];

const USER = new Set<Property>(['userPrincipalName', 'userId', 'userDisplayName']);

/** Flag, dates, user, then the rest in the order of the phrase. */
const rank = (filter: Filter): number => {
  if (!('property' in filter)) return filter.of.every((part) => rank(part) === 2) ? 2 : 3;
  if (filter.property === 'flaggedForReview') return 0;
  if (filter.property === 'createdDateTime') return 1;
  return USER.has(filter.property) ? 2 : 3;
};

/** Without this clause Graph returns interactive sign-ins only: it does not narrow the answer, it makes it another. */
const choosesEvents = (filter: Filter): boolean =>
  filter.op === 'any' && filter.property === 'signInEventTypes';

/**
 * Whether a clause belongs to what is asked at least: what Microsoft's own examples combine (flagged, never "not
 * flagged", dates, one user), and the event types.
 */
export const isCore = (filter: Filter): boolean =>
  choosesEvents(filter) ||
  ((filter.op === 'eq' || filter.op === 'ge' || filter.op === 'le') &&
    rank(filter) < 3 &&
    filter.value !== false);

const clauses = (filter: Filter): readonly Filter[] =>
  filter.op === 'and' ? filter.of.flatMap(clauses) : [filter];

/** Joins clauses in the one stable order; undefined when there is none. */
export const allOf = (filters: readonly Filter[]): Filter | undefined => {
  const flat = filters.flatMap(clauses).sort((one, other) => rank(one) - rank(other));
  return flat.length === 0 ? undefined : { op: 'and', of: flat };
};

/** The clauses of the conditions alone, without any window. */
export const whereFilters = (where: readonly Condition[]): readonly Filter[] =>
  where.flatMap((condition) => widen(condition).filter ?? []);

const literalWindow = ({ from, to }: Window): readonly Filter[] => windowFilters(from?.at, to?.at);

/** The literal translation of a question: no default window, no clipping; undefined when nothing is pushed down. */
export const literalFilter = (query: Query): Filter | undefined =>
  allOf([...literalWindow(query.window), ...whereFilters(query.where)]);
