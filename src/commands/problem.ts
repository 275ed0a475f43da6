import type { Suggestion } from '../cards/view.ts';

/** Why a phrase was not understood; the closed list that `explain` prints as `error.code`. */
export type ProblemCode =
  | 'unknown-word'
  | 'unknown-command'
  | 'not-yet'
  | 'not-here'
  | 'impossible'
  | 'too-long'
  | 'raw-odata'
  | 'not-a-upn'
  | 'bad-id'
  | 'bad-date'
  | 'ambiguous-date'
  | 'ambiguous-zone'
  | 'bad-zone'
  | 'bad-address'
  | 'bad-country'
  | 'bad-number'
  | 'bad-value'
  | 'bad-character'
  | 'missing-argument'
  | 'contradiction'
  | 'too-broad';

/** A phrase that cannot be carried out, in three parts: what happened, why, what to type instead. */
export interface Problem {
  readonly problem: ProblemCode;
  readonly what: string;
  readonly why: string;
  readonly next: string;
  /** The corrected command, best first. */
  readonly suggestions: readonly Suggestion[];
  /** Where in `asked` the trouble is, in UTF-16 units. */
  readonly at?: { readonly start: number; readonly length: number };
  /** What was typed, cleaned; absent where the text itself is the trouble. */
  readonly asked?: string;
  /** A name that could be looked up in the directory ("sign-ins for bob"). */
  readonly lookUp?: string;
}

/** Tells a problem from what a reader gives when it understood, or when the words are not its own. */
export const isProblem = (reading: object | undefined): reading is Problem =>
  reading !== undefined && 'problem' in reading;

/** A button for each phrase; its title is the phrase itself. */
export const sayings = (...phrases: readonly string[]): readonly Suggestion[] =>
  phrases.map((say) => ({ title: say, say }));

/** The place of a word or a run of words, for the caret. */
export const placeOf = (
  first: { readonly start: number },
  last: { readonly end: number },
): { readonly start: number; readonly length: number } => ({
  start: first.start,
  length: last.end - first.start,
});
