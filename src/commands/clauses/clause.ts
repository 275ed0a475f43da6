import type { Condition } from '../../entra/condition.ts';
import type { Window } from '../../entra/query.ts';
import type { Command, ReadContext } from '../command.ts';
import type { Token } from '../language/tokens.ts';
import type { Problem } from '../problem.ts';

/** A phrase while it is read. */
export interface Phrase {
  /** What was typed, cleaned. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly context: ReadContext;
  /** Whether a clause begins at this token, so that no name goes on over it. */
  begins(at: number): boolean;
  /** Whether a clause of several words begins at this token ("correlation id", "anonymous ip"). */
  beginsWithWords(at: number): boolean;
  /** Reads the one clause that stands at this token. */
  clauseAt(at: number): Match | Problem | undefined;
}

/**
 * What conditions are about. Alternatives on one topic are joined with "or", wherever in the phrase they stand
 * ("from US … from GB"); different topics must all hold.
 */
export type Topic =
  | 'flag'
  | 'user'
  | 'user type'
  | 'app'
  | 'resource'
  | 'client app'
  | 'principal'
  | 'address'
  | 'network'
  | 'country'
  | 'state'
  | 'city'
  | 'browser'
  | 'system'
  | 'agent'
  | 'outcome'
  | 'code'
  | 'access'
  | 'factor'
  | 'level'
  | 'level then'
  | 'risk state'
  | 'detail'
  | 'detection'
  | 'event type'
  | 'id'
  | 'correlation'
  | 'original';

/** What a clause says, and how far it reaches. */
export interface Match {
  /** Index of the first token that does not belong to the clause. */
  readonly next: number;
  readonly topic?: Topic;
  /** Alternatives, at least one of which must hold; they need a topic. */
  readonly either?: readonly Condition[];
  /** A loose word ("lockouts", "risky"), which gives way where the phrase says the topic exactly. */
  readonly loose?: boolean;
  /** Conditions that must hold besides. */
  readonly must?: readonly Condition[];
  readonly window?: Window;
  readonly limit?: number;
  readonly groupBy?: 'user';
  readonly notes?: readonly string[];
  /** The command that this noun belongs to. */
  readonly noun?: Command;
  /** The phrase speaks of users as the things to list, not of sign-ins. */
  readonly listsUsers?: boolean;
}

/** What reading gives: a match, a problem that ends the reading, or nothing when the words are not its own. */
export type ClauseReading = Match | Problem | undefined;

/** One thing that a question can say. Help and the README are made from these declarations. */
export interface Clause {
  /** Unique; what "help NAME" takes. */
  readonly name: string;
  /** Another way to say what a clause beside it says: help leaves it out of the overview. */
  readonly variant?: true;
  /** One sentence. */
  readonly doc: string;
  /** Phrases that use it; tests read every one. */
  readonly examples: readonly [string, ...string[]];
  /** The lower-case words with which it begins. */
  readonly words: readonly string[];
  /**
   * Reads the clause whose words `said` stand at token `start`; its arguments begin at token `at`.
   * Several clauses may begin with the same word: each is asked in turn, those with more words first.
   */
  read(phrase: Phrase, at: number, said: string, start: number): ClauseReading;
  /** Reads a value that stands alone, such as an address or a date. */
  bare?(phrase: Phrase, at: number): ClauseReading;
}
