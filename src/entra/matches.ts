import ipaddr from 'ipaddr.js';
import type { Condition } from './condition.ts';
import type { Window } from './query.ts';
import type { SignIn } from './sign-in.ts';

/** Whether a row belongs to a question; `unknown` when the row does not say what the question is about. */
export type Match = 'yes' | 'no' | 'unknown';

const matchOf = (holds: boolean): Match => (holds ? 'yes' : 'no');

const every = (matches: readonly Match[]): Match => {
  if (matches.includes('no')) return 'no';
  return matches.includes('unknown') ? 'unknown' : 'yes';
};

const some = (matches: readonly Match[]): Match => {
  if (matches.includes('yes')) return 'yes';
  return matches.includes('unknown') ? 'unknown' : 'no';
};

const NEGATED: Readonly<Record<Match, Match>> = { yes: 'no', no: 'yes', unknown: 'unknown' };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The value at a property path such as `status/errorCode`; undefined where the row holds none. */
const valueAt = (signIn: SignIn, path: string): unknown =>
  path
    .split('/')
    .reduce<unknown>((value, name) => (isRecord(value) ? (value[name] ?? undefined) : undefined), signIn);

/** Graph withholds risk without the licence, and enum members that it thinks the caller does not know. */
const WITHHELD = new Set(['hidden', 'unknownfuturevalue', '']);

const sameText = (value: string, wanted: string): Match => {
  if (value.toLowerCase() === wanted.toLowerCase()) return 'yes';
  return WITHHELD.has(value.toLowerCase()) ? 'unknown' : 'no';
};

/** An address as one normal text, IPv4 inside IPv6 as IPv4; other text as it is. */
const canonicalAddress = (text: string): string =>
  ipaddr.isValid(text) ? ipaddr.process(text).toNormalizedString() : text;

const equals = (value: unknown, wanted: string | number | boolean, property: string): Match => {
  if (Array.isArray(value)) return some(value.map((item) => equals(item, wanted, property)));
  if (typeof value === 'string' && typeof wanted === 'string') {
    return property === 'ipAddress'
      ? sameText(canonicalAddress(value), canonicalAddress(wanted))
      : sameText(value, wanted);
  }
  return typeof value === typeof wanted ? matchOf(value === wanted) : 'unknown';
};

const starts = (value: unknown, wanted: string): Match => {
  if (typeof value !== 'string' || value === '') return 'unknown';
  return matchOf(value.toLowerCase().startsWith(wanted.toLowerCase()));
};

const includes = (value: unknown, { is, values, property }: Condition & { op: 'any' }): Match => {
  if (!Array.isArray(value)) return 'unknown';
  return some(
    value.flatMap((item) =>
      values.map((wanted) => {
        const match = equals(item, wanted, property);
        return is === 'eq' ? match : NEGATED[match];
      }),
    ),
  );
};

const inside = (value: unknown, range: string): Match => {
  if (typeof value !== 'string' || !ipaddr.isValid(value) || !ipaddr.isValidCIDR(range)) return 'unknown';
  const address = ipaddr.process(value);
  const [network, bits] = ipaddr.parseCIDR(range);
  return matchOf(address.kind() === network.kind() && address.match(network, bits));
};

/**
 * Tests one row against a condition. Text compares without case, addresses by value; only a value that
 * contradicts the condition gives `no`, so a check never hides a true row.
 */
export const matches = (condition: Condition, signIn: SignIn): Match => {
  switch (condition.op) {
    case 'eq':
      return equals(valueAt(signIn, condition.property), condition.value, condition.property);
    case 'startswith':
      return starts(valueAt(signIn, condition.property), condition.value);
    case 'any':
      return includes(valueAt(signIn, condition.property), condition);
    case 'within':
      return inside(signIn.ipAddress, condition.range);
    case 'and':
      return every(condition.of.map((part) => matches(part, signIn)));
    case 'or':
      return some(condition.of.map((part) => matches(part, signIn)));
    case 'not':
      return NEGATED[matches(condition.of, signIn)];
  }
};

/** Whether the instant lies after its own whole millisecond: Graph writes seven digits, `Date.parse` reads three. */
const isBeyondMillisecond = (instant: string): boolean => /\.\d{3}\d*[1-9]/.test(instant);

/**
 * Whether a row lies in a window. Bounds name milliseconds: an inclusive end takes all of its last millisecond
 * with it ("…59.999Z" is the end of the day), every other comparison is exact.
 */
export const isWithin = (window: Window, createdDateTime: string): boolean => {
  const at = Date.parse(createdDateTime);
  const { from, to } = window;
  if (from !== undefined) {
    const start = Date.parse(from.at);
    if (at < start) return false;
    if (at === start && !from.inclusive && !isBeyondMillisecond(createdDateTime)) return false;
  }
  if (to === undefined) return true;
  const end = Date.parse(to.at);
  return to.inclusive ? at <= end : at < end;
};
