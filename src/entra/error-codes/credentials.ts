import type { ErrorCode } from './error-code.ts';

/** Names and passwords: who tried to come in, and with what. */
export const CREDENTIALS: readonly ErrorCode[] = [
  {
    code: 50034,
    name: 'UserAccountNotFound',
    meaning: 'No account of this name exists in the tenant.',
    next: 'Once is a typing error or the wrong tenant. Many unknown names from one address mean that somebody is guessing names.',
  },
  {
    code: 50052,
    meaning: 'The password that was typed is longer than Entra ID allows.',
    next: 'The person must set a shorter password. A script that sends rubbish looks the same: check the client and the address.',
  },
  {
    code: 50053,
    name: 'IdsLocked',
    meaning:
      'Either the account is locked after too many wrong passwords, or the address is known for attacks.',
    next: 'The failure reason of the entry tells which of the two it was. Look at what else came from the address, and whether any of it succeeded.',
    causes: [
      {
        says: /malicious|came from an ip/i,
        meaning: 'Stopped because the address is known for attacks; the password may well have been right.',
        next: 'Treat it as an attack. Look for successful sign-ins from this address, and for this user since then; if in doubt, have the password changed.',
      },
      {
        says: /\blocked\b|too many times/i,
        meaning: 'The account is locked for a while after too many wrong passwords.',
        next: 'Many addresses or unknown places mean guessing by an attacker; the user’s own address points to an old password saved on a device. The lock ends by itself.',
      },
    ],
  },
  {
    code: 50055,
    name: 'InvalidPasswordExpiredPassword',
    kind: 'interrupt',
    meaning: 'The password was right but has expired; the user is asked for a new one.',
    next: 'Normal for the owner. From a strange place it means that somebody knows the old password: look at what followed.',
  },
  {
    code: 50056,
    meaning: 'No usable password: none was sent, or the directory holds none for this user.',
    next: 'Check whether the user is meant to sign in with a password at all (federated, guest, passwordless). Repeated tries point to a script.',
  },
  {
    code: 50057,
    name: 'UserDisabled',
    meaning: 'Sign-in was refused because the account is disabled.',
    next: 'Expected for somebody who has left. If tries go on, find out who still has the password or which job still uses the account.',
  },
  {
    code: 50064,
    name: 'CredentialAuthenticationError',
    meaning: 'User name or password could not be validated.',
    next: 'Treat it like a wrong password: one is a slip, many users from one address are a password spray.',
  },
  {
    code: 50126,
    name: 'InvalidUserNameOrPassword',
    meaning: 'Wrong password, or the user name does not go with it.',
    next: 'A few are slips. Many users from one address are a password spray, many tries on one user are guessing: check whether one of them succeeded.',
  },
  {
    code: 50142,
    meaning: 'A Conditional Access policy demands a new password before going on.',
    next: 'Usually a user-risk policy. See why the user is at risk, and whether it was the owner who then changed the password.',
  },
  {
    code: 50144,
    name: 'InvalidPasswordExpiredOnPremPassword',
    kind: 'interrupt',
    meaning: 'The Active Directory password has expired; the user is asked for a new one.',
    next: 'Normal for the owner: the new password is set on-premises or by self-service. From a strange place, somebody knows the old one.',
  },
  {
    code: 50135,
    name: 'PasswordChangeCompromisedPassword',
    meaning: 'Entra ID demands a new password because it considers the account compromised.',
    next: 'Look at the risk detections of the user, and make sure that the owner, not the intruder, sets the new password.',
  },
  {
    code: 50192,
    name: 'RawCredentialExpectedNotFound',
    meaning: 'Nothing to prove the identity came with the request, such as a certificate.',
    next: 'Ask which method the person used. With certificates, check that the device offers one.',
  },
  {
    code: 120000,
    name: 'PasswordChangeIncorrectCurrentPassword',
    meaning: 'Password change: the old password that was typed did not match.',
    next: 'Once is a slip. Repeated tries in an open session may be an intruder who wants to keep the account.',
  },
  {
    code: 120002,
    name: 'PasswordChangeInvalidNewPasswordWeak',
    meaning: 'Password change: Entra ID turned the new password down as too easy to guess.',
    next: 'Nothing for security; the person picks a stronger one.',
  },
  {
    code: 120008,
    name: 'PasswordChangeAsyncJobStateTerminated',
    meaning: 'Password change: the job failed for good.',
    next: 'Have the change repeated. If a compromised account waits for it, reset the password as an administrator now.',
  },
  {
    code: 120012,
    name: 'PasswordChangeNeedsToHappenOnPrem',
    meaning: 'Password change: only the on-premises directory can change this one.',
    next: 'The user belongs to Active Directory without writeback: change the password there.',
  },
  {
    code: 120013,
    name: 'PasswordChangeOnPremisesConnectivityFailure',
    meaning: 'Password change: on-premises Active Directory could not be reached.',
    next: 'Check the password writeback of Entra Connect. Do not count a compromised account as settled before the change went through.',
  },
  {
    code: 120014,
    name: 'PasswordChangeOnPremUserAccountLockedOutOrDisabled',
    meaning: 'Password change: on-premises, the account cannot be used (locked or disabled).',
    next: 'See on-premises who locked it: an administrator on purpose, or too many wrong passwords.',
  },
  {
    code: 130503,
    meaning: 'The Temporary Access Pass was wrong.',
    next: 'Ask the person whether they were given one. Repeated tries from elsewhere mean that somebody is after their onboarding.',
  },
  {
    code: 130504,
    meaning: 'The Temporary Access Pass has expired.',
    next: 'The help desk issues a new one after making sure who is asking.',
  },
];
