import { z } from 'zod';
import { isFailure } from '../entra/error-codes.ts';
import type { Found } from '../entra/query.ts';
import type { SignIn } from '../entra/sign-in.ts';
import { counted } from './answer-words.ts';
import { whoOf } from './sign-in-words.ts';
import { Text } from './template.ts';

const UserRow = z.strictObject({ user: Text, failed: Text, succeeded: Text, other: Text });

/** How many sign-ins of each user failed and succeeded: one look shows who fell to a password spray. */
export const UserTable = z.strictObject({ title: Text, users: z.array(UserRow), more: z.array(Text) });

export type UserTable = z.infer<typeof UserTable>;

interface Tally {
  failed: number;
  succeeded: number;
  other: number;
}

const MOST_USERS = 10;

const outcomeOf = (signIn: SignIn): keyof Tally => {
  const code = signIn.status?.errorCode;
  if (code === 0) return 'succeeded';
  return typeof code === 'number' && isFailure(code) ? 'failed' : 'other';
};

/** Every user's counts over all rows; whoever got in comes first, then whoever failed most. */
const talliesOf = (rows: readonly Found[]): [string, Tally][] => {
  const tallies = new Map<string, Tally>();
  for (const { signIn } of rows) {
    const user = whoOf(signIn).id;
    const tally = tallies.get(user) ?? { failed: 0, succeeded: 0, other: 0 };
    tally[outcomeOf(signIn)] += 1;
    tallies.set(user, tally);
  }
  return [...tallies].sort(([, a], [, b]) => b.succeeded - a.succeeded || b.failed - a.failed);
};

/** The table over all rows of an answer. */
export const userTableOf = (rows: readonly Found[]): UserTable => {
  const tallies = talliesOf(rows);
  const gotIn = tallies.filter(([, { succeeded }]) => succeeded > 0).length;
  const left = tallies.length - MOST_USERS;
  return {
    title: `${gotIn.toLocaleString('en')} of ${counted(tallies.length, 'user')} got in`,
    users: tallies.slice(0, MOST_USERS).map(([user, { failed, succeeded, other }]) => ({
      user,
      failed: String(failed),
      succeeded: String(succeeded),
      other: String(other),
    })),
    more: left > 0 ? [`and ${counted(left, 'more user')}`] : [],
  };
};
