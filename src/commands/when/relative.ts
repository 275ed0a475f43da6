import type { PiecesRead } from './day.ts';
import { readDuration } from './duration.ts';
import type { Which } from './said.ts';
import { isDigit } from './scan.ts';
import type { Scene } from './scene.ts';
import { MONTHS, PARTS, UNITS, WEEKDAYS } from './words.ts';

/** Words that say which of several like stretches is meant. */
export const WHICH: ReadonlyMap<string, Which> = new Map([
  ['last', 'last'],
  ['past', 'last'],
  ['previous', 'last'],
  ['prior', 'last'],
  ['preceding', 'last'],
  ['this', 'this'],
  ['current', 'this'],
  ['next', 'next'],
]);

const SHIFT = { nearest: 0, last: -1, this: 0, next: 1 } as const;

/** "last Friday", "this weekend", "last October", "this morning": a word for which one, and a name. */
const readNamed = (name: string, which: Which, next: number): PiecesRead | undefined => {
  const weekday = WEEKDAYS.get(name);
  if (weekday !== undefined) return { day: { kind: 'weekday', weekday, which }, next, notes: [] };
  const month = MONTHS.get(name);
  if (month !== undefined) return { day: { kind: 'month', month, which }, next, notes: [] };
  if (name === 'weekend') return { day: { kind: 'weekend', which }, next, notes: [] };
  const part = PARTS.get(name);
  if (part === undefined) return undefined;
  return { day: { kind: 'shift', days: SHIFT[which], months: 0 }, part, next, notes: [] };
};

/**
 * "last week" is the calendar's; "the last week" and "past week" are the seven days before now.
 * Shorter units always roll: "last hour", "last day".
 */
const readUnit = (scene: Scene, at: number, which: Which, rolls: boolean): PiecesRead | undefined => {
  const unit = UNITS.get(scene.tokens[at]?.lower ?? '');
  if (unit === undefined || unit.name !== scene.tokens[at]?.lower) return undefined;
  const isCalendar = unit.name === 'week' || unit.name === 'month' || unit.name === 'year';
  if (isCalendar && !(rolls && which === 'last')) {
    return { day: { kind: 'unit', unit: unit.name, shift: SHIFT[which] }, next: at + 1, notes: [] };
  }
  if (which !== 'last') return undefined;
  const back = { seconds: unit.seconds, months: unit.months, instant: false };
  const note = `The ${unit.name} before now; "last ${unit.name}" is the whole calendar ${unit.name}.`;
  return { back, next: at + 1, notes: isCalendar ? [note] : [] };
};

/** "last 24h", "past 7 days", "last week", "last Friday", "this month", "next week". */
const readWhich = (scene: Scene, at: number, which: Which, article: boolean): PiecesRead | undefined => {
  const length = which === 'last' ? readDuration(scene.tokens, at + 1) : undefined;
  if (length !== undefined) {
    const back = { seconds: length.seconds, months: length.months, instant: false };
    return { back, next: length.next, notes: length.notes };
  }
  const named = readNamed(scene.tokens[at + 1]?.lower ?? '', which, at + 2);
  return named ?? readUnit(scene, at + 1, which, article || scene.tokens[at]?.lower === 'past');
};

/** "2 hours ago" is an instant, "3 days ago" a day; without "ago", a stretch up to now. */
const readLength = (scene: Scene, at: number, prepositioned: boolean): PiecesRead | undefined => {
  const length = readDuration(scene.tokens, at);
  if (length === undefined) return undefined;
  const { seconds, months, notes } = length;
  if (scene.tokens[length.next]?.lower === 'ago') {
    const days = seconds / 86_400;
    const isDay = length.unit.seconds % 86_400 === 0 && Number.isInteger(days) && Number.isInteger(months);
    const next = length.next + 1;
    if (!isDay || days + months * 30 > 36_525)
      return { back: { seconds, months, instant: true }, next, notes };
    return { day: { kind: 'shift', days: 0 - days, months: 0 - months }, next, notes };
  }
  // Without any preposition, "a day" or "two hours" is more likely part of other words.
  if (!prepositioned && !isDigit(scene.tokens[at]?.lower ?? '', 0)) return undefined;
  return { back: { seconds, months, instant: false }, next: length.next, notes };
};

/** Reads what counts from now: "last 24h", "this week", "last Friday", "2 hours ago", "tonight", "now". */
export const readRelative = (
  scene: Scene,
  at: number,
  prepositioned: boolean,
  article: boolean,
): PiecesRead | undefined => {
  const token = scene.tokens[at];
  if (token === undefined || token.quoted) return undefined;
  const which = WHICH.get(token.lower);
  if (which !== undefined) return readWhich(scene, at, which, article);
  switch (token.lower) {
    case 'now':
      return { back: { seconds: 0, months: 0, instant: true }, next: at + 1, notes: [] };
    case 'tonight':
      return readNamed('night', 'this', at + 1);
    case 'overnight':
      return readNamed('night', 'last', at + 1);
    case 'weekend':
      return readNamed('weekend', 'nearest', at + 1);
    default:
      return readLength(scene, at, prepositioned);
  }
};
