import type { Problem } from '../problem.ts';
import { isBareDay, isOneDay, type MomentOptions, readMoment } from './moment.ts';
import { endMissing, notATime, timeMissing } from './problems.ts';
import type { Expression, Moment, Relation } from './said.ts';
import { type Scene, saidText } from './scene.ts';

/** A word that introduces a time. A `firm` one introduces nothing else, so what follows must be a time. */
interface Preposition {
  readonly relation: Relation | 'between';
  readonly firm: boolean;
  /** Whether it also introduces people. */
  readonly named?: boolean;
}

/** The words that introduce a time. */
export const PREPOSITIONS: ReadonlyMap<string, Preposition> = new Map([
  ['since', { relation: 'since', firm: true }],
  ['from', { relation: 'since', firm: false }],
  ['until', { relation: 'until', firm: true }],
  ['till', { relation: 'until', firm: true }],
  ['til', { relation: 'until', firm: true }],
  ['before', { relation: 'before', firm: true }],
  ['after', { relation: 'after', firm: true }],
  ['between', { relation: 'between', firm: true }],
  ['during', { relation: 'during', firm: true }],
  ['within', { relation: 'during', firm: false }],
  ['on', { relation: 'during', firm: false }],
  ['in', { relation: 'during', firm: false }],
  ['at', { relation: 'during', firm: false }],
  ['for', { relation: 'during', firm: false, named: true }],
  ['over', { relation: 'during', firm: false }],
  ['around', { relation: 'around', firm: false }],
  ['about', { relation: 'around', firm: false }],
  ['near', { relation: 'around', firm: false }],
  ['up', { relation: 'until', firm: false }],
  ['through', { relation: 'until', firm: false }],
  ['thru', { relation: 'until', firm: false }],
]);

/** Words that join two moments, and whether the second belongs to the window. */
const JOINTS: ReadonlyMap<string, { readonly inclusive: boolean }> = new Map([
  ['to', { inclusive: true }],
  ['-', { inclusive: true }],
  ['until', { inclusive: true }],
  ['till', { inclusive: true }],
  ['til', { inclusive: true }],
  ['through', { inclusive: true }],
  ['thru', { inclusive: true }],
  ['before', { inclusive: false }],
]);

const BETWEEN: Preposition = { relation: 'between', firm: true };

const optionsFor = (preposition: Preposition | undefined): MomentOptions => ({
  prepositioned: preposition !== undefined,
  wholeMonths: preposition !== undefined,
  mayBeName: preposition?.named === true,
  zoneFirst: preposition?.firm === true,
});

/** The second end of a range. */
const SECOND: MomentOptions = {
  prepositioned: true,
  wholeMonths: true,
  mayBeName: false,
  zoneFirst: false,
};

/** "Nov 1 to 3", "1 to 3 Nov": a plain number is a day only of the month that the other end names. */
const shareMonth = (moment: Moment, other: Moment): Moment => {
  if (moment.day?.kind !== 'day-of-month' || other.day?.kind !== 'date') return moment;
  return { ...moment, day: { ...other.day, day: moment.day.day } };
};

/** What one end leaves out stands at the other: "9am to 5pm yesterday", "1 to 3 Nov", "9am to 5pm Sydney". */
const share = (from: Moment, to: Moment, sharesDay: boolean): [Moment, Moment] | undefined => {
  const first = shareMonth(from, to);
  const second = shareMonth(to, first);
  if (isBareDay(first.day) || isBareDay(second.day)) return undefined;
  const zone = first.zone ?? second.zone;
  const ofZone = zone === undefined ? {} : { zone };
  const fromDay = first.day ?? (first.clock === undefined || !isOneDay(second.day) ? undefined : second.day);
  const toDay =
    second.day ?? (second.clock === undefined || !sharesDay || !isOneDay(first.day) ? undefined : first.day);
  return [
    { ...ofZone, ...first, ...(fromDay && { day: fromDay }) },
    { ...ofZone, ...second, ...(toDay && { day: toDay }) },
  ];
};

/** Reads the second half of a range, when the words after the first moment are one. */
const readSecond = (
  scene: Scene,
  start: number,
  from: Moment,
  relation: Relation | 'between',
): Expression | Problem | undefined => {
  const joint = scene.tokens[from.next]?.lower ?? '';
  const isAnd = relation === 'between' && (joint === 'and' || joint === '&');
  const join = isAnd ? { inclusive: true } : JOINTS.get(joint);
  if (join === undefined) return undefined;
  const to = readMoment(scene, from.next + 1, SECOND);
  if (to === undefined || 'problem' in to) return to;
  const ends = share(from, to, from.clock !== undefined || relation !== 'since');
  return ends && { relation: 'between', from: ends[0], to: ends[1], ...join, start, next: to.next };
};

const readBetween = (scene: Scene, start: number): Expression | Problem => {
  const from = readMoment(scene, start + 1, optionsFor(BETWEEN));
  if (from === undefined) return nothingAfter(scene, start);
  if ('problem' in from) return from;
  const both = readSecond(scene, start, from, 'between');
  if (both !== undefined) return both;
  const next = scene.tokens[from.next]?.lower === 'and' ? from.next + 1 : from.next;
  if (next > from.next && next < scene.tokens.length) {
    return notATime(scene, { start: next, next: next + 1 }, 'now');
  }
  return endMissing(scene, { start, next }, isBareDay(from.day) ? 'yesterday' : saidText(scene, from));
};

/** What is wrong after a word that only a time can follow. */
const nothingAfter = (scene: Scene, start: number): Problem =>
  start + 1 < scene.tokens.length
    ? notATime(scene, { start: start + 1, next: start + 2 })
    : timeMissing(scene, { start, next: start + 1 });

/** "yesterday between 9am and 5pm", "Friday after 14:00": the times are of that day. */
const readWithinDay = (scene: Scene, start: number, day: Moment): Expression | undefined => {
  const preposition = PREPOSITIONS.get(scene.tokens[day.next]?.lower ?? '');
  if (preposition === undefined || day.day === undefined || !isOneDay(day.day)) return undefined;
  const inner = readExpression(scene, day.next, false);
  if (inner === undefined || 'problem' in inner) return undefined;
  const onDay = (moment: Moment): Moment => ({
    ...moment,
    ...(day.day && { day: day.day }),
    ...(day.zone !== undefined && moment.zone === undefined && { zone: day.zone }),
  });
  const fits = (moment: Moment): boolean => moment.day === undefined && moment.clock !== undefined;
  if (inner.relation === 'between') {
    if (!fits(inner.from) || !fits(inner.to)) return undefined;
    return { ...inner, start, from: onDay(inner.from), to: onDay(inner.to) };
  }
  if (!fits(inner.moment)) return undefined;
  const moment = onDay(inner.moment);
  if (inner.relation === 'around' || inner.relation === 'during') return { ...inner, start, moment };
  return { relation: 'between', from: moment, to: day, inclusive: true, start, next: inner.next };
};

/**
 * Reads a whole expression that begins at a token; undefined when none does. `nests` allows another one
 * inside ("yesterday between 9am and 5pm"), one level deep, which keeps reading linear.
 */
export const readExpression = (
  scene: Scene,
  start: number,
  nests = true,
): Expression | Problem | undefined => {
  const word = scene.tokens[start]?.lower ?? '';
  const preposition = PREPOSITIONS.get(word);
  if (preposition?.relation === 'between') return readBetween(scene, start);
  const words = preposition === undefined ? 0 : word === 'up' ? 2 : 1;
  if (word === 'up' && !JOINTS.has(scene.tokens[start + 1]?.lower ?? '')) return undefined;
  const from = readMoment(scene, start + words, optionsFor(preposition));
  if (from === undefined) return preposition?.firm === true ? nothingAfter(scene, start) : undefined;
  if ('problem' in from) return from;
  const relation = preposition?.relation ?? 'during';
  const mayBeRange = relation === 'since' || relation === 'during';
  const range = mayBeRange ? readSecond(scene, start, from, relation) : undefined;
  if (range !== undefined) return range;
  if (isBareDay(from.day)) return preposition?.firm === true ? nothingAfter(scene, start) : undefined;
  const isDay = nests && relation === 'during' && from.clock === undefined && from.part === undefined;
  const within = isDay ? readWithinDay(scene, start, from) : undefined;
  return within ?? { relation, moment: from, start, next: from.next };
};
