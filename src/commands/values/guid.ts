import type { Phrase } from '../clauses/clause.ts';
import type { Token } from '../language/tokens.ts';
import { type Problem, placeOf } from '../problem.ts';
import type { Item } from './list.ts';

const DASHES = [8, 13, 18, 23];

const isHex = (text: string, dashes: boolean): boolean => {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code >= 48 && code <= 57;
    const letter = (code | 32) >= 97 && (code | 32) <= 102;
    if (!digit && !letter && !(dashes && code === 45)) return false;
  }
  return true;
};

/** Whether the text is a GUID in its usual form: 32 hexadecimal digits with four dashes. */
export const isGuid = (text: string): boolean =>
  text.length === 36 &&
  DASHES.every((dash) => text.charCodeAt(dash) === 45) &&
  isHex(text, true) &&
  text.replaceAll('-', '').length === 32;

/** Whether somebody meant a GUID here: hexadecimal digits and dashes, at least as long as its first part. */
export const resemblesGuid = (text: string): boolean =>
  text.length >= 8 && text.includes('-') && text.indexOf('-') >= 6 && isHex(text, true);

/** What is wrong with an id, and what one looks like. */
export const badId = (token: Token): Problem => ({
  problem: 'bad-id',
  what: `"${token.text}" is not a whole id.`,
  why: `An id has 36 characters, such as 66ea54eb-6301-4ee5-be62-ff5a759b0100; this has ${token.text.length}.`,
  next: 'Copy the whole id and ask again.',
  suggestions: [],
  at: placeOf(token, token),
});

/** Reads one id, in lower case; something that was meant to be one is a problem. */
export const readGuid = ({ tokens }: Phrase, at: number): Item<string> | Problem | undefined => {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const id = token.text.toLowerCase();
  if (isGuid(id)) return { value: id, next: at + 1 };
  return resemblesGuid(id) ? badId(token) : undefined;
};
