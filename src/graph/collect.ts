import { isWithin, type Match, matches } from '../entra/matches.ts';
import type { Found, Query, Window } from '../entra/query.ts';
import { SignIn } from '../entra/sign-in.ts';
import type { Span } from './span.ts';

/** Rows as they come in: unreadable ones counted, repeats replaced by the version that came last. */
export interface Collected {
  readonly rows: Map<string, { readonly signIn: SignIn; readonly match: Match }>;
  unreadable: number;
}

/** Whether a row belongs to the question that is being read for. */
export type Judge = (signIn: SignIn) => Match;

/** Tests rows against the question as it was asked of Graph: rolling bounds as they stood then. */
export const judgeOf = ({ where, window }: Query, span: Span): Judge => {
  const asked: Window = {
    from: { at: span.from, inclusive: window.from?.inclusive ?? true },
    ...(span.to !== undefined && { to: { at: span.to, inclusive: window.to?.inclusive ?? true } }),
  };
  return (signIn) =>
    isWithin(asked, signIn.createdDateTime) ? matches({ op: 'and', of: where }, signIn) : 'no';
};

/** Takes in one page and returns the rows that could be read, in their order. */
export const collect = (into: Collected, rows: readonly unknown[], judge: Judge): readonly SignIn[] =>
  rows.flatMap((row) => {
    const { success, data: signIn } = SignIn.safeParse(row);
    if (!success) {
      into.unreadable += 1;
      return [];
    }
    into.rows.set(signIn.id, { signIn, match: judge(signIn) });
    return [signIn];
  });

/** By instant, then by the digits that an instant in milliseconds leaves out. */
const newestFirst = (one: SignIn, other: SignIn): number =>
  Date.parse(other.createdDateTime) - Date.parse(one.createdDateTime) ||
  Number(other.createdDateTime > one.createdDateTime) - Number(other.createdDateTime < one.createdDateTime);

/** The rows of the answer, newest first; contradicted ones are left out. */
export const foundIn = ({ rows }: Collected): readonly Found[] =>
  [...rows.values()]
    .filter(({ match }) => match !== 'no')
    .map(({ signIn, match }) => ({ signIn, confirmed: match === 'yes' }))
    .sort((one, other) => newestFirst(one.signIn, other.signIn));

/** Whether rows came newest first, so that what follows can only be older. */
export const isDescending = (rows: readonly SignIn[]): boolean =>
  rows.every((row, index) => {
    const before = rows[index - 1];
    return before === undefined || Date.parse(before.createdDateTime) >= Date.parse(row.createdDateTime);
  });
