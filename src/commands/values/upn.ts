import type { Phrase } from '../clauses/clause.ts';
import type { Token } from '../language/tokens.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';
import type { Item } from './list.ts';

/** A user principal name as the log spells it, and what was done to get there. */
export interface Upn {
  readonly upn: string;
  readonly notes: readonly string[];
}

const GUEST = '#ext#@';

// U+212A (the Kelvin sign) becomes an ordinary k in lower case: another name than the one that was typed.
const lowerOf = (character: string): string => {
  const lower = character.toLowerCase();
  return character > '\u007f' && lower < '\u0080' ? character : lower;
};

const lowerCase = (text: string): string => Array.from(text, lowerOf).join('');

const FORBIDDEN = new Set(' "(),:;<>[]\\|?*$=%`{}');

const isName = (text: string): boolean => {
  for (const character of text) if (FORBIDDEN.has(character)) return false;
  return text !== '';
};

const isDomain = (text: string): boolean =>
  text.includes('.') && isName(text) && text.split('.').every((label) => label !== '');

const isUpn = (text: string): boolean => {
  const at = text.indexOf('@');
  return at > 0 && at === text.lastIndexOf('@') && isName(text.slice(0, at)) && isDomain(text.slice(at + 1));
};

/** "o'brien@contoso.com's sign-ins" is about o'brien@contoso.com. */
const withoutGenitive = (text: string): string => (text.endsWith("'s") ? text.slice(0, -2) : text);

/** The last underscore before #EXT# stands for the @ of the guest's home address. */
const homeAddress = (upn: string): string => {
  const end = upn.indexOf(GUEST);
  if (end < 0) return upn;
  const at = upn.lastIndexOf('_', end);
  return at < 0 ? '' : `${upn.slice(0, at)}@${upn.slice(at + 1, end)}`;
};

const FOREIGN = /\P{ASCII}/u;

const notesOn = (typed: string, upn: string): readonly string[] => {
  if (typed !== upn) {
    return [`${typed} is a guest; the log has the home address, so ${upn} was asked for.`];
  }
  const foreign = FOREIGN.exec(upn)?.[0];
  if (foreign === undefined) return [];
  const code = (foreign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return [
    `${upn} contains a letter outside ASCII (${foreign}, U+${code}); it was asked for exactly as typed.`,
  ];
};

const notUpn = (token: Token): Problem => ({
  problem: 'not-a-upn',
  what: `"${token.text}" is not a user principal name.`,
  why: 'The log knows people by names such as user@contoso.com.',
  next: 'Type the whole name, with one @ and a domain.',
  suggestions: [],
  at: placeOf(token, token),
});

/**
 * Reads a user principal name: in lower case, because the log holds it so and compares by letter; guests by
 * their home address. Sources: azure-docs#9049 on case; Microsoft's signIn resource page on guests.
 */
export const readUpn = ({ tokens }: Phrase, at: number): Item<Upn> | Problem | undefined => {
  const token = tokens[at];
  if (!token?.text.includes('@')) return undefined;
  const typed = lowerCase(withoutGenitive(token.text));
  const upn = homeAddress(typed);
  return isUpn(upn) ? { value: { upn, notes: notesOn(typed, upn) }, next: at + 1 } : notUpn(token);
};

/** Somebody is named, but not in a way that the log can be asked by. */
export const nobody = (name: string, at: Problem['at'], phrase: string): Problem => ({
  problem: 'not-a-upn',
  what: `"${name}" is not a user principal name.`,
  why: 'Names are not unique, so Flagman does not guess.',
  next: 'Use an address such as user@contoso.com, or put the display name in quotes.',
  suggestions: sayings(phrase),
  ...(at && { at }),
  lookUp: name,
});
