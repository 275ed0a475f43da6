/** The months by their English names and the usual short forms; January is 1. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    ['january', 'jan'],
    ['february', 'feb'],
    ['march', 'mar'],
    ['april', 'apr'],
    ['may'],
    ['june', 'jun'],
    ['july', 'jul'],
    ['august', 'aug'],
    ['september', 'sep', 'sept'],
    ['october', 'oct'],
    ['november', 'nov'],
    ['december', 'dec'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** The days of the ISO week; Monday is 0. */
export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  [
    ['monday', 'mon'],
    ['tuesday', 'tue', 'tues'],
    ['wednesday', 'wed', 'weds'],
    ['thursday', 'thu', 'thur', 'thurs'],
    ['friday', 'fri'],
    ['saturday', 'sat'],
    ['sunday', 'sun'],
  ].flatMap((names, index) => names.map((name) => [name, index] as const)),
);

/** A unit of time: months where its length depends on the calendar, else seconds. */
export interface Unit {
  readonly name: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'fortnight' | 'month' | 'year';
  readonly seconds: number;
  readonly months: number;
}

const unit = (name: Unit['name'], seconds: number, months: number, words: string): [string, Unit][] =>
  words.split(' ').map((word) => [word, { name, seconds, months }]);

/** "m" is minutes: on call, "last 90m" is never months. */
export const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...unit('second', 1, 0, 's sec secs second seconds'),
  ...unit('minute', 60, 0, 'm min mins minute minutes'),
  ...unit('hour', 3600, 0, 'h hr hrs hour hours'),
  ...unit('day', 86_400, 0, 'd day days'),
  ...unit('week', 604_800, 0, 'w wk wks week weeks'),
  ...unit('fortnight', 1_209_600, 0, 'fortnight fortnights'),
  ...unit('month', 0, 1, 'mo mth mths month months'),
  ...unit('year', 0, 12, 'y yr yrs year years'),
]);

/** Amounts written as words; "a few" is three, and the answer says so. */
export const AMOUNTS: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ['half', 0.5],
  ['couple', 2],
  ['few', 3],
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].map(
    (word, index) => [word, index + 1] as const,
  ),
]);

/** A part of a day, in hours after its midnight; wide, so that nothing is missed. */
export interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The parts of a day; a night ends on the next day. */
export const PARTS: ReadonlyMap<string, Part> = new Map([
  ['morning', { name: 'morning', from: 0, to: 12 }],
  ['afternoon', { name: 'afternoon', from: 12, to: 18 }],
  ['evening', { name: 'evening', from: 18, to: 24 }],
  ['night', { name: 'night', from: 18, to: 30 }],
]);
