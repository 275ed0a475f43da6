import { describe, expect, test } from '@jest/globals';
import { isoOf, showAge, showInstant } from '../../src/lib/time.ts';

describe('an instant is shown in UTC and in the zone of the person', () => {
  test.each([
    ['2026-11-20T14:05:07Z', 'UTC', '2026-11-20 14:05:07 UTC'],
    ['2026-11-20T14:05:07Z', 'Europe/Oslo', '2026-11-20 14:05:07 UTC (15:05:07 Europe/Oslo)'],
    ['2026-07-20T14:05:07Z', 'Europe/Oslo', '2026-07-20 14:05:07 UTC (16:05:07 Europe/Oslo)'],
    ['2026-11-20T23:05:07Z', '+05:30', '2026-11-20 23:05:07 UTC (2026-11-21 04:35:07 +05:30)'],
    ['2026-11-20T02:00:00Z', '-08:00', '2026-11-20 02:00:00 UTC (2026-11-19 18:00:00 -08:00)'],
    ['2026-11-20T14:05:07.1234567Z', 'UTC', '2026-11-20 14:05:07 UTC'],
    ['2026-11-20T14:05:07.999Z', 'UTC', '2026-11-20 14:05:07 UTC'],
    ['2026-11-20T14:05Z', 'UTC', '2026-11-20 14:05:00 UTC'],
    ['2026-11-20T15:05:07+01:00', 'UTC', '2026-11-20 14:05:07 UTC'],
    ['2026-11-20T14:05:07Z', 'Nowhere/Land', '2026-11-20 14:05:07 UTC (14:05:07 Nowhere/Land)'],
  ])('%s in %s', (iso, zone, shown) => {
    expect(showInstant(iso, zone)).toBe(shown);
  });

  test.each([
    '',
    'soon',
    'x 1',
    '2026-13-45T00:00:00Z',
    '2026-11-20',
    '0000-01-01T00:00:00Z',
    '9999-12-31T12:00:00Z',
  ])('text that is no instant comes back as it is: %j', (text) => {
    expect(showInstant(text, 'Europe/Oslo')).toBe(text);
  });
});

test.each([
  [0, '0 s'],
  [-5000, '0 s'],
  [12_999, '12 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [86_399_999, '23 h'],
  [86_400_000, '1 d'],
  [30 * 86_400_000, '30 d'],
])('an age of %i ms is shown as %s', (ms, shown) => {
  expect(showAge(ms)).toBe(shown);
});

test.each([
  [Date.UTC(2026, 10, 20), '2026-11-20T00:00:00Z'],
  [Date.UTC(2026, 10, 20, 23, 59, 59, 999), '2026-11-20T23:59:59.999Z'],
  [-1e17, '0001-01-01T00:00:00Z'],
  [1e17, '9999-12-31T23:59:59.999Z'],
])(
  '%i is written %s, with a fraction only where there is one and four digits for the year',
  (instant, iso) => {
    expect(isoOf(instant)).toBe(iso);
  },
);
