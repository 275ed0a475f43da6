import { IANAZone } from 'luxon';
import { BriefMap } from './brief-map.ts';
import { ABBREVIATIONS, AMBIGUOUS_ZONES, OLD_REGIONS, RENAMED_ZONES, type ZoneChoice } from './zone-names.ts';

const MINUTE = 60_000;
const MOST_REMEMBERED = 20_000;
const MOST_ZONES = 1000;
/** The longest IANA names have 32 characters; anything much longer is not one. */
const LONGEST_NAME = 40;

const listed = Intl.supportedValuesOf('timeZone').concat(RENAMED_ZONES);
const spelling = new Map(listed.map((name) => [name.toLowerCase(), name]));
const regions = new Set(
  OLD_REGIONS.concat(listed.map((name) => name.slice(0, name.indexOf('/')).toLowerCase())),
);

const cityOf = (name: string): string =>
  name
    .slice(name.lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll(/[_-]/g, ' ');
const cities = new Map(listed.map((name) => [cityOf(name), name]));

/** How many words the longest city that begins with this word has. */
const cityWords = new Map<string, number>();
for (const city of cities.keys()) {
  const words = city.split(' ');
  const first = words[0] ?? '';
  cityWords.set(first, Math.max(cityWords.get(first) ?? 0, words.length));
}

/** How many words a city that begins with this lower-case word can have; 0 when no city does. */
export const mostCityWords = (word: string): number => cityWords.get(word) ?? 0;

/** What an ambiguous abbreviation (IST, CST, …) may mean; undefined when it is not one. */
export const zoneChoices = (name: string): readonly ZoneChoice[] | undefined =>
  AMBIGUOUS_ZONES.get(name.toLowerCase());

/** The zone of a city that IANA names ("Sydney", "new york"). */
export const cityZone = (city: string): string | undefined => cities.get(city.toLowerCase());

/** Every IANA name, in lower case. */
export const zoneNames = (): Iterable<string> => spelling.keys();

/** Whether the text is written like an IANA name ("Europe/…"), existing or not. */
export const looksLikeZone = (name: string): boolean => {
  const slash = name.indexOf('/');
  return slash > 0 && regions.has(name.slice(0, slash).toLowerCase());
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** An offset as a zone name: "+05:30"; "UTC" for none. */
const offsetName = (sign: string, hours: number, minutes: number): string =>
  hours === 0 && minutes === 0 ? 'UTC' : `${sign}${twoDigits(hours)}:${twoDigits(minutes)}`;

/** The zone that an offset means: +05:30, -0800, +2, UTC+2, GMT-03:00. From -12:00 to +14:00 exist. */
export const offsetZone = (text: string): string | undefined => {
  const match = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign = '+', hours = '0', minutes = '0'] = match;
  const total = Number(hours) * 60 + Number(minutes);
  if (total > (sign === '+' ? 14 : 12) * 60) return undefined;
  return offsetName(sign, Number(hours), Number(minutes));
};

/** "us/pacific" → "US/Pacific": for the old names that ICU knows and does not list. */
const capitalised = (name: string): string =>
  name.toLowerCase().replaceAll(/(?<=^|[/_-])(?:gmt|utc|us|nz|gb|[a-z])/g, (start) => start.toUpperCase());

const isKnownToIcu = (name: string): boolean =>
  name.length <= LONGEST_NAME && /^[a-z]+\/[a-z/_+\d-]+$/i.test(name) && IANAZone.isValidZone(name);

/**
 * The zone that a name means: an IANA name in any case, an offset, an unambiguous abbreviation or a city.
 * Gives a name that `Intl` takes ("Asia/Kolkata", "+05:30", "UTC"); undefined when there is none or several.
 */
export const zoneNamed = (name: string): string | undefined => {
  const lower = name.trim().toLowerCase();
  return (
    ABBREVIATIONS.get(lower) ??
    spelling.get(lower) ??
    offsetZone(lower) ??
    cities.get(lower.replaceAll(/[_\s-]+/g, ' ')) ??
    (isKnownToIcu(lower) ? capitalised(lower) : undefined)
  );
};

/** Minutes east of UTC of an offset zone ("+05:30"); undefined for other names. */
const fixedOffset = (zone: string): number | undefined => {
  const sign = zone.charCodeAt(0);
  if (sign !== 43 && sign !== 45) return undefined;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return sign === 45 ? -minutes : minutes;
};

const lookUp = (zone: string, instant: number): number => {
  const minutes = fixedOffset(zone) ?? IANAZone.create(zone).offset(instant);
  return Number.isFinite(minutes) ? Math.round(minutes * MINUTE) : 0;
};

const remembered = new BriefMap<string, Map<number, number>>(MOST_ZONES);

const rememberedOf = (zone: string): Map<number, number> => {
  const known = remembered.get(zone);
  if (known !== undefined) return known;
  const offsets = new BriefMap<number, number>(MOST_REMEMBERED);
  remembered.set(zone, offsets);
  return offsets;
};

/** Milliseconds that the zone's clocks are ahead of UTC at an instant; 0 for a zone that does not exist. */
export const offsetAt = (zone: string, instant: number): number => {
  if (zone === 'UTC') return 0;
  // Offsets change at whole minutes (St John's once at 00:01), so one look-up serves a minute.
  const minute = Math.floor(instant / MINUTE);
  const offsets = rememberedOf(zone);
  const known = offsets.get(minute);
  if (known !== undefined) return known;
  const offset = lookUp(zone, instant);
  offsets.set(minute, offset);
  return offset;
};
