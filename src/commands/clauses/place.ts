import type { Property } from '../../entra/properties.ts';
import { isFiller } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { isProblem, type Problem, placeOf, sayings } from '../problem.ts';
import { badAddress } from '../values/address.ts';
import { skipArticles } from '../values/articles.ts';
import { readCountry, similarCountries } from '../values/country.ts';
import { type Item, readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import { type Name, readName, readNextName } from '../values/name.ts';
import { readAddresses } from './address.ts';
import type { Clause, ClauseReading, Phrase, Topic } from './clause.ts';
import { either, eq, not, startswith } from './conditions.ts';

/** "the UK"; some countries have the article in their name. */
const readCountryOrArticle = (phrase: Phrase, at: number) =>
  readCountry(phrase, at) ?? readCountry(phrase, skipArticles(phrase, at));

const readCountries = (phrase: Phrase, at: number): ClauseReading => {
  const list = readList(phrase, at, readCountryOrArticle);
  if (list === undefined || isProblem(list)) return list;
  return {
    next: list.next,
    topic: 'country',
    either: list.values.map((code) => eq('location/countryOrRegion', code)),
  };
};

/** The phrase with one stretch replaced: what the person may have meant. */
const mended = (phrase: Phrase, place: { start: number; length: number }, by: string): string =>
  phrase.text.slice(0, place.start) + by + phrase.text.slice(place.start + place.length);

const badCountry = (phrase: Phrase, at: number): Problem | undefined => {
  const name = readName(phrase, at);
  const first = phrase.tokens[at];
  if (name === undefined || first === undefined) return undefined;
  if (/^\d|:/.test(first.text)) return badAddress(first, 'No country begins with a figure.');
  const place = placeOf(first, phrase.tokens[name.next - 1] ?? first);
  const said = name.value.text;
  const similar = similarCountries(said).map((country) => mended(phrase, place, country));
  return {
    problem: 'bad-country',
    what: `"${said}" is not a country.`,
    why: 'After "from" stand countries by English name or two-letter code, IP addresses, or dates.',
    next: 'Correct the country, or say "city" or "state" before the name.',
    suggestions: sayings(
      ...similar,
      mended(phrase, place, `city "${said}"`),
      mended(phrase, place, `state "${said}"`),
    ),
    at: place,
  };
};

/** "where did … sign in from" is whole; "sign-ins from" is not. */
const endingInFrom = (phrase: Phrase, at: number): ClauseReading =>
  wordAt(phrase.tokens, 0) === 'where' ? undefined : missing(phrase, at, 'a country, an address or a time');

/** "from Norway", "in US or CA"; the last thing that these words can mean. */
export const country: Clause = {
  name: 'country',
  doc: 'The country: English name or two-letter code; several with "or".',
  examples: ['sign-ins from Nigeria last 24h', 'successful sign-ins from CN or KP today'],
  words: ['from', 'in', 'within', 'inside'],
  read: (phrase, at, said) => {
    const start = skipArticles(phrase, at);
    const found = readCountries(phrase, at);
    if (found !== undefined) return found;
    if (phrase.tokens[start] === undefined) return said === 'from' ? endingInFrom(phrase, at) : undefined;
    // "from anywhere" says nothing.
    return isFiller(phrase.tokens[start]) || phrase.begins(start) ? undefined : badCountry(phrase, start);
  },
};

/** "country NG": a country announced as one. */
export const countryNamed: Clause = {
  name: 'country named',
  variant: true,
  doc: 'The country, announced as one.',
  examples: ['sign-ins with country NG today'],
  words: ['country', 'countries', 'country code', 'country or region', 'location', 'locations', 'region'],
  read: (phrase, at) => {
    const start = skipArticles(phrase, at);
    const found = readCountries(phrase, at);
    if (found !== undefined) return found;
    const nothing = phrase.tokens[start] === undefined || phrase.begins(start);
    return (
      (nothing ? undefined : badCountry(phrase, start)) ??
      missing(phrase, at, 'a country', 'sign-ins from NG today')
    );
  },
};

/** "outside Norway", "outside 10.0.0.0/8": anywhere else; Graph cannot say so, the rows are tested. */
export const outside: Clause = {
  name: 'outside',
  doc: 'Anywhere but in these countries or addresses; Flagman tests it itself.',
  examples: [
    'user@contoso.com outside US last 24h',
    'sign-ins for user@contoso.com outside Norway and Sweden',
    'sign-ins for user@contoso.com outside 203.0.113.0/24',
  ],
  words: ['outside', 'outside of', 'from outside', 'from outside of', 'not in', 'away from', 'beyond'],
  read: (phrase, at) => {
    const start = skipArticles(phrase, at);
    const found = readAddresses(phrase, start) ?? readCountries(phrase, at);
    if (isProblem(found)) return found;
    if (found) return { next: found.next, must: [not(either(found.either ?? []))] };
    const nothing = phrase.tokens[start] === undefined;
    if (nothing) return missing(phrase, at, 'a country', 'user@contoso.com outside US last 24h');
    return phrase.begins(start) ? undefined : badCountry(phrase, start);
  },
};

/** "Salt Lake City": the last word belongs to the name. */
const withCity = (phrase: Phrase, name: Item<Name> | undefined): Item<Name> | undefined => {
  const token = phrase.tokens[name?.next ?? phrase.tokens.length];
  if (name === undefined || token?.lower !== 'city' || token.quoted || name.value.quoted) return name;
  return { value: { ...name.value, text: `${name.value.text} ${token.text}` }, next: name.next + 1 };
};

const placeNamed = (phrase: Phrase, at: number, property: Property, topic: Topic): ClauseReading => {
  const list = readList(phrase, at, (same, from) => {
    if (phrase.tokens[from]?.comma && from > at && readCountry(phrase, from)) return undefined;
    const name = (from === at ? readName : readNextName)(same, from, 'proper');
    return topic === 'city' ? withCity(same, name) : name;
  });
  if (list === undefined || isProblem(list))
    return missing(phrase, at, 'a name', 'sign-ins from city Lagos today');
  // "city Lagos, Nigeria": where the place lies, and no second place.
  const land = phrase.tokens[list.next]?.comma ? readCountry(phrase, list.next) : undefined;
  return {
    next: land?.next ?? list.next,
    topic,
    either: list.values.map(({ text, prefix }) => (prefix ? startswith(property, text) : eq(property, text))),
    ...(land && { must: [eq('location/countryOrRegion', land.value)] }),
  };
};

/** "city Lagos". */
export const city: Clause = {
  name: 'city',
  doc: 'The city, spelt as in the log.',
  examples: ['sign-ins from city Lagos today', 'sign-ins from city "Saint-Jean-d\'Angély" this week'],
  words: ['city', 'cities', 'town', 'city of', 'in the city of'],
  read: (phrase, at) => placeNamed(phrase, at, 'location/city', 'city'),
};

/** "state California". */
export const state: Clause = {
  name: 'state',
  doc: 'The state or province, spelt as in the log.',
  examples: ['sign-ins from state California today'],
  words: ['state', 'states', 'province', 'state of', 'county'],
  read: (phrase, at) => placeNamed(phrase, at, 'location/state', 'state'),
};
