import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { splice } from '../../../src/commands/when/read-when.ts';
import { problem, reading, readText, showWindow } from './reading.ts';

const golden = readFileSync(new URL('golden/expressions.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.includes(' => '));

describe('what people say means what the table says', () => {
  test.each(golden)('%s', (line) => {
    const [said = '', meant = ''] = line.split(' => ');
    const [, zone, text = said] = /^\[(.+?)\] (.*)$/.exec(said) ?? [];
    expect(showWindow(text, zone === undefined ? {} : { zone })).toBe(meant.trim());
  });
});

describe('what counts from a day depends on the day', () => {
  test.each([
    ['last weekend', '2026-11-23T09:00:00Z', '2026-11-21T00:00:00Z .. 2026-11-22T23:59:59.999Z'],
    ['over the weekend', '2026-11-27T09:00:00Z', '2026-11-21T00:00:00Z .. 2026-11-22T23:59:59.999Z'],
    ['this weekend', '2026-11-25T09:00:00Z', '2026-11-21T00:00:00Z .. 2026-11-22T23:59:59.999Z'],
    ['this weekend', '2026-11-22T09:00:00Z', '2026-11-21T00:00:00Z ..'],
    ['next weekend', '2026-11-25T09:00:00Z', 'bad-date: today'],
    ['on Monday', '2026-11-23T09:00:00Z', '2026-11-23T00:00:00Z .. 2026-11-23T23:59:59.999Z'],
    ['last Monday', '2026-11-23T09:00:00Z', '2026-11-16T00:00:00Z .. 2026-11-16T23:59:59.999Z'],
    ['next Monday', '2026-11-23T09:00:00Z', 'bad-date: today'],
    ['last week', '2026-01-01T09:00:00Z', '2025-12-22T00:00:00Z .. 2025-12-28T23:59:59.999Z'],
    ['last month', '2026-01-31T09:00:00Z', '2025-12-01T00:00:00Z .. 2025-12-31T23:59:59.999Z'],
    ['last month', '2028-03-31T09:00:00Z', '2028-02-01T00:00:00Z .. 2028-02-29T23:59:59.999Z'],
    ['past month', '2026-03-31T09:00:00Z', '2026-02-28T09:00:00Z~2678400 ..'],
    ['the 31st', '2026-05-05T09:00:00Z', '2026-03-31T00:00:00Z .. 2026-03-31T23:59:59.999Z'],
    ['29 Feb', '2028-03-01T09:00:00Z', '2028-02-29T00:00:00Z .. 2028-02-29T23:59:59.999Z'],
    ['29 Feb', '2104-02-28T00:00:00Z', '2096-02-29T00:00:00Z .. 2096-02-29T23:59:59.999Z'],
    ['between 22:00 and 02:00', '2026-11-21T01:00:00Z', '2026-11-20T22:00:00Z .. 2026-11-21T02:00:00Z'],
    ['1/11', '2026-11-21T12:00:00Z', 'ambiguous-date: 2026-11-01 / 2026-01-11'],
    ['1/11', '2026-01-12T12:00:00Z', 'ambiguous-date: 2026-01-11 / 2025-11-01'],
    ['1/12/2026', '2026-01-01T00:00:00Z', 'ambiguous-date: 2026-12-01 / 2026-01-12'],
  ])('%s, said on %s', (text, now, window) => {
    expect(showWindow(text, { now })).toBe(window);
  });

  test('the weekend is the one of the zone that counts: it is Monday already in Auckland', () => {
    const said = { now: '2026-11-22T12:00:00Z', zone: 'Pacific/Auckland' };
    expect(showWindow('last weekend', said)).toBe('2026-11-20T11:00:00Z .. 2026-11-22T10:59:59.999Z');
  });
});

describe('what was assumed is said', () => {
  test.each([
    ['since 23:00', "23:00 has not come yet today, so yesterday's is taken (2026-11-20)."],
    ['at 9am yesterday', 'A time is taken as the 15 minutes before and after it.'],
    ['around noon yesterday', 'A time is taken as the 15 minutes before and after it.'],
    ['since 9am Sydney', '"Sydney" is taken as the time zone Australia/Sydney.'],
    ['past week', 'The week before now; "last week" is the whole calendar week.'],
    ['last few hours', '"a few" is taken as 3 hours.'],
    ['last night', 'The night is taken as 2026-11-20T18:00:00Z to 2026-11-21T05:59:59.999Z.'],
    ['from 22:00 to 02:00 yesterday', 'The end is taken on the next day, 2026-11-21.'],
  ])('%s', (text, note) => {
    expect(reading(text).notes).toContain(note);
  });

  test.each(['since yesterday', 'last 24h', 'on Friday', 'from 9am to 5pm yesterday'])(
    '%s assumes nothing',
    (text) => {
      expect(reading(text).notes).toEqual([]);
    },
  );

  test('a note that holds for both ends is said once', () => {
    const { notes } = reading('between 9am Sydney and 10am Sydney');
    expect(notes).toEqual(['"Sydney" is taken as the time zone Australia/Sydney.']);
  });
});

describe('a problem says what, why and what instead', () => {
  test('it points at the words and offers the whole phrase corrected', () => {
    const { at, suggestions, what, why } = problem('since 31/02/2026 for alex@contoso.com');
    expect(at).toEqual({ start: 6, length: 10 });
    expect(what).toBe('There is no 31/02/2026.');
    expect(why).toBe('The calendar has no such date, or the clock no such time.');
    expect(suggestions).toEqual([
      { title: 'since 2026-02-28 for alex@contoso.com', say: 'since 2026-02-28 for alex@contoso.com' },
    ]);
  });

  test('an ambiguous zone offers each place by its name', () => {
    expect(problem('since 9am IST').suggestions[0]).toEqual({
      title: 'India, +05:30',
      say: 'since 9am +05:30',
    });
  });

  test('a range that ends before it begins says from when to when it would run', () => {
    expect(problem('between 2026-11-10 and 2026-11-03').why).toBe(
      'It would run from 2026-11-10T00:00:00Z to 2026-11-03T23:59:59.999Z.',
    );
  });

  test('parts of a day and zones stand in the corrected range', () => {
    expect(showWindow('from yesterday evening to yesterday morning')).toBe(
      'contradiction: from 2026-11-20T00:00:00Z to 2026-11-20T23:59:59.999Z',
    );
    expect(showWindow('from 2026-11-20 14:00:30 Europe/Oslo to 2026-11-19 14:00')).toBe(
      'contradiction: from 2026-11-19 14:00 Europe/Oslo to 2026-11-20 14:00:30 Europe/Oslo',
    );
  });

  test('the end of a day stays one: 24:00 is not 00:00', () => {
    expect(showWindow('from 2026-11-20 24:00 to 2026-11-20 14:00')).toBe(
      'contradiction: from 2026-11-20 14:00 to 2026-11-20 24:00',
    );
  });

  test('splice replaces only the place', () => {
    expect(splice('since foo today', { start: 6, length: 3 }, 'bar')).toBe('since bar today');
  });
});

describe('hostile times', () => {
  const PRINTABLE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

  test.each([
    'since 2026-13-45',
    'since 2026-02-30T25:61',
    "since 'yesterday; drop'",
    'since 9999-12-31',
    'since +275760-09-13',
    'since 275760-09-13',
    'on 9999-12-31',
  ])('H093: %s is refused', (text) => {
    expect(problem(text).problem).toBe('bad-date');
  });

  test.each(['since 0001-01-01', 'on 0001-01-01', 'until 9999-12-31', 'since 2021-10-01'])(
    'H093: %s gives instants in ISO 8601 with Z',
    (text) => {
      for (const zone of ['UTC', 'Pacific/Kiritimati', '-12:00']) {
        const { from, to } = reading(text, { zone }).window;
        for (const bound of [from, to]) if (bound) expect(bound.at).toMatch(PRINTABLE);
      }
    },
  );

  test.each([
    ['since 2026-03-29 02:30 Europe/Oslo', '2026-03-29T01:00:00Z ..'],
    ['until 2026-03-29 02:30 Europe/Oslo', '.. 2026-03-29T01:30:00Z'],
    ['since 2026-10-25 02:30 Europe/Oslo', '2026-10-25T00:30:00Z ..'],
    ['until 2026-10-25 02:30 Europe/Oslo', '.. 2026-10-25T01:30:00Z'],
    ['before 2026-10-25 02:30 Europe/Oslo', '.. !2026-10-25T01:30:00Z'],
    ['at 2026-10-25 02:30 Europe/Oslo', '2026-10-25T00:15:00Z .. 2026-10-25T01:45:00Z'],
    ['since 2026-11-01 01:30 America/New_York', '2026-11-01T05:30:00Z ..'],
    ['since 2026-04-05 01:45 Australia/Lord_Howe', '2026-04-04T14:45:00Z ..'],
    ['until 2026-04-05 01:45 Australia/Lord_Howe', '.. 2026-04-04T15:15:00Z'],
    ['on 2026-03-29 Europe/Oslo', '2026-03-28T23:00:00Z .. 2026-03-29T21:59:59.999Z'],
    // Clocks that change at midnight: the day begins at 01:00, or its first hour comes twice.
    ['on 2026-09-06 America/Santiago', '2026-09-06T04:00:00Z .. 2026-09-07T02:59:59.999Z'],
    ['on 2026-11-01 America/Havana', '2026-11-01T04:00:00Z .. 2026-11-02T04:59:59.999Z'],
    ['on 2011-12-30 Pacific/Apia', '2011-12-30T10:00:00Z .. 2011-12-30T10:00:00Z'],
    ['since 2026-06-01 14:00 +14:00', '2026-06-01T00:00:00Z ..'],
    ['since 2026-06-01 14:00 -12:00', '2026-06-02T02:00:00Z ..'],
    ['since 2026-06-01 14:00 Asia/Kathmandu', '2026-06-01T08:15:00Z ..'],
  ])('H117: %s is a defined choice', (text, window) => {
    expect(showWindow(text)).toBe(window);
  });

  test.each([
    [
      'since 2026-03-29 02:30 Europe/Oslo',
      '2026-03-29 02:30 in Europe/Oslo does not exist, because the clocks went forward: ' +
        'the earlier instant, 2026-03-29T01:00:00Z, is taken.',
    ],
    [
      'until 2026-10-25 02:30 Europe/Oslo',
      '2026-10-25 02:30 in Europe/Oslo came twice, because the clocks went back: ' +
        'the later instant, 2026-10-25T01:30:00Z, is taken.',
    ],
    [
      'at 2026-10-25 02:30 Europe/Oslo',
      '2026-10-25 02:30 in Europe/Oslo came twice, because the clocks went back: ' +
        'from the earlier, 2026-10-25T00:30:00Z, to the later, 2026-10-25T01:30:00Z.',
    ],
  ])('H117: %s echoes the choice in UTC', (text, note) => {
    expect(reading(text).notes).toContain(note);
  });

  test.each([
    ['last 24h', '2026-12-31T23:59:59.999Z', '2026-12-30T23:59:59Z~86400 ..'],
    ['last 24h', '2028-02-29T12:00:00Z', '2028-02-28T12:00:00Z~86400 ..'],
    ['last 24h', '2028-03-01T00:00:00.001Z', '2028-02-29T00:00:00Z~86400 ..'],
    ['last 1 year', '2028-02-29T12:00:00Z', '2027-02-28T12:00:00Z~31622400 ..'],
    ['last 12 months', '2028-02-29T12:00:00Z', '2027-02-28T12:00:00Z~31622400 ..'],
    ['last year', '2028-02-29T12:00:00Z', '2027-01-01T00:00:00Z .. 2027-12-31T23:59:59.999Z'],
    ['yesterday', '2028-03-01T12:00:00Z', '2028-02-29T00:00:00Z .. 2028-02-29T23:59:59.999Z'],
    ['last 0.1 s', '2026-12-31T23:59:59.950Z', '2026-12-31T23:59:59Z~1 ..'],
    ['until now', '2026-12-31T23:59:59.001Z', '.. 2027-01-01T00:00:00Z~0'],
  ])('H118: %s, said at %s, is whole seconds rounded outwards', (text, now, window) => {
    expect(showWindow(text, { now })).toBe(window);
  });
});

test('what no time can begin with is left to others', () => {
  expect(readText('')).toBeUndefined();
  expect(readText('flagged')).toBeUndefined();
});
