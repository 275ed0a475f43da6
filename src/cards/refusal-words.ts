import type { ChangeRefusal } from '../policy/authorize-change.ts';

const REFUSALS: Readonly<Record<ChangeRefusal, string>> = {
  'not-the-requester': 'only who made the request may do that.',
  'own-request': 'it was their own request.',
  'same-person': 'another account of the same person had made the request.',
  'person-unknown': 'it could not be told whether they and the requester are two people.',
  'account-unknown': 'their account could not be verified.',
  'account-disabled': 'their account was disabled.',
  guest: 'they were a guest.',
  'roles-unknown': 'their roles could not be verified.',
  'role-needed': 'they did not hold a role that suffices.',
  'confirm-own': 'it was their own request, and they had not confirmed it.',
};

const STEPS: ReadonlyMap<string, string> = new Map([
  ['request', 'ask for a change'],
  ['preview', 'look at it'],
  ['approve', 'approve it'],
  ['reject', 'reject it'],
  ['withdraw', 'withdraw it'],
  ['resolve', 'resolve it'],
]);

const BY_NAME: ReadonlyMap<string, string> = new Map(Object.entries(REFUSALS));

/** Why the policy refused, as the end of a sentence about somebody else. */
export const refusalWords = (why: string): string => BY_NAME.get(why) ?? why;

/** What somebody wanted to do, behind "wanted to". */
export const stepWords = (step: string): string => STEPS.get(step) ?? `do "${step}"`;
