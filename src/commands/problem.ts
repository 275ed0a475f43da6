import type { Suggestion } from '../cards/view.ts';

/** Why a phrase was not understood; the closed list that `explain` prints as `error.code`. */
export type ProblemCode =
  | 'unknown-word'
  | 'unknown-command'
  | 'not-yet'
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
  /** Where in the cleaned text the trouble is, in UTF-16 units. */
  readonly at?: { readonly start: number; readonly length: number };
  /** A name that could be looked up in the directory ("sign-ins for bob"). */
  readonly lookUp?: string;
}
