import { ABBREVIATIONS } from '../../lib/zone-names.ts';
import {
  cityZone,
  looksLikeZone,
  mostCityWords,
  offsetZone,
  zoneChoices,
  zoneNamed,
} from '../../lib/zones.ts';
import type { Problem } from '../problem.ts';
import { ambiguousZone, noSuchZone } from './problems.ts';
import { isDigit } from './scan.ts';
import type { Scene } from './scene.ts';

/** A zone that was said, and the token after it. */
export interface ZoneRead {
  readonly zone: string;
  readonly next: number;
  readonly notes: readonly string[];
}

/** What is written like an offset, though it may be too large to be one. */
const OFFSET = /^(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?$/;

/** "Sydney time", "UTC time" */
const skipTime = ({ tokens }: Scene, next: number): number =>
  tokens[next]?.lower === 'time' ? next + 1 : next;

const readCity = (scene: Scene, at: number, most: number): ZoneRead | undefined => {
  for (let words = Math.min(most, scene.tokens.length - at); words > 0; words -= 1) {
    const said = scene.tokens.slice(at, at + words);
    const zone = cityZone(said.map((token) => token.lower).join(' '));
    if (zone === undefined || said.some((token) => token.quoted || token.comma)) continue;
    const city = said.map((token) => token.text).join(' ');
    const note = `"${city}" is taken as the time zone ${zone}.`;
    return { zone, next: skipTime(scene, at + words), notes: [note] };
  }
  return undefined;
};

/** UTC, or with an offset in a word of its own: "UTC +2". */
const readAbbreviation = (scene: Scene, at: number, zone: string): ZoneRead => {
  const offset = zone === 'UTC' ? offsetZone(scene.tokens[at + 1]?.lower ?? '') : undefined;
  if (offset !== undefined) return { zone: offset, next: at + 2, notes: [] };
  return { zone, next: skipTime(scene, at + 1), notes: [] };
};

/** Reads a zone: an IANA name, an offset, an abbreviation; with `cities`, also a city that IANA names. */
export const readZone = (scene: Scene, at: number, cities: boolean): ZoneRead | Problem | undefined => {
  const token = scene.tokens[at];
  if (token === undefined || token.quoted) return undefined;
  const word = token.lower;
  const abbreviated = ABBREVIATIONS.get(word);
  if (abbreviated !== undefined) return readAbbreviation(scene, at, abbreviated);
  const choices = zoneChoices(word);
  const stretch = { start: at, next: at + 1 };
  if (choices !== undefined) return ambiguousZone(scene, stretch, choices);
  const most = cities ? mostCityWords(word) : 0;
  const city = most > 0 ? readCity(scene, at, most) : undefined;
  if (city !== undefined) return city;
  const isOffset = isDigit(word, word.length - 1) && OFFSET.test(word);
  if (!isOffset && !looksLikeZone(word)) return undefined;
  const zone = zoneNamed(word);
  if (zone === undefined) return noSuchZone(scene, stretch);
  return { zone, next: skipTime(scene, at + 1), notes: [] };
};
