import type { Clause, ClauseReading, Phrase } from '../clauses/clause.ts';
import type { ReadContext } from '../command.ts';
import { fits, PhraseTable } from '../language/phrase-table.ts';
import type { Token } from '../language/tokens.ts';

/** The clauses of the language, found by their first words. */
export class Clauses {
  readonly table = new PhraseTable<Clause>();
  /** Those that also read values which no word announces, in the order in which they are asked. */
  readonly bare: readonly Clause[];

  constructor(clauses: readonly Clause[]) {
    for (const clause of clauses) for (const said of clause.words) this.table.add(said, clause);
    this.bare = clauses.filter((clause) => clause.bare !== undefined);
  }
}

/** A phrase with the clauses that it is read by. */
export class PhraseReader implements Phrase {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly context: ReadContext;
  readonly #clauses: Clauses;
  readonly #read = new Map<number, ClauseReading>();

  constructor(text: string, tokens: readonly Token[], context: ReadContext, clauses: Clauses) {
    this.text = text;
    this.tokens = tokens;
    this.context = context;
    this.#clauses = clauses;
  }

  begins(at: number): boolean {
    return this.#clauses.table.at(this.tokens, at) !== undefined || this.#bareAt(at) !== undefined;
  }

  beginsWithWords(at: number): boolean {
    return (this.#clauses.table.at(this.tokens, at)?.words.length ?? 0) > 1;
  }

  /** Read once for each token: clauses ask for the ones behind them, which would be read again and again. */
  clauseAt(at: number): ClauseReading {
    if (this.#read.has(at)) return this.#read.get(at);
    const reading = this.#wordsAt(at) ?? this.#bareAt(at);
    this.#read.set(at, reading);
    return reading;
  }

  #wordsAt(at: number): ClauseReading {
    const token = this.tokens[at];
    const entries =
      token === undefined || token.quoted ? undefined : this.#clauses.table.startingWith(token.lower);
    if (entries === undefined) return undefined;
    for (const { said, words, value } of entries) {
      if (!fits(words, this.tokens, at)) continue;
      const reading = value.read(this, at + words.length, said, at);
      if (reading !== undefined) return reading;
    }
    return undefined;
  }

  #bareAt(at: number): ClauseReading {
    if (this.tokens[at] === undefined) return undefined;
    for (const clause of this.#clauses.bare) {
      const reading = clause.bare?.(this, at);
      if (reading !== undefined) return reading;
    }
    return undefined;
  }
}
