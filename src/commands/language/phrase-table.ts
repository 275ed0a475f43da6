import type { Token } from './tokens.ts';

/** Some words in a row, and what they stand for. */
export interface Entry<Value> {
  /** The words as they were declared, without the variants of hyphens. */
  readonly said: string;
  readonly words: readonly string[];
  readonly value: Value;
}

/** "real-time risk" may be typed "real time risk", "realtime risk" or "real-time-risk". */
const variants = (said: string): readonly (readonly string[])[] => {
  const [first = '', ...others] = said.split(/(?=[ -])/);
  const written = others.reduce<readonly string[]>(
    (heads, part) => {
      const [gap, word] = [part[0] ?? '', part.slice(1)];
      const joints = gap === '-' ? ['-', ' ', ''] : [' ', '-'];
      return heads.flatMap((head) => joints.map((joint) => head + joint + word));
    },
    [first],
  );
  return written.map((text) => text.split(' '));
};

/** Finds declared words in a phrase by their first one: a look-up in a map, whatever people type. */
export class PhraseTable<Value> {
  readonly #entries = new Map<string, Entry<Value>[]>();

  /** Declares lower-case words, one space between them. */
  add(said: string, value: Value): this {
    for (const words of variants(said)) {
      const first = words[0] ?? '';
      const known = this.#entries.get(first) ?? [];
      known.push({ said, words, value });
      // The longest first; equally long ones stay in the order in which they were declared.
      known.sort((one, other) => other.words.length - one.words.length);
      this.#entries.set(first, known);
    }
    return this;
  }

  /** What may begin with this word; see `fits`. */
  startingWith(word: string): readonly Entry<Value>[] | undefined {
    return this.#entries.get(word);
  }

  /** The longest declared words that stand at this token. */
  at(tokens: readonly Token[], at: number): Entry<Value> | undefined {
    const first = tokens[at];
    if (first === undefined || first.quoted) return undefined;
    return this.#entries.get(first.lower)?.find((entry) => fits(entry.words, tokens, at));
  }

  /** The value whose words stand at this token, bare or as one literal in quotes, and the index after them. */
  valueAt(
    tokens: readonly Token[],
    at: number,
  ): { readonly value: Value; readonly next: number } | undefined {
    const token = tokens[at];
    if (!token?.quoted) {
      const entry = this.at(tokens, at);
      return entry && { value: entry.value, next: at + entry.words.length };
    }
    const literal = token.text.toLowerCase();
    const [first = ''] = literal.split(' ', 1);
    const entry = this.#entries.get(first)?.find(({ words }) => words.join(' ') === literal);
    return entry && { value: entry.value, next: at + 1 };
  }

  /** Every first word, for guessing what a misspelt one was meant to be. */
  firstWords(): Iterable<string> {
    return this.#entries.keys();
  }
}

/** Whether the words stand at this token, none of them quoted and no comma between them. */
export const fits = (words: readonly string[], tokens: readonly Token[], at: number): boolean => {
  for (let index = 1; index < words.length; index += 1) {
    const token = tokens[at + index];
    if (token === undefined || token.lower !== words[index] || token.quoted || token.comma) return false;
  }
  return true;
};
