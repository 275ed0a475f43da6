import type { Clause } from './clause.ts';
import { codeIn } from './codes.ts';
import { eq } from './conditions.ts';

/** What people call the most met failures, and the codes that they mean. */
const EVERYDAY: ReadonlyMap<string, readonly number[]> = new Map(
  (
    [
      [
        [50053],
        [
          'lockout',
          'lockouts',
          'locked out',
          'locked accounts',
          'account locked',
          'account lockout',
          'account lockouts',
          'smart lockout',
          'smart lockouts',
          'locked',
        ],
      ],
      [
        [50126],
        [
          'bad password',
          'bad passwords',
          'wrong password',
          'wrong passwords',
          'invalid password',
          'invalid passwords',
          'incorrect password',
          'incorrect passwords',
          'password failure',
          'password failures',
          'password errors',
          'failed passwords',
          'invalid credentials',
          'bad credentials',
          'wrong credentials',
          'invalid username or password',
        ],
      ],
      [[50055], ['expired password', 'expired passwords', 'password expired', 'passwords expired']],
      [
        [50057],
        [
          'disabled account',
          'disabled accounts',
          'disabled user',
          'disabled users',
          'account disabled',
          'accounts disabled',
          'user disabled',
        ],
      ],
      [
        [50034],
        [
          'unknown user',
          'unknown users',
          'unknown account',
          'unknown accounts',
          'user not found',
          'nonexistent user',
          'nonexistent users',
          'user does not exist',
        ],
      ],
      [[50105], ['not assigned', 'user not assigned', 'unassigned users']],
      [
        [50074, 500121],
        [
          'mfa failure',
          'mfa failures',
          'mfa failed',
          'failed mfa',
          'failing mfa',
          'mfa denied',
          'denied mfa',
          'mfa denials',
          'mfa errors',
          'mfa rejected',
        ],
      ],
      [[50076], ['mfa required', 'mfa prompt', 'mfa prompts']],
      [
        [50072, 50079],
        ['mfa registration', 'mfa enrollment', 'mfa enrolment', 'mfa not registered'],
      ],
      [
        [53003],
        [
          'blocked by conditional access',
          'blocked by ca',
          'conditional access blocked',
          'conditional access block',
          'conditional access blocks',
          'ca block',
          'ca blocks',
          'ca blocked',
          'blocked by policy',
          'blocked by a conditional access policy',
          'blocked by conditional access policy',
          'blocked by conditional access policies',
        ],
      ],
      [
        [53000],
        [
          'noncompliant device',
          'noncompliant devices',
          'non-compliant device',
          'non-compliant devices',
          'device not compliant',
        ],
      ],
      [[50140], ['kmsi', 'keep me signed in', 'stay signed in']],
      [[65001], ['consent required', 'missing consent', 'no consent']],
      [[530032], ['blocked by security policy']],
      [[530035], ['blocked by security defaults']],
    ] as const
  ).flatMap(([codes, words]) => words.map((word) => [word, codes] as const)),
);

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
