import type { Account } from '../entra/effects.ts';

/** Who stands on both sides of a change. Object ids are GUIDs, whose letters may come in either case. */
export interface Pair {
  readonly actorId: string;
  readonly requesterId: string;
  /** The actor's account; undefined: it could not be read, or nothing depends on it. */
  readonly account: Account | undefined;
  /** The requester's account, where persons are told apart by more than their account. */
  readonly requesterAccount?: Account | undefined;
}

/** What makes one person: one account, or one employee number, whatever the number of accounts. */
export type OnePersonBy = 'account' | 'employeeId';

/** Whether actor and requester are the same account. Names do not count: they can be changed and imitated. */
export const isOwn = ({ actorId, requesterId }: Pick<Pair, 'actorId' | 'requesterId'>): boolean =>
  actorId.toLowerCase() === requesterId.toLowerCase();

const numberOf = ({ employeeId = '' }: Account): string => employeeId.trim().toLowerCase();

/**
 * Why these are not certainly two people, or undefined where they are. Without an employee number on both sides they
 * cannot be told apart by it: an administrator's second account often has none.
 */
export const fourEyes = (
  pair: Pair,
  onePersonBy: OnePersonBy,
): 'own-request' | 'same-person' | 'account-unknown' | 'person-unknown' | undefined => {
  if (isOwn(pair)) return 'own-request';
  if (onePersonBy === 'account') return undefined;
  if (pair.account === undefined || pair.requesterAccount === undefined) return 'account-unknown';
  const [actor, requester] = [numberOf(pair.account), numberOf(pair.requesterAccount)];
  if (actor === '' || requester === '') return 'person-unknown';
  return actor === requester ? 'same-person' : undefined;
};
