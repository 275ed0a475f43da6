import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { tokenize } from '../../../src/commands/language/tokens.ts';
import { readWhen, type WhenReading } from '../../../src/commands/when/read-when.ts';
import { problem, reading, readText } from './reading.ts';

const DAY = 86_400_000;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;

const zones = fc.constantFrom(
  ...['UTC', 'Europe/Oslo', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/St_Johns'],
  ...['Pacific/Apia', 'Pacific/Kiritimati', 'America/Havana', 'Africa/Casablanca', 'Asia/Kathmandu'],
  ...Intl.supportedValuesOf('timeZone').filter((_, index) => index % 20 === 0),
);
/** Whole minutes of the years of which zones have reliable records. */
const minutes = fc.integer({ min: Date.UTC(1985, 0, 2) / 60_000, max: Date.UTC(2036, 0, 1) / 60_000 });

/** What the clocks of a zone show at an instant, counted as if it were UTC; luxon is the independent oracle. */
const shown = (zone: string, instant: number): number =>
  instant + DateTime.fromMillis(instant, { zone }).offset * 60_000;

/**
 * The first instant at which the clocks of a zone show that calendar day. luxon's own startOf takes either one of a
 * midnight that comes twice, so the clocks are asked on both sides of the day.
 */
const firstOf = (zone: string, day: DateTime): number => {
  const wall = Date.UTC(day.year, day.month - 1, day.day);
  const offsets = [wall - DAY, wall, wall + DAY].map((instant) => shown(zone, instant) - instant);
  const starts = offsets.map((offset) => wall - offset).filter((instant) => shown(zone, instant) === wall);
  return starts.length > 0 ? Math.min(...starts) : day.startOf('day').toMillis();
};

const AFTER = '2040-01-01T00:00:00Z';

const instantOf = (bound: { readonly at: string } | undefined): number => Date.parse(bound?.at ?? '');

/** Checks a local time in a zone as a start and as an end against the zone's clocks. */
const expectLocalTime = (zone: string, wall: number): void => {
  const text = new Date(wall).toISOString().slice(0, 16).replace('T', ' ');
  const start = instantOf(reading(`since ${text} ${zone}`, { now: AFTER }).window.from);
  const end = instantOf(reading(`until ${text} ${zone}`, { now: AFTER }).window.to);
  const candidates = [start, end, start - 3_600_000, start - 1_800_000, end + 1_800_000, end + 3_600_000];
  const matching = candidates.filter((instant) => shown(zone, instant) === wall);
  if (matching.length === 0) {
    // In a gap: the start is the very change of the clocks, the end lies as far after it as was said.
    expect(shown(zone, start)).toBeGreaterThan(wall);
    expect(shown(zone, start - 1)).toBeLessThan(wall);
    expect(end - start).toBe(wall - shown(zone, start - 1) - 1);
  } else {
    expect([start, end]).toEqual([Math.min(...matching), Math.max(...matching)]);
  }
};

describe('local times', () => {
  test('a start is the earliest instant that the clocks show, an end the latest, in any zone', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        expectLocalTime(zone, minute * 60_000);
      }),
      { numRuns: 300 },
    );
  });

  test('so it is in the hours around every change of the clocks', () => {
    const changing = fc.constantFrom(
      ...['Europe/Oslo', 'America/New_York', 'Australia/Lord_Howe', 'America/Havana', 'America/Santiago'],
      ...['America/St_Johns', 'Africa/Casablanca', 'Asia/Beirut', 'Atlantic/Azores', 'Antarctica/Troll'],
    );
    fc.assert(
      fc.property(
        changing,
        fc.integer({ min: 1990, max: 2030 }),
        fc.integer({ min: -200, max: 200 }),
        (zone, year, off) => {
          for (let day = Date.UTC(year, 0, 2); day < Date.UTC(year + 1, 0, 1); day += DAY) {
            if (shown(zone, day) - day === shown(zone, day + DAY) - day - DAY) continue;
            let [low, high] = [day, day + DAY];
            while (high - low > 60_000) {
              const middle = low + Math.floor((high - low) / 120_000) * 60_000;
              if (shown(zone, middle) - middle === shown(zone, low) - low) low = middle;
              else high = middle;
            }
            expectLocalTime(zone, shown(zone, high) + off * 60_000);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a day is what luxon says it is, in any zone', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const day = DateTime.fromMillis(minute * 60_000, { zone });
        const { from, to } = reading(`on ${day.toISODate()} ${zone}`, { now: AFTER }).window;
        const next = firstOf(zone, day.plus({ days: 1 }));
        expect([instantOf(from), instantOf(to)]).toEqual([firstOf(zone, day), next - 1]);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['week', 'month', 'year'] as const)('last %s and this one are those of luxon', (unit) => {
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const now = DateTime.fromMillis(minute * 60_000, { zone });
        const said = { now: now.toISO() ?? '', zone };
        const last = now.minus({ [unit]: 1 });
        const { from, to } = reading(`last ${unit}`, said).window;
        const begun = firstOf(zone, now.startOf(unit));
        expect([instantOf(from), instantOf(to)]).toEqual([firstOf(zone, last.startOf(unit)), begun - 1]);
        expect(instantOf(reading(`this ${unit}`, said).window.from)).toBe(begun);
      }),
      { numRuns: 100 },
    );
  });
});

test('an instant that we wrote is read back as it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: Date.parse(AFTER) }), (instant) => {
      const iso = new Date(instant).toISOString();
      expect(instantOf(reading(`since ${iso}`, { now: AFTER }).window.from)).toBe(instant);
    }),
  );
});

/** Words of every kind that time expressions are made of, and some that they are not. */
const words = fc.constantFrom(
  ...'since from until before after between on in at for over around within up to and - & of the'.split(' '),
  ...'last past this next few couple half a today yesterday tomorrow now tonight weekend ago time'.split(' '),
  ...'hour hours week month year days Monday Fri Nov October may morning night noon midnight am pm'.split(
    ' ',
  ),
  ...'1 3 18th 24h 90m 1h30m 1.5 2026 2026-10 2026-11-20 2026-02-30 31/02/2026 11/12/2026 21/11'.split(' '),
  ...'9am 14:00 25:61 14:00..16:30 9am-5pm 1-3 2026-11-20T14:05Z 0001-01-01 9999-12-31 14:00-05:00'.split(
    ' ',
  ),
  ...'UTC EST IST Sydney New York Europe/Oslo Europe/Olso +05:30 +25:00 UTC+2 z 50126 to user@contoso.com'.split(
    ' ',
  ),
  ...['"yesterday"', '99999999999999999999', '1e9', '...', '..', '1..2', '\u0130', '-1', '+275760-09-13'],
);
const phrases = fc.oneof(
  { weight: 5, arbitrary: fc.array(words, { maxLength: 12 }).map((list) => list.join(' ')) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: 'grapheme' }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(words, fc.string({ maxLength: 8 }))).map((list) => list.join(' ')),
  },
);

const expectWellFormed = ({ window: { from, to } }: WhenReading, now: number): void => {
  expect(from ?? to).toBeDefined();
  for (const bound of [from, to]) {
    if (bound !== undefined) expect(bound.at).toMatch(INSTANT);
    if (bound?.secondsAgo !== undefined) expect(Number.isSafeInteger(bound.secondsAgo)).toBe(true);
  }
  if (from !== undefined) expect(instantOf(from)).toBeLessThanOrEqual(now);
  if (from !== undefined && to !== undefined) expect(instantOf(from)).toBeLessThanOrEqual(instantOf(to));
};

describe('any words', () => {
  test('are read without throwing, from any token, at any moment, in any zone', () => {
    fc.assert(
      fc.property(phrases, zones, minutes, (text, zone, minute) => {
        const tokens = tokenize(text);
        const now = minute * 60_000;
        for (let at = 0; at <= tokens.length; at += 1) {
          const read = readWhen(tokens, at, { now, zone, me: '', text });
          if (read === undefined) continue;
          if ('problem' in read) {
            expect(read.suggestions.length).toBeGreaterThan(0);
            expect((read.at?.start ?? 0) + (read.at?.length ?? 0)).toBeLessThanOrEqual(text.length);
            continue;
          }
          expect(read.next).toBeGreaterThan(at);
          expect(read.next).toBeLessThanOrEqual(tokens.length);
          expectWellFormed(read, now);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('every phrase that a problem offers is one without a problem', () => {
  const years = fc.integer({ min: 1950, max: 2025 });
  const months = fc.integer({ min: 1, max: 12 });
  const wrong = fc.oneof(
    fc
      .tuple(months, months, years)
      .filter(([one, other]) => one !== other)
      .map(([one, other, year]) => `${one}/${other}/${year}`),
    fc
      .tuple(
        years,
        months.filter((month) => ![1, 3, 5, 7, 8, 10, 12].includes(month)),
      )
      .map(([year, month]) => `${year}-${month}-31`),
    fc.constantFrom('25:61', '30 Feb', '2026-13', '13pm', '9am IST', '9am CST yesterday', '9am Europe/Olso'),
    fc.constantFrom('9am +25:00', 'tomorrow', '9999-12-31', 'next week', 'wenesday', 'foo', 'the weekend'),
    fc.constantFrom('last 0h', 'past 999 years', 'Monday 20 November 2026', 'yesterday until 2026-11-01'),
  );
  const firm = fc.constantFrom('since', 'after', 'during', 'between');

  test('of a single moment, and of a range', () => {
    fc.assert(
      fc.property(firm, wrong, (preposition, moment) => {
        const text =
          preposition === 'between' ? `between ${moment} and now` : `${preposition} ${moment}`.trim();
        const read = readText(text);
        if (read === undefined || !('problem' in read)) return;
        for (const { say } of problem(text).suggestions) expect(readText(say)).toHaveProperty('window');
      }),
      { numRuns: 500 },
    );
  });
});
