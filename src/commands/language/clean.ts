import type { Problem } from '../problem.ts';
import { unwrapLinks } from './links.ts';

/** Letters that look like others, hide or turn the text around: invisible, so nobody can have meant them. */
const isInvisible = (code: number): boolean =>
  code < 0x20 ||
  (code >= 0x7f && code < 0xa0) ||
  code === 0xad ||
  code === 0x34f ||
  code === 0x61c ||
  code === 0x180e ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x206f) ||
  code === 0xfeff ||
  (code >= 0xfff9 && code <= 0xfffb) ||
  (code >= 0xe0000 && code <= 0xe007f);

const SPACES = new Set([9, 10, 11, 12, 13, 32, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);

const isSpace = (code: number): boolean => SPACES.has(code) || (code >= 0x2000 && code <= 0x200a);

// Phones turn straight quotes into these while one types; no name in the log is likely to hold them.
const QUOTES: ReadonlyMap<number, string> = new Map([
  ...[0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0xff07].map((code): [number, string] => [code, "'"]),
  ...[0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0xab, 0xbb, 0xff02].map((code): [number, string] => [
    code,
    '"',
  ]),
]);

/** `U+202E`, as the Unicode tables write it. */
const codePoint = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

const hidden = (code: number, shown: string, start: number): Problem => ({
  problem: 'bad-character',
  what: `There is an invisible character, ${codePoint(code)}, inside a word.`,
  why: 'Such a character changes what a name means without being seen, so it is never passed on.',
  next: 'Type the word by hand instead of pasting it.',
  suggestions: [],
  at: { start, length: 1 },
  asked: shown,
});

/** Most phrases are plain ASCII without markup, and need nothing. */
const isPlain = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Besides letters out of the ordinary: & < [ and the newlines of a pasted error.
    if (code < 32 || code > 126 || code === 38 || code === 60 || code === 91) return false;
  }
  return true;
};

/** Replaces what cannot be seen by what stands for it, character by character. */
const cleanCharacters = (text: string): string | Problem => {
  let clean = '';
  let pending: number | undefined;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (isSpace(code)) {
      pending = undefined;
      clean += ' ';
    } else if (isInvisible(code)) {
      if (clean !== '' && !clean.endsWith(' ')) pending = code;
    } else {
      if (pending !== undefined) return hidden(pending, `${clean}\uFFFD${character}`, clean.length);
      clean += QUOTES.get(code) ?? character;
    }
  }
  return clean;
};

/**
 * What a person meant to type: links and mentions unwrapped, typographic quotes straightened, every kind of
 * space made an ordinary one, invisible characters around words dropped. Inside a word they are a problem.
 * Letters are left alone: no Unicode normalisation. Linear in the length of the text.
 */
export const clean = (text: string): string | Problem => {
  if (isPlain(text)) return unwrapLinks(text).trim();
  const characters = cleanCharacters(text);
  return typeof characters === 'string' ? unwrapLinks(characters).trim() : characters;
};
