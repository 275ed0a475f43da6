import { describe, expect, test } from '@jest/globals';
import { ABBREVIATIONS, AMBIGUOUS_ZONES, RENAMED_ZONES } from '../../src/lib/zone-names.ts';
import {
  cityZone,
  looksLikeZone,
  mostCityWords,
  offsetAt,
  zoneChoices,
  zoneNamed,
} from '../../src/lib/zones.ts';

describe('a zone is known by', () => {
  test.each([
    ['Europe/Oslo', 'Europe/Oslo'],
    ['europe/oslo', 'Europe/Oslo'],
    ['ASIA/KOLKATA', 'Asia/Kolkata'],
    ['America/Port-au-Prince', 'America/Port-au-Prince'],
    ['us/pacific', 'US/Pacific'],
    ['etc/gmt+5', 'Etc/GMT+5'],
    ['america/argentina/ushuaia', 'America/Argentina/Ushuaia'],
    ['Sydney', 'Australia/Sydney'],
    ['new york', 'America/New_York'],
    ['port-au-prince', 'America/Port-au-Prince'],
    ['UTC', 'UTC'],
    ['gmt', 'UTC'],
    ['Z', 'UTC'],
    ['CEST', '+02:00'],
    ['ET', 'America/New_York'],
    ['+05:30', '+05:30'],
    ['-0800', '-08:00'],
    ['+2', '+02:00'],
    ['utc+2', '+02:00'],
    ['GMT-03:00', '-03:00'],
    ['+14', '+14:00'],
    ['-12:00', '-12:00'],
    ['UTC+0', 'UTC'],
    [' Europe/Oslo ', 'Europe/Oslo'],
  ])('%s: %s', (name, zone) => {
    expect(zoneNamed(name)).toBe(zone);
  });

  test.each([
    '',
    'IST',
    'CST',
    'bst',
    '+14:30',
    '-13',
    '+5:75',
    'Mars',
    'Europe/Olso',
    'Europe',
    'constructor',
    '../etc',
    `Europe/${'a'.repeat(4000)}`,
  ])('nothing else: %s', (name) => {
    expect(zoneNamed(name)).toBeUndefined();
  });

  test('every zone that an abbreviation or a choice stands for exists', () => {
    const choices = [...AMBIGUOUS_ZONES.values()].flat().map(({ zone }) => zone);
    for (const zone of [...ABBREVIATIONS.values(), ...choices, ...RENAMED_ZONES])
      expect(zoneNamed(zone)).toBe(zone);
  });

  test('no abbreviation is both ambiguous and not', () => {
    for (const name of AMBIGUOUS_ZONES.keys()) expect(ABBREVIATIONS.has(name)).toBe(false);
  });
});

test('an ambiguous abbreviation names its choices', () => {
  expect(zoneChoices('IST')?.map(({ zone }) => zone)).toEqual(['+05:30', 'Asia/Jerusalem', 'Europe/Dublin']);
  expect(zoneChoices('CET')).toBeUndefined();
});

test('cities are known with the number of words that they can have', () => {
  expect(cityZone('ho chi minh')).toBe('Asia/Ho_Chi_Minh');
  expect(mostCityWords('ho')).toBe(3);
  expect(mostCityWords('nigeria')).toBe(0);
});

test('what begins like an IANA name is told from other words with a slash', () => {
  expect(looksLikeZone('Europe/Olso')).toBe(true);
  expect(looksLikeZone('198.51.96.0/20')).toBe(false);
  expect(looksLikeZone('/')).toBe(false);
});

describe('offsets', () => {
  const summer = Date.parse('2026-07-01T00:00:00Z');
  const winter = Date.parse('2026-01-01T00:00:00Z');

  test.each([
    ['UTC', summer, 0],
    ['Europe/Oslo', summer, 120],
    ['Europe/Oslo', winter, 60],
    ['+05:30', summer, 330],
    ['-03:30', winter, -210],
    ['Nowhere/Land', winter, 0],
  ])('%s at %i is %i minutes', (zone, instant, minutes) => {
    expect(offsetAt(zone, instant)).toBe(minutes * 60_000);
    expect(offsetAt(zone, instant + 1)).toBe(minutes * 60_000);
  });

  test('a change is seen in its very minute', () => {
    const change = Date.parse('2026-03-29T01:00:00Z');
    expect([offsetAt('Europe/Oslo', change - 1), offsetAt('Europe/Oslo', change)]).toEqual([
      3_600_000, 7_200_000,
    ]);
  });

  test('what is remembered stays bounded and right for many minutes and many names', () => {
    for (let minute = 0; minute < 20_500; minute += 1) offsetAt('+01:00', winter + minute * 60_000);
    for (let name = 0; name < 1100; name += 1) offsetAt(`Nowhere/${name}`, winter);
    expect(offsetAt('+01:00', winter)).toBe(3_600_000);
  });
});
