import type { Phrase } from '../clauses/clause.ts';
import { nearest } from '../language/did-you-mean.ts';
import { PhraseTable } from '../language/phrase-table.ts';
import type { Item } from './list.ts';

/** What people say besides the English names that ICU knows. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  AE: ['uae', 'emirates'],
  BA: ['bosnia'],
  BO: ['bolivia'],
  BN: ['brunei'],
  IE: ['republic of ireland'],
  CD: ['dr congo', 'drc', 'democratic republic of the congo', 'democratic republic of congo'],
  CG: ['congo', 'republic of the congo'],
  CI: ['ivory coast', "cote d'ivoire"],
  CN: ["people's republic of china", 'prc', 'mainland china'],
  CV: ['cape verde'],
  CZ: ['czech republic'],
  DE: ['deutschland'],
  FM: ['micronesia'],
  GB: ['uk', 'u.k', 'great britain', 'britain', 'england', 'scotland', 'wales', 'northern ireland'],
  HK: ['hong kong'],
  KN: ['saint kitts', 'st kitts'],
  KP: ['north korea', 'dprk'],
  KR: ['south korea', 'korea', 'republic of korea'],
  LA: ['laos'],
  LC: ['saint lucia', 'st lucia'],
  MD: ['moldova'],
  MK: ['macedonia'],
  MM: ['burma', 'myanmar'],
  MO: ['macau', 'macao'],
  NL: ['holland', 'the netherlands'],
  PS: ['palestine'],
  RU: ['russian federation'],
  SY: ['syria'],
  SZ: ['swaziland'],
  TL: ['east timor'],
  TR: ['turkey', 'turkiye'],
  TT: ['trinidad'],
  TW: ['taiwan'],
  TZ: ['tanzania'],
  US: ['usa', 'u.s', 'u.s.a', 'america', 'united states of america', 'the states', 'the us', 'the usa'],
  VA: ['vatican', 'holy see'],
  VC: ['saint vincent', 'st vincent'],
  VE: ['venezuela'],
  VN: ['vietnam', 'viet nam'],
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Codes that ICU names although they stand for no country: islets, outposts, unions and test names. */
const NO_COUNTRY = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));

/** Withdrawn codes ("DD", "YU", "UK") have a successor that ICU puts in their place. */
const isCurrent = (code: string): boolean =>
  !NO_COUNTRY.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

const englishNames = (): readonly (readonly [string, string])[] => {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  return [...LETTERS].flatMap((first) =>
    [...LETTERS].flatMap((second) => {
      const code = first + second;
      const name = isCurrent(code) ? names.of(code) : undefined;
      return name === undefined ? [] : [[code, name] as const];
    }),
  );
};

/** "Bosnia & Herzegovina" is also typed with "and", "Saint" in full, accents and dashes left out. */
const spellings = (name: string): readonly string[] => {
  const typed = name.toLowerCase().replaceAll('’', "'").replaceAll('-', ' ');
  const plain = typed
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ \(.*\)| sar china/g, '');
  return [...new Set([typed, plain, plain.replace('&', 'and'), plain.replace('st. ', 'saint ')])];
};

interface Countries {
  readonly table: PhraseTable<string>;
  /** As one writes them, by their lower-case spelling. */
  readonly names: ReadonlyMap<string, string>;
  readonly codes: ReadonlySet<string>;
}

const load = (): Countries => {
  const named = englishNames();
  const table = new PhraseTable<string>();
  for (const [code, name] of named) for (const said of spellings(name)) table.add(said, code);
  for (const [code, said] of Object.entries(ALIASES)) for (const name of said) table.add(name, code);
  const names = new Map(named.map(([, name]) => [name.toLowerCase(), name]));
  return { table, names, codes: new Set(named.map(([code]) => code)) };
};

let loaded: Countries | undefined;

/** Made when the first country is read: a start without one need not wait for it. */
const countries = (): Countries => {
  loaded ??= load();
  return loaded;
};

/** Country codes that are English words too; in lower case they are taken for the word. */
const WORDS = new Set('am as at be by do in is it me my no so to'.split(' '));

/** Reads a country by its English name or its two-letter code, and gives the code that the log has. */
export const readCountry = ({ tokens }: Phrase, at: number): Item<string> | undefined => {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const { table, codes } = countries();
  const code = token.text.toUpperCase();
  if (code.length === 2 && codes.has(code) && !WORDS.has(token.text)) return { value: code, next: at + 1 };
  return table.valueAt(tokens, at);
};

/** Countries whose names are a slip away from what was typed. */
export const similarCountries = (typed: string): readonly string[] => {
  const { names } = countries();
  return nearest(typed.toLowerCase(), names.keys()).map((name) => names.get(name) ?? name);
};
