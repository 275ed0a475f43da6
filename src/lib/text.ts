// Text of a tenant (names, user agents, failure reasons) can be written by an attacker. It is shown, never obeyed.

const NOTHING = '-';

// Printable ASCII without the three characters that can begin a template or a tag: nearly every value.
const PLAIN = /^[\x20-\x23\x25-\x3b\x3d-\x7a\x7c-\x7e]*$/;

const ASCII = /^[\x20-\x7e]*$/;

const LINE_BREAKS = /[\t\n\v\f\r\x85\u2028\u2029]+/g;

// Controls, everything that Unicode lets a renderer draw as nothing (bidi, zero-width, tags, fillers), halves of
// surrogate pairs, and the blank Braille cell. A variation selector may stay where it belongs, behind an emoji.
const HIDDEN =
  /[[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb\u2800]--[\ufe0e\ufe0f]]|(?<!\p{Emoji})[\ufe0e\ufe0f]/gv;

// No language stacks more than a handful of marks on one letter.
const TOWER_OF_MARKS = /(\p{M}{8})\p{M}+/gu;

/** A character by its number: ‹U+202E›. */
export const codePointOf = (character: string): string =>
  `‹U+${Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0')}›`;

/** Text with each character replaced that a renderer draws as nothing or that turns its neighbours around. */
export const replaceHidden = (text: string, by: (character: string) => string): string =>
  ASCII.test(text) ? text : text.replace(HIDDEN, by);

const disarm = (text: string): string =>
  text
    .replace(LINE_BREAKS, ' ')
    .replace(HIDDEN, codePointOf)
    .replace(TOWER_OF_MARKS, '$1…')
    .replace(/\$(?=\{)|\{(?=\{)|<(?=[a-z/!?])/gi, '$& ');

// How far behind the cut a character may reach that begins before it.
const REACH = 16;

/** Cuts to at most `max` UTF-16 units, between two characters as people count them where there is such a place. */
const cut = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const room = max - 1;
  if (ASCII.test(text.slice(0, max))) return `${text.slice(0, room)}…`;
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const boundary = graphemes.segment(text.slice(0, max + REACH)).containing(room)?.index;
  // One character may be longer than the room (a run of Korean letters has no end): then only pairs stay whole.
  return `${(boundary ? text.slice(0, boundary) : text.slice(0, room)).replace(/\p{Cs}$/u, '')}…`;
};

/**
 * A value of the tenant as harmless text of one line, at most `max` UTF-16 units: hidden characters are spelt out
 * as ‹U+202E›, `${`, `{{` and tags are broken by a space, and what is too long ends in an ellipsis. The work is
 * bounded by `max`, not by the length of the value. Anything but text, a number or a boolean, and text without
 * anything to see, is `-`.
 */
export const showText = (value: unknown, max: number): string => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return NOTHING;
  const short = value.length <= max;
  if (short && PLAIN.test(value)) return value.trim() || NOTHING;
  const shown = disarm(short ? value : value.slice(0, 2 * max).replace(/[\ud800-\udbff]$/, '')).trim();
  return cut(short || shown.endsWith('…') ? shown : `${shown}…`, max) || NOTHING;
};

// Letters of other scripts that pass for an ASCII letter in common fonts, in pairs. Full-width, mathematical and
// ligature forms need no row: Unicode itself maps them.
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  [
    'аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwѵvӏlкkгrпnтtмmнhвb',
    'АAВBЕEІIЈJКKМMНHОOРPСCЅSТTУYХXЗ3',
    'αaεeιiκkνvοoρpτtυuχxγyηnωw',
    'ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX',
    'օoսuհhոnցgզqıiɑaɡg',
  ]
    .flatMap((pairs) => Array.from(pairs.matchAll(/../gu), ([pair]) => pair))
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)]),
);

const ASCII_NAME = /^[\w@.-]+$/;

const skeletonOf = (character: string): string => {
  if (character <= '\x7f') return character;
  const plain = LOOK_ALIKES.get(character) ?? character.normalize('NFKC');
  return ASCII_NAME.test(plain) ? plain : character;
};

/**
 * What a name seems to say, in ASCII, if letters of another script pass for ASCII ones in it (a Cyrillic "а" in
 * "аdmin"); undefined if nothing in it deceives. An honest Cyrillic or Greek name gives undefined: a word deceives
 * only if it mixes such letters with ASCII ones or consists of nothing else. Only the first 256 units count.
 */
export const confusable = (value: string): string | undefined => {
  if (ASCII.test(value)) return undefined;
  const name = value.slice(0, 256);
  const skeleton = Array.from(name, skeletonOf).join('');
  const words = (text: string) => text.split(/[^\p{L}\p{M}\p{N}]+/u);
  const deceives = words(name).some((word) => {
    const seeming = Array.from(word, skeletonOf);
    const changed = Array.from(word).some((letter, index) => letter !== seeming[index]);
    return changed && (/[a-z]/i.test(word) || seeming.every((letter) => ASCII.test(letter)));
  });
  return deceives ? skeleton : undefined;
};
