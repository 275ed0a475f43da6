import type { ErrorCode } from './error-code.ts';

/** The second factor: asked for, missing, refused. With most of these the password was right. */
export const MFA: readonly ErrorCode[] = [
  {
    code: 50072,
    name: 'UserStrongAuthEnrollmentRequiredInterrupt',
    kind: 'interrupt',
    meaning: 'The user is asked to set up multifactor authentication first.',
    next: 'The password was right. From a strange place, make sure that no attacker registers a method of their own: check the newest methods of the user.',
  },
  {
    code: 50074,
    name: 'UserStrongAuthClientAuthNRequiredInterrupt',
    kind: 'interrupt',
    meaning: 'MFA is asked for and was not passed (yet).',
    next: 'A normal step when a success follows. Left hanging from a strange place, it means that somebody has the password: have it changed.',
  },
  {
    code: 50076,
    name: 'UserStrongAuthClientAuthNRequired',
    meaning: 'MFA is needed here: by policy, by a setting of the user, or because the place is new.',
    next: 'Usually the app starts over with MFA. If no success follows and the place is strange, the password is known to somebody else.',
  },
  {
    code: 50078,
    name: 'UserStrongAuthExpired',
    meaning: 'The last MFA is too old; the user has to pass it again.',
    next: 'Normal. Only repeated failures after it deserve a look.',
  },
  {
    code: 50079,
    name: 'UserStrongAuthEnrollmentRequired',
    meaning: 'The user must register for MFA, or bring it from the federated provider.',
    next: 'The password was right. Ask the user to register from a trusted place, and check that no unknown method was added.',
  },
  {
    code: 50086,
    name: 'SasNonRetryableError',
    meaning: 'The MFA service failed for good.',
    next: 'Have the user try another method. If many are hit, look at the Microsoft service status.',
  },
  {
    code: 50087,
    name: 'SasRetryableError',
    meaning: 'The MFA service failed for the moment.',
    next: 'Try again. If many are hit, look at the Microsoft service status.',
  },
  {
    code: 50088,
    meaning: 'Entra ID will place no more MFA calls or messages for now; there were too many.',
    next: 'Many prompts in a short time can be an attempt to wear the user down: look at who triggered them and from where.',
  },
  {
    code: 50158,
    name: 'ExternalSecurityChallenge',
    meaning: 'The user was sent on for a further check, such as terms of use or a third-party MFA.',
    next: 'Normal when a success follows. If none does, ask the user where it stopped.',
  },
  {
    code: 50161,
    name: 'InvalidExternalSecurityChallengeConfiguration',
    meaning: 'The external MFA provider answered with too few claims.',
    next: 'Whoever runs the external provider checks what it returns; the user can do nothing.',
  },
  {
    code: 50203,
    kind: 'interrupt',
    meaning: 'The user is asked to register the authenticator app and may put it off.',
    next: 'Nothing; a registration campaign is running.',
  },
  {
    code: 53004,
    name: 'ProofUpBlockedDueToRisk',
    meaning: 'The user may not set up MFA now because the sign-in looks suspicious.',
    next: 'Treat it as an attack until the user confirms it: an intruder with a password tries exactly this. Let the user register from a known device and place.',
  },
  {
    code: 53010,
    name: 'ProofUpBlockedDueToSecurityInfoAcr',
    meaning: 'MFA may be set up only from certain places or devices, and this is none of them.',
    next: 'Ask the user to register in the office or on a managed device. If it was not the user, the password is known: have it changed.',
  },
  {
    code: 130500,
    meaning: 'Phone sign-in is blocked by the policy for authentication methods.',
    next: 'The user picks an allowed method, or an administrator looks at the policy.',
  },
  {
    code: 130501,
    meaning: 'This way to sign in is blocked by the policy for authentication methods.',
    next: 'The user picks an allowed method, or an administrator looks at the policy.',
  },
  {
    code: 130502,
    meaning: 'Temporary Access Passes are blocked by the policy for authentication methods.',
    next: 'See who tried to use one. If it was meant to work, an administrator changes the policy.',
  },
  {
    code: 500121,
    meaning: 'MFA failed: refused by the user, not answered, or answered wrongly.',
    next: 'Ask the user. If they did not start the sign-in, somebody else has the password: change it and revoke the sessions.',
    causes: [
      {
        says: /fraud/i,
        meaning: 'The user reported the MFA prompt as fraud.',
        next: 'Treat it as an attack: somebody has the password. Change it, revoke the sessions and look for successes from the same address.',
      },
      {
        says: /declined/i,
        meaning: 'The user declined the MFA prompt.',
        next: 'Ask whether they had started the sign-in. If not, somebody has the password: change it and revoke the sessions.',
      },
      {
        says: /did not respond|timed out|not answered|no response/i,
        meaning: 'Nobody answered the MFA prompt.',
        next: 'Often the phone was not at hand. Several prompts in a row, or a strange place, mean that somebody has the password.',
      },
      {
        says: /incorrect|wrong|did not (?:select|enter) the correct/i,
        meaning: 'The MFA code or number was wrong.',
        next: 'Once is a slip. Several in a row from a strange place are somebody trying to get past MFA.',
      },
    ],
  },
];
