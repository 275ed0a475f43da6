import type { ErrorCode } from './error-code.ts';

/** Guests, and sign-ins that knock at the wrong tenant or cloud. */
export const TENANTS: readonly ErrorCode[] = [
  {
    code: 16003,
    name: 'SsoUserAccountNotFoundInResourceTenant',
    kind: 'interrupt',
    meaning: 'The user is not in this tenant and would have to be invited.',
    next: 'Invite the person if they should have access; else nothing.',
  },
  {
    code: 50002,
    name: 'NotAllowedTenant',
    meaning: 'Tenant restrictions of the network block this tenant.',
    next: 'Somebody in the network wanted to sign in to a foreign tenant. Ask why: it may be data on its way out.',
  },
  {
    code: 50014,
    name: 'GuestUserInPendingState',
    meaning: 'Either nobody of this name is in the directory, or an invited guest has yet to accept.',
    next: 'If this is an invited guest, have them accept the invitation or send a new one.',
    causes: [
      {
        says: /pending|redemption|not fully created/i,
        meaning: 'The guest has not finished joining.',
        next: 'Have the guest accept the invitation, or send a new one.',
      },
      {
        says: /n[o’']t exist/i,
        meaning: 'The account does not exist in the directory.',
        next: 'Check the spelling and the tenant. Many unknown names from one address mean guessing.',
      },
    ],
  },
  {
    code: 50020,
    name: 'UserUnauthorized',
    meaning: 'The user of another organisation is not a guest here and cannot use the app.',
    next: 'Invite the person if they should have access. Many strangers at one app mean that its link was passed around.',
  },
  {
    code: 50049,
    name: 'NoSuchInstanceForDiscovery',
    meaning: 'The app asked for a cloud that does not exist.',
    next: 'A configuration error; tell the owner of the app.',
  },
  {
    code: 50059,
    name: 'MissingTenantRealmAndNoUserInformationProvided',
    kind: 'interrupt',
    meaning: 'Neither the request nor the user name tells which tenant is meant.',
    next: 'Nothing; the sign-in page asks for the user name.',
  },
  {
    code: 50128,
    meaning: 'No tenant goes with the domain of the user name.',
    next: 'A typing error, or a script that guesses names: look at the address.',
  },
  {
    code: 50143,
    kind: 'interrupt',
    meaning: 'The session belongs to another tenant than the app asks for.',
    next: 'Nothing; the user picks the right account.',
  },
  {
    code: 50177,
    name: 'ExternalChallengeNotSupportedForPassthroughUsers',
    meaning: 'The external user cannot take a further check here, for there is no guest account.',
    next: 'Invite the person as a guest if they should have access.',
  },
  {
    code: 50178,
    name: 'SessionControlNotSupportedForPassthroughUsers',
    meaning: 'A session control cannot be applied to the external user, for there is no guest account.',
    next: 'Invite the person as a guest if they should have access.',
  },
  {
    code: 50197,
    name: 'ConflictingIdentities',
    meaning: 'The user could not be told apart from others.',
    next: 'The user tries again. If it repeats, look for two accounts with the same name.',
  },
  {
    code: 51004,
    name: 'UserAccountNotInDirectory',
    meaning: 'The directory knows no account of this name.',
    next: 'Often the wrong tenant. Many unknown names from one address mean guessing.',
  },
  {
    code: 90002,
    name: 'InvalidTenantName',
    meaning: 'There is no such tenant.',
    next: 'A configuration error or the wrong cloud; tell the owner of the app.',
  },
  {
    code: 90019,
    name: 'MissingTenantRealm',
    meaning: 'The request does not tell which tenant it means.',
    next: 'A configuration error; tell the owner of the app.',
  },
  {
    code: 90038,
    name: 'NationalCloudTenantRedirection',
    meaning: 'The tenant lives in another national cloud.',
    next: 'The user or the app goes to the sign-in page of that cloud.',
  },
  {
    code: 90072,
    name: 'PassThroughUserMfaError',
    meaning: 'The user of another organisation is not a guest here, so MFA cannot be checked.',
    next: 'Invite the person if they should have access, or have them pick another account.',
  },
  {
    code: 500021,
    meaning: 'The network allows sign-ins to listed tenants only, and this one is not listed.',
    next: 'Somebody in the network wanted to sign in to a foreign tenant. Ask why: it may be data on its way out.',
  },
  {
    code: 500022,
    meaning: 'The network allows sign-ins to listed tenants only, and this one is not listed.',
    next: 'Somebody in the network wanted to sign in to a foreign tenant. Ask why: it may be data on its way out.',
  },
  {
    code: 500212,
    name: 'NotAllowedByOutboundPolicyTenant',
    meaning: 'The user’s own organisation does not let them into the other tenant.',
    next: 'Expected if the policy says so. Else the home administrator changes the outbound access settings.',
  },
  {
    code: 500213,
    name: 'NotAllowedByInboundPolicyTenant',
    meaning: 'The tenant that was visited does not let this outside user in.',
    next: 'Expected if the policy says so. Else its administrator changes the inbound access settings.',
  },
  {
    code: 500341,
    meaning: 'The account was deleted from the directory.',
    next: 'Expected for somebody who has left. If tries go on, find out who still has the password or which job still uses the account.',
  },
  {
    code: 500571,
    meaning: 'Sign-in was refused because the guest’s account is disabled.',
    next: 'Expected after a project has ended. If tries go on, tell the guest’s organisation.',
  },
];
