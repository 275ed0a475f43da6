import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../src/entra/condition.ts';
import { isWithin, matches } from '../../src/entra/matches.ts';
import { signIn } from '../graph/support/rows.ts';

const eq = (
  property: (Condition & { op: 'eq' })['property'],
  value: string | number | boolean,
): Condition => ({
  op: 'eq',
  property,
  value,
});
const not = (of: Condition): Condition => ({ op: 'not', of });
const within = (range: string): Condition => ({ op: 'within', range });

describe('a row is tested against a question', () => {
  test.each<[string, Condition, string]>([
    ['text without case', eq('userPrincipalName', 'USER@contoso.com'), 'yes'],
    ['other text', eq('userPrincipalName', 'other@contoso.com'), 'no'],
    ['a nested value', eq('location/countryOrRegion', 'no'), 'yes'],
    ['a number', eq('status/errorCode', 50126), 'yes'],
    ['another number', eq('status/errorCode', 0), 'no'],
    ['a flag', eq('flaggedForReview', true), 'yes'],
    ['the other flag', eq('flaggedForReview', false), 'no'],
    ['a value that the row lacks', eq('autonomousSystemNumber', 1), 'unknown'],
    ['a value of another kind', eq('status/errorCode', 'x'), 'unknown'],
    ['a list that holds it', eq('signInEventTypes', 'interactiveuser'), 'yes'],
    ['a prefix without case', { op: 'startswith', property: 'userDisplayName', value: 'us' }, 'yes'],
    ['another prefix', { op: 'startswith', property: 'userDisplayName', value: 'x' }, 'no'],
    ['a prefix of what the row lacks', { op: 'startswith', property: 'userAgent', value: 'x' }, 'unknown'],
    ['a negation', not(eq('location/countryOrRegion', 'US')), 'yes'],
    ['a negation of what the row lacks', not(eq('autonomousSystemNumber', 1)), 'unknown'],
  ])('%s', (_what, condition, match) => {
    expect(matches(condition, signIn())).toBe(match);
  });

  test('a conjunction with one contradiction is contradicted, whatever is unknown', () => {
    const unknown = eq('autonomousSystemNumber', 1);
    const no = eq('status/errorCode', 0);
    const yes = eq('status/errorCode', 50126);
    const all = (...of: readonly Condition[]) => matches({ op: 'and', of }, signIn());
    const some = (...of: readonly Condition[]) => matches({ op: 'or', of }, signIn());
    expect([all(unknown, no), all(unknown, yes), all(yes), all()]).toEqual(['no', 'unknown', 'yes', 'yes']);
    expect([some(unknown, yes), some(unknown, no), some(no), some()]).toEqual(['yes', 'unknown', 'no', 'no']);
  });

  test.each([null, undefined, '', 'hidden', 'unknownFutureValue'])(
    'H101: a risk level that Graph gives as %p says nothing, for or against',
    (riskLevelAggregated) => {
      const row = signIn({ riskLevelAggregated });
      expect(matches(eq('riskLevelAggregated', 'high'), row)).toBe('unknown');
      expect(matches(not(eq('riskLevelAggregated', 'none')), row)).toBe('unknown');
    },
  );

  test('H101: a risk state that nobody knows is none of the known ones', () => {
    expect(matches(eq('riskState', 'confirmedSafe'), signIn({ riskState: 'newThing' }))).toBe('no');
  });

  test('"hidden" can be asked for', () => {
    expect(matches(eq('riskState', 'hidden'), signIn({ riskState: 'hidden' }))).toBe('yes');
  });

  test('lists: one element is enough, and an unknown member leaves it open', () => {
    const asks = (is: 'eq' | 'ne', riskEventTypes_v2: unknown) =>
      matches(
        { op: 'any', property: 'riskEventTypes_v2', is, values: ['a', 'b'] },
        signIn({ riskEventTypes_v2 }),
      );
    expect([asks('eq', ['x', 'B']), asks('eq', ['x']), asks('eq', []), asks('eq', null)]).toEqual([
      'yes',
      'no',
      'no',
      'unknown',
    ]);
    expect(asks('eq', ['unknownFutureValue'])).toBe('unknown');
    expect(asks('ne', ['x'])).toBe('yes');
  });
});

describe('addresses', () => {
  test('compare by value', () => {
    expect(matches(eq('ipAddress', '2001:DB8:0::1'), signIn({ ipAddress: '2001:db8::1' }))).toBe('yes');
    expect(matches(eq('ipAddress', '203.0.113.7'), signIn({ ipAddress: '::ffff:203.0.113.7' }))).toBe('yes');
    expect(matches(eq('ipAddress', 'x'), signIn({ ipAddress: 'X' }))).toBe('yes');
  });

  test.each([
    ['203.0.113.0/24', '203.0.113.7', 'yes'],
    ['203.0.112.0/20', '203.0.113.7', 'yes'],
    ['198.51.96.0/20', '203.0.113.7', 'no'],
    ['203.0.113.0/24', '2001:db8::1', 'no'],
    ['2001:db8::/32', '2001:db8::1', 'yes'],
    ['203.0.113.0/24', 'masked', 'unknown'],
    ['203.0.113.0/24', null, 'unknown'],
    ['no range', '203.0.113.7', 'unknown'],
  ])('range %s, row %s: %s', (range, ipAddress, match) => {
    expect(matches(within(range), signIn({ ipAddress }))).toBe(match);
  });
});

describe('a window', () => {
  const open = { from: { at: '2026-11-20T00:00:00Z', inclusive: true } };
  const after = { from: { at: '2026-11-20T00:00:00Z', inclusive: false } };
  const day = { ...open, to: { at: '2026-11-20T23:59:59.999Z', inclusive: true } };
  const before = { to: { at: '2026-11-20T00:00:00Z', inclusive: false } };

  test.each([
    ['from its first instant', open, '2026-11-20T00:00:00Z', true],
    ['not before it', open, '2026-11-19T23:59:59.9999999Z', false],
    ['"after" leaves the instant out', after, '2026-11-20T00:00:00.0000000Z', false],
    ['"after" takes what follows within the millisecond', after, '2026-11-20T00:00:00.0000001Z', true],
    ['"after" takes later ones', after, '2026-11-20T00:00:00.001Z', true],
    ['a day ends with the last of its last millisecond', day, '2026-11-20T23:59:59.9999999Z', true],
    ['a day ends', day, '2026-11-21T00:00:00Z', false],
    ['"before" takes the last instant', before, '2026-11-19T23:59:59.9999999Z', true],
    ['"before" leaves the instant out', before, '2026-11-20T00:00:00Z', false],
    ['offsets are understood', before, '2026-11-20T01:30:00+02:00', true],
    ['no window takes all', {}, '1999-01-01T00:00:00Z', true],
  ])('%s', (_what, window, at, isIn) => {
    expect(isWithin(window, at)).toBe(isIn);
  });
});
