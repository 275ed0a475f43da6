import { wordsIn } from '../language/words-in.ts';
import type { Clause } from './clause.ts';
import { codeIn } from './codes.ts';
import { eq } from './conditions.ts';

const said = (names: string, ...codes: readonly number[]): (readonly [string, readonly number[]])[] =>
  wordsIn(names).map((name) => [name, codes]);

/** The codes that are met most, by what people call them. */
const EVERYDAY: ReadonlyMap<string, readonly number[]> = new Map([
  ...said(
    `lockout, lockouts, locked out, locked accounts, account locked, account lockout,
    account lockouts, smart lockout, smart lockouts, locked`,
    50053,
  ),
  ...said(
    `bad password, bad passwords, wrong password, wrong passwords, invalid password,
    invalid passwords, incorrect password, incorrect passwords, password failure,
    password failures, password errors, failed passwords, invalid credentials, bad credentials,
    wrong credentials, invalid username or password`,
    50126,
  ),
  ...said('expired password, expired passwords, password expired, passwords expired', 50055),
  ...said(
    `disabled account, disabled accounts, disabled user, disabled users, account disabled,
    accounts disabled, user disabled`,
    50057,
  ),
  ...said(
    `unknown user, unknown users, unknown account, unknown accounts, user not found,
    nonexistent user, nonexistent users, user does not exist`,
    50034,
  ),
  ...said('not assigned, user not assigned, unassigned users', 50105),
  ...said(
    `mfa failure, mfa failures, mfa failed, failed mfa, failing mfa, mfa denied, denied mfa,
    mfa denials, mfa errors, mfa rejected`,
    50074,
    500121,
  ),
  ...said('mfa required, mfa prompt, mfa prompts', 50076),
  ...said('mfa registration, mfa enrollment, mfa enrolment, mfa not registered', 50072, 50079),
  ...said(
    `blocked by conditional access, blocked by ca, conditional access blocked,
    conditional access block, conditional access blocks, ca block, ca blocks, ca blocked,
    blocked by policy, blocked by a conditional access policy,
    blocked by conditional access policy, blocked by conditional access policies`,
    53003,
  ),
  ...said(
    `noncompliant device, noncompliant devices, non-compliant device, non-compliant devices,
    device not compliant`,
    53000,
  ),
  ...said('kmsi, keep me signed in, stay signed in', 50140),
  ...said('consent required, missing consent, no consent', 65001),
  ...said('blocked by security policy', 530032),
  ...said('blocked by security defaults', 530035),
]);

/** "lockouts", "bad password": codes by their everyday names; a code in the phrase says it better. */
export const everydayError: Clause = {
  name: 'failure',
  doc: 'Failures by their everyday names: lockouts, bad password, expired password, mfa failures, blocked by conditional access.',
  examples: [
    'lockouts today',
    'bad password for user@contoso.com last 24h',
    'blocked by conditional access today',
  ],
  words: [...EVERYDAY.keys()],
  read: (_phrase, at, said) => ({
    next: at,
    topic: 'code',
    either: (EVERYDAY.get(said) ?? []).map((number) => eq('status/errorCode', number)),
    loose: true,
  }),
};

/** "blocked": by Conditional Access, unless a code says more. */
export const blocked: Clause = {
  name: 'blocked',
  variant: true,
  doc: 'Blocked by Conditional Access (53003), unless a code follows.',
  examples: ['blocked sign-ins for user@contoso.com today', 'sign-ins blocked with 53011 last 7 days'],
  words: ['blocked'],
  read: (phrase, at) => {
    const named = phrase.tokens.some(({ lower, quoted }) => !quoted && codeIn(lower, false) !== undefined);
    return {
      next: at,
      topic: 'code',
      either: [eq('status/errorCode', 53003)],
      loose: true,
      notes: named ? [] : ['"Blocked" was read as blocked by Conditional Access (53003).'],
    };
  },
};
