/** One word, number, address, date or quoted literal of a phrase. */
export interface Token {
  /** As typed; a quoted literal without its quotes. */
  readonly text: string;
  /**
   * `text` in lower case, every kind of hyphen as `-`, without "'s": what words are compared with. That of a
   * literal begins with a quotation mark, so that it equals no word.
   */
  readonly lower: string;
  /** Where it stands in the cleaned text, in UTF-16 units; for a literal the quotes belong to it. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** Whether a comma or semicolon stands before it. */
  readonly comma: boolean;
}

/** The word that others are compared with at this place; the empty text where no token stands. */
export const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.lower ?? '';

const LOOKS = { space: 1, comma: 2, opening: 4, closing: 8, quote: 16, letter: 32 } as const;

/** What each ASCII character can be; a table, because this is asked for every character of every phrase. */
const looks = new Uint8Array(128);
const mark = (characters: string, look: number): void => {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    looks[code] = (looks[code] ?? 0) | look;
  }
};
mark(' \t\n\r\f\v', LOOKS.space);
mark(',;', LOOKS.comma);
mark('([{<', LOOKS.opening);
mark('.?!:)]}>', LOOKS.closing);
mark('"\'`', LOOKS.quote);
mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', LOOKS.letter);

const COLON = ':'.charCodeAt(0);
const EQUALS = '='.charCodeAt(0);
const APOSTROPHE = "'".charCodeAt(0);

const is = (code: number, look: number): boolean => code < 128 && ((looks[code] ?? 0) & look) !== 0;

const BREAK = LOOKS.space | LOOKS.comma;

/** Whether a single quote here can end a literal: "d'Angély" goes on, "foo' and" does not. */
const endsWord = (text: string, at: number): boolean =>
  at >= text.length || is(text.charCodeAt(at), BREAK | LOOKS.closing);

/** Finds where quoted literals end. A search that failed once is not repeated, which keeps it linear. */
class Quotes {
  readonly #text: string;
  readonly #hopeless = new Set<number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Index of the quote that closes the one at `open`, or -1. */
  closing(open: number): number {
    const quote = this.#text.charCodeAt(open);
    if (this.#hopeless.has(quote)) return -1;
    for (let at = open + 1; at < this.#text.length; at += 1) {
      if (this.#text.charCodeAt(at) !== quote) continue;
      if (quote !== APOSTROPHE || endsWord(this.#text, at + 1)) return at;
    }
    this.#hopeless.add(quote);
    return -1;
  }
}

const HYPHENS = /[\u2010-\u2015\u2212]/g;

const lowered = (text: string): string => text.toLowerCase().replace(HYPHENS, '-');

/** "yesterday's flagged sign-ins" are those of yesterday. */
const withoutGenitive = (lower: string): string => (lower.endsWith("'s") ? lower.slice(0, -2) : lower);

const word = (text: string, start: number, end: number, comma: boolean): Token => {
  const slice = text.slice(start, end);
  return { text: slice, lower: withoutGenitive(lowered(slice)), start, end, quoted: false, comma };
};

/**
 * Index of the colon in "user:alex@contoso.com" or of the sign in "ip=203.0.113.7", which are two words;
 * "2001:db8::1", "14:00" and "https://" are one (-1). One label in a row, or the rest of a word of many colons would be looked at again and again.
 */
const labelEnd = (text: string, start: number, end: number): number => {
  const before = text.charCodeAt(start - 1);
  if (before === COLON || before === EQUALS) return -1;
  let at = start;
  let hexadecimal = true;
  while (at < end && is(text.charCodeAt(at), LOOKS.letter)) {
    if ((text.charCodeAt(at) | 32) > 102) hexadecimal = false;
    at += 1;
  }
  if (at === start || at + 1 >= end) return -1;
  if (text.charCodeAt(at) === EQUALS) return at;
  const labelled = text.charCodeAt(at) === COLON && !hexadecimal;
  return labelled && text[at + 1] !== ':' && text[at + 1] !== '/' ? at : -1;
};

/** Where a word ends without the punctuation of the sentence; "2001:db8::" keeps its colons. */
const trimmedEnd = (text: string, start: number, end: number): number => {
  let last = end;
  while (last > start && is(text.charCodeAt(last - 1), LOOKS.closing)) {
    if (text.charCodeAt(last - 1) === COLON && text.charCodeAt(last - 2) === COLON) break;
    last -= 1;
  }
  return last;
};

/** Opening brackets and lone colons before a word; "::1" keeps its colons. */
const skipOpening = (text: string, from: number): number => {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const loneColon = code === COLON && text.charCodeAt(at + 1) !== COLON;
    if (!is(code, LOOKS.opening) && !loneColon) break;
    at += 1;
  }
  return at;
};

/**
 * Splits a cleaned phrase into words. Quoted text is one token; commas and the punctuation around words
 * vanish (a comma leaves a mark); nothing inside a word is changed. Linear in the length of the text.
 */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  const quotes = new Quotes(text);
  let comma = false;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (is(code, BREAK)) {
      comma ||= is(code, LOOKS.comma);
      at += 1;
      continue;
    }
    const start = skipOpening(text, at);
    const close = is(text.charCodeAt(start), LOOKS.quote) ? quotes.closing(start) : -1;
    if (close >= 0) {
      const literal = text.slice(start + 1, close);
      const end = close + 1;
      tokens.push({ text: literal, lower: `"${lowered(literal)}`, start, end, quoted: true, comma });
      comma = false;
      at = end;
      continue;
    }
    let stop = start;
    while (stop < text.length && !is(text.charCodeAt(stop), BREAK)) stop += 1;
    const end = trimmedEnd(text, start, stop);
    const label = labelEnd(text, start, end);
    if (label > 0) {
      tokens.push(word(text, start, label, comma));
      comma = false;
      at = label + 1;
      continue;
    }
    if (end > start) {
      tokens.push(word(text, start, end, comma));
      comma = false;
    }
    at = stop;
  }
  return tokens;
};
