import { describe, expect, test } from '@jest/globals';
import { clockFindings, readingOf, readingOfToken } from '../../../src/cli/doctor/clock.ts';
import { only } from './found.ts';

describe('the clock', () => {
  const NOW = Date.parse('2026-11-22T12:00:00Z');
  const off = (seconds: number) =>
    only(clockFindings([{ who: 'Graph', theirs: NOW + seconds * 1000, ours: NOW }]));

  test.each([
    [0, 'ok'],
    [30, 'ok'],
    [-30, 'ok'],
    [31, 'warning'],
    [-300, 'warning'],
    [301, 'wrong'],
    [-86_400, 'wrong'],
  ])('%i seconds off is %s', (seconds, verdict) => {
    expect(off(seconds).verdict).toBe(verdict);
  });

  test('is told in seconds, minutes, hours or days, and which way', () => {
    expect(off(45).what).toBe('The clock of this machine is 45 seconds behind that of Graph.');
    expect(off(-600).what).toBe('The clock of this machine is 10 minutes before that of Graph.');
    expect(off(-7200).what).toContain('is 2 hours before');
    expect(off(-86_400).what).toContain('is 24 hours before');
    expect(off(30 * 86_400).what).toContain('is 30 days behind');
  });

  test('goes by whoever differs most, and a token that is not valid yet counts too', () => {
    const readings = [
      ...readingOf('Graph', new Date(NOW).toUTCString(), NOW),
      ...readingOfToken('the login', NOW / 1000 + 600, NOW),
      ...readingOf('nobody', 'no date', NOW),
      ...readingOfToken('nobody', NOW / 1000 - 300, NOW),
      ...readingOfToken('nobody', undefined, NOW),
    ];
    expect(readings).toHaveLength(2);
    expect(only(clockFindings(readings)).what).toContain('10 minutes behind that of the login');
  });
});
