import type { Problem } from '../problem.ts';
import { type DayOptions, type PiecesRead, readDay } from './day.ts';
import { noSuchDate } from './problems.ts';
import { readRelative } from './relative.ts';
import type { DaySaid, Moment, Pieces } from './said.ts';
import { isHalfDay, scanClock } from './scan.ts';
import type { Scene } from './scene.ts';
import { PARTS } from './words.ts';
import { readZone } from './zone.ts';

/** What may be a moment at this place of the phrase. */
export interface MomentOptions extends DayOptions {
  /** Whether a preposition introduces it. */
  readonly prepositioned: boolean;
  /** Whether it may begin with a zone: "since Sydney Monday", but never "from Sydney Monday". */
  readonly zoneFirst: boolean;
}

/** "14:00", "9am", "5 pm", "noon". */
const readClock = (scene: Scene, at: number): PiecesRead | Problem | undefined => {
  const token = scene.tokens[at];
  if (token === undefined || token.quoted) return undefined;
  const after = scene.tokens[at + 1]?.lower ?? '';
  const half = isHalfDay(after) ? after : '';
  const shape = scanClock(token.lower, 0, half);
  if (shape === undefined) return undefined;
  const takesHalf = half !== '' && token.lower.at(-1) !== 'm' && !token.lower.endsWith('noon');
  const next = takesHalf ? at + 2 : at + 1;
  if (shape.clock === undefined) return noSuchDate(scene, { start: at, next });
  return { clock: shape.clock, next, notes: [], ...(shape.zone !== undefined && { zone: shape.zone }) };
};

/** "yesterday morning", "Friday in the evening". */
const readPart = ({ tokens }: Scene, at: number): PiecesRead | undefined => {
  const nameAt = tokens[at]?.lower === 'in' && tokens[at + 1]?.lower === 'the' ? at + 2 : at;
  const part = PARTS.get(tokens[nameAt]?.lower ?? '');
  return part && { part, next: nameAt + 1, notes: [] };
};

const DATES: ReadonlySet<DaySaid['kind']> = new Set(['date', 'either', 'day-of-month']);

/** A plain number, which is a day only where the other end of a range has the month. */
export const isBareDay = (day: DaySaid | undefined): boolean => day?.kind === 'day-of-month' && day.bare;

/** "Friday 20 November": a date may follow its weekday. */
const isWeekdayOfDate = (have: Pieces, day: DaySaid): boolean =>
  have.day?.kind === 'weekday' && have.day.which === 'nearest' && DATES.has(day.kind) && !isBareDay(day);

/** Whether a time of day can go with it: not with "last week". */
export const isOneDay = (day: DaySaid | undefined): boolean =>
  day === undefined || day.kind === 'weekday' || day.kind === 'shift' || DATES.has(day.kind);

/** The next piece that the moment does not have yet. */
const readPiece = (
  scene: Scene,
  at: number,
  have: Pieces,
  options: DayOptions,
): PiecesRead | Problem | undefined => {
  const hasTime = have.clock !== undefined || have.part !== undefined || have.back !== undefined;
  if (!hasTime && isOneDay(have.day)) {
    const clock = readClock(scene, at) ?? (have.day === undefined ? undefined : readPart(scene, at));
    if (clock !== undefined) return clock;
  }
  if (have.back === undefined && (have.day === undefined || have.day.kind === 'weekday')) {
    const day = readDay(scene, at, options) ?? readRelativeDay(scene, at);
    if (day !== undefined && ('problem' in day || canTake(have, day))) return day;
  }
  return have.zone === undefined ? readZone(scene, at, have.back === undefined) : undefined;
};

/** "9am last Friday" */
const readRelativeDay = (scene: Scene, at: number): PiecesRead | undefined => {
  const relative = readRelative(scene, at, false, false);
  return relative?.back === undefined ? relative : undefined;
};

const canTake = (have: Pieces, read: PiecesRead): boolean =>
  !(isBareDay(read.day) && (have.clock !== undefined || have.zone !== undefined)) &&
  (have.day === undefined || (read.day !== undefined && isWeekdayOfDate(have, read.day))) &&
  (have.clock === undefined || (read.clock === undefined && read.part === undefined && isOneDay(read.day))) &&
  !(have.zone !== undefined && read.zone !== undefined);

/** What a linking word may introduce: "9am on Friday", "Friday at 9am", "9am in UTC". */
const linked = (link: string, read: PiecesRead): boolean => {
  if (link === 'at' || link === '@') return read.clock !== undefined;
  if (link === 'on' || link === 'the') return read.day !== undefined;
  // "in Lagos" says from where; only "in UTC" and "in Lagos time" are zones.
  return link === 'in' && read.zone !== undefined;
};

const LINKS: ReadonlySet<string> = new Set(['at', '@', 'on', 'the', 'in']);

const readLinked = (
  scene: Scene,
  at: number,
  have: Pieces,
  options: DayOptions,
): PiecesRead | Problem | undefined => {
  const direct = readPiece(scene, at, have, options);
  const link = scene.tokens[at]?.lower ?? '';
  if (direct !== undefined || !LINKS.has(link)) return direct;
  const skip = link === 'on' && scene.tokens[at + 1]?.lower === 'the' ? 2 : 1;
  const read = readPiece(scene, at + skip, have, options);
  if (read === undefined || 'problem' in read) return read;
  const isBareCity = link === 'in' && read.notes.length > 0 && scene.tokens[read.next - 1]?.lower !== 'time';
  return linked(link, read) && !isBareCity ? read : undefined;
};

const joined = (have: Pieces, read: PiecesRead): Pieces => {
  const { next: _, notes, ...pieces } = read;
  const weekday = have.day?.kind === 'weekday' && read.day !== undefined ? { weekday: have.day.weekday } : {};
  return { ...have, ...weekday, ...pieces, notes: [...have.notes, ...notes] };
};

/** Whether the first word can be a zone: a time follows it ("since IST 9am"). */
const isBeforeTime = (scene: Scene, at: number, options: MomentOptions): boolean =>
  options.zoneFirst && readMoment(scene, at + 1, { ...options, zoneFirst: false }) !== undefined;

/** Reads one moment or stretch of time: days, clock times and zones in any order. */
export const readMoment = (
  scene: Scene,
  start: number,
  options: MomentOptions,
): Moment | Problem | undefined => {
  const article = scene.tokens[start]?.lower === 'the';
  const from = article ? start + 1 : start;
  const relative = readRelative(scene, from, options.prepositioned, article);
  let have: Pieces = relative ?? { notes: [] };
  let next = relative?.next ?? from;
  for (;;) {
    const isFirst = next === from;
    const read = isFirst ? readPiece(scene, next, have, options) : readLinked(scene, next, have, options);
    if (read === undefined) break;
    if ('problem' in read) {
      return isFirst && read.problem.endsWith('-zone') && !isBeforeTime(scene, from, options)
        ? undefined
        : read;
    }
    if (isFirst && read.day === undefined && read.clock === undefined && !options.zoneFirst) return undefined;
    have = joined(have, read);
    next = read.next;
  }
  const isMoment = have.day !== undefined || have.clock !== undefined || have.back !== undefined;
  return isMoment ? { ...have, start, next } : undefined;
};
