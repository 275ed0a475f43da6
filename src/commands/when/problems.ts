import { zoneNamed, zoneNames } from '../../lib/zones.ts';
import { nearest } from '../language/did-you-mean.ts';
import type { Problem } from '../problem.ts';
import { type Correction, problemAt, type Scene, type Stretch, saidText } from './scene.ts';
import { MONTHS, WEEKDAYS } from './words.ts';

/** The words that are a time by themselves after "since": what a misspelt one may have meant. */
const TIME_WORDS: readonly string[] = [
  ...['today', 'midnight', 'noon'],
  ...MONTHS.keys(),
  ...[...WEEKDAYS.keys()].filter((word) => word.endsWith('day')),
];

/** A date that the calendar does not have; `nearest` is one that it has ("2026-02-28"). */
export const noSuchDate = (scene: Scene, stretch: Stretch, nearest?: string): Problem =>
  problemAt(
    scene,
    stretch,
    'bad-date',
    {
      what: `There is no ${saidText(scene, stretch)}.`,
      why: 'The calendar has no such date, or the clock no such time.',
      next: 'Write dates like 2026-11-20 and times like 14:05.',
    },
    [{ put: nearest ?? 'yesterday' }],
  );

const meantWords = ({ tokens }: Scene, { start }: Stretch): readonly string[] =>
  nearest(tokens[start]?.lower ?? '', TIME_WORDS);

/** Something stands where only a date or a time can; `instead` is what could stand there. */
export const notATime = (scene: Scene, stretch: Stretch, instead = 'yesterday'): Problem =>
  problemAt(
    scene,
    stretch,
    'bad-date',
    {
      what: `"${saidText(scene, stretch)}" is not a date or a time that I know.`,
      why: 'Only a date, a day, a time or a stretch of time can stand here.',
      next: 'Write for example 2026-11-20, yesterday, Monday, 14:05, or last 24h.',
    },
    [...meantWords(scene, stretch), instead].map((put) => ({ put })),
  );

/** Nothing stands where a date or a time must. `stretch` is the word that asks for it. */
export const timeMissing = (scene: Scene, stretch: Stretch): Problem =>
  problemAt(
    scene,
    stretch,
    'missing-argument',
    {
      what: `A date or a time is missing after "${saidText(scene, stretch)}".`,
      why: 'The phrase ends before saying when.',
      next: 'Add a date or a time, for example 2026-11-20, yesterday, or 14:05.',
    },
    [{ put: 'since yesterday' }],
  );

/** The second half of "between … and …" is missing. */
export const endMissing = (scene: Scene, stretch: Stretch, first: string): Problem =>
  problemAt(
    scene,
    stretch,
    'missing-argument',
    {
      what: `"${saidText(scene, stretch)}" has no end.`,
      why: '"between" needs two dates or times with "and" between them.',
      next: 'Write for example between 2026-11-01 and 2026-11-03.',
    },
    [{ put: `since ${first}` }],
  );

const nearestZones = (name: string): readonly string[] =>
  nearest(name.toLowerCase(), zoneNames()).map((zone) => zoneNamed(zone) ?? zone);

/** A zone that does not exist. */
export const noSuchZone = (scene: Scene, stretch: Stretch): Problem =>
  problemAt(
    scene,
    stretch,
    'bad-zone',
    {
      what: `There is no time zone ${saidText(scene, stretch)}.`,
      why: 'Zones are IANA names, cities in them, or offsets from -12:00 to +14:00.',
      next: 'Write for example Europe/Oslo, New York, +05:30, or UTC.',
    },
    [...nearestZones(saidText(scene, stretch)), 'UTC'].map((put) => ({ put })),
  );

/** An abbreviation that means several zones. */
export const ambiguousZone = (
  scene: Scene,
  stretch: Stretch,
  choices: readonly { readonly title: string; readonly zone: string }[],
): Problem =>
  problemAt(
    scene,
    stretch,
    'ambiguous-zone',
    {
      what: `${saidText(scene, stretch)} is the name of several time zones.`,
      why: `It can mean ${choices.map(({ title }) => title).join('; or ')}.`,
      next: 'Write the offset or the IANA name, for example +05:30 or Asia/Kolkata.',
    },
    choices.map(({ title, zone }) => ({ put: zone, title })),
  );

/** 11/12/2026. The dates are ISO, the likelier one first. */
export const ambiguousDate = (scene: Scene, stretch: Stretch, dates: readonly string[]): Problem =>
  problemAt(
    scene,
    stretch,
    'ambiguous-date',
    {
      what: `${saidText(scene, stretch)} can be read in two ways.`,
      why: `Day and month can change places: ${dates.join(' or ')}.`,
      next: 'Write the date with the year first, for example 2026-11-20.',
    },
    dates.map((put) => ({ put })),
  );

/** "the weekend", said on one. */
export const whichWeekend = (scene: Scene, stretch: Stretch, corrections: readonly Correction[]): Problem =>
  problemAt(
    scene,
    stretch,
    'ambiguous-date',
    {
      what: `"${saidText(scene, stretch)}" can be read in two ways.`,
      why: 'Today is part of a weekend: it can mean this one or the one before.',
      next: 'Say the dates.',
    },
    corrections,
  );

/** The window would begin after now. `from` is ISO 8601. */
export const inTheFuture = (scene: Scene, stretch: Stretch, from: string): Problem =>
  problemAt(
    scene,
    stretch,
    'bad-date',
    {
      what: `"${saidText(scene, stretch)}" lies in the future.`,
      why: `It begins at ${from}, and the sign-in log holds only what has happened.`,
      next: 'Ask about a time that has passed.',
    },
    [{ put: 'today' }],
  );

/** The window would end before it begins. `swapped` puts it right. */
export const endsBeforeItBegins = (
  scene: Scene,
  stretch: Stretch,
  window: { readonly from: string; readonly to: string },
  swapped: string,
): Problem =>
  problemAt(
    scene,
    stretch,
    'contradiction',
    {
      what: `"${saidText(scene, stretch)}" ends before it begins.`,
      why: `It would run from ${window.from} to ${window.to}.`,
      next: 'Put the earlier time first.',
    },
    [{ put: swapped }],
  );

/** "Monday 20 November 2026", which is a Friday. */
export const wrongWeekday = (scene: Scene, stretch: Stretch, date: string): Problem =>
  problemAt(
    scene,
    stretch,
    'contradiction',
    {
      what: `"${saidText(scene, stretch)}" names a weekday that the date does not have.`,
      why: `${date} is another day of the week.`,
      next: 'Leave out the weekday or correct the date.',
    },
    [{ put: date }],
  );

/** "last 0 hours", or more than the calendar has. */
export const badAmount = (scene: Scene, stretch: Stretch): Problem =>
  problemAt(
    scene,
    stretch,
    'bad-number',
    {
      what: `"${saidText(scene, stretch)}" is not a length of time to look back.`,
      why: 'It must be more than nothing and at most a hundred years.',
      next: 'Write for example last 24h, last 90m, or past 7 days.',
    },
    [{ put: 'last 24h' }],
  );
