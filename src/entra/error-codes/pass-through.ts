import type { ErrorCode } from './error-code.ts';

/** Pass-through authentication (agents on-premises) and seamless single sign-on (Kerberos). */
export const PASS_THROUGH: readonly ErrorCode[] = [
  {
    code: 80001,
    name: 'OnPremiseStoreIsNotAvailable',
    meaning: 'No authentication agent can reach Active Directory.',
    next: 'Check the agents and the line to the domain controllers: nobody who depends on them can sign in.',
  },
  {
    code: 80002,
    name: 'OnPremisePasswordValidatorRequestTimedout',
    meaning: 'Checking the password on-premises took too long.',
    next: 'Check that Active Directory answers the agents.',
  },
  {
    code: 80003,
    meaning: 'The authentication agent gave an answer that could not be understood.',
    next: 'Update the agent and read its log.',
  },
  {
    code: 80005,
    name: 'OnPremisePasswordValidatorUnpredictableWebException',
    meaning: 'The answer of the authentication agent could not be processed.',
    next: 'Try again. If it repeats, read the log of the agent.',
  },
  {
    code: 80007,
    name: 'OnPremisePasswordValidatorErrorOccurredOnPrem',
    meaning: 'The on-premises agent had trouble, so the password went unchecked.',
    next: 'Read the log of the agent, and check that Active Directory works.',
  },
  {
    code: 80010,
    name: 'OnPremisePasswordValidationEncryptionException',
    meaning: 'The on-premises agent cannot read the password: its keys do not fit.',
    next: 'Register the agent again.',
  },
  {
    code: 80011,
    meaning: 'The keys for encrypting the password could not be fetched.',
    next: 'Try again. If it repeats, register the agents again.',
  },
  {
    code: 80012,
    name: 'OnPremisePasswordValidationAccountLogonInvalidHours',
    meaning: 'The user signed in outside the hours that Active Directory allows.',
    next: 'The password was right. Ask the user; at night from elsewhere it may be somebody else.',
  },
  {
    code: 80013,
    name: 'OnPremisePasswordValidationTimeSkew',
    meaning: 'The clocks of the authentication agent and Active Directory differ.',
    next: 'Set the clock of the server that runs the agent.',
  },
  {
    code: 80014,
    name: 'OnPremisePasswordValidationAuthenticationAgentTimeout',
    meaning: 'The on-premises agent was too slow to answer.',
    next: 'Check the load of the agents and the domain controllers.',
  },
  {
    code: 81001,
    meaning: 'The Kerberos ticket of the user is too large.',
    next: 'The user is in too many groups; seamless sign-on falls back to the password.',
  },
  {
    code: 81004,
    name: 'DesktopSsoIdentityInTicketIsNotAuthenticated',
    meaning: 'Seamless sign-on: Kerberos failed.',
    next: 'The user signs in with the password. If many are hit, check the AZUREADSSOACC account.',
  },
  {
    code: 81005,
    name: 'DesktopSsoAuthenticationPackageNotSupported',
    meaning: 'Seamless sign-on: the browser offered something other than Kerberos.',
    next: 'Check the browser’s zone settings; the user signs in with the password.',
  },
  {
    code: 81006,
    name: 'DesktopSsoNoAuthorizationHeader',
    meaning: 'Seamless sign-on: the browser sent no ticket.',
    next: 'Normal outside the company network; the user signs in with the password.',
  },
  {
    code: 81007,
    name: 'DesktopSsoTenantIsNotOptIn',
    meaning: 'Seamless sign-on was tried but is not switched on here.',
    next: 'Nothing, unless it should be.',
  },
  {
    code: 81009,
    name: 'DesktopSsoAuthorizationHeaderValueWithBadFormat',
    meaning: 'Seamless sign-on: the Kerberos ticket could not be checked.',
    next: 'The user signs in with the password. Forged tickets fail like this: look at the address.',
  },
  {
    code: 81010,
    name: 'DesktopSsoAuthTokenInvalid',
    kind: 'interrupt',
    meaning: 'Seamless sign-on: the Kerberos ticket has expired or is not valid.',
    next: 'The user is asked for the password. If many are hit, the key of AZUREADSSOACC was changed; let tickets renew.',
  },
  {
    code: 81011,
    name: 'DesktopSsoLookupUserBySidFailed',
    meaning: 'Seamless sign-on: no user goes with the Kerberos ticket.',
    next: 'Check that Entra Connect synchronises the user.',
  },
  {
    code: 81012,
    name: 'DesktopSsoMismatchBetweenTokenUpnAndChosenUpn',
    kind: 'interrupt',
    meaning: 'The user signs in with another account than the one on the device.',
    next: 'Normal for people with two accounts. On somebody else’s device, ask why.',
  },
  {
    code: 81014,
    meaning: 'Seamless sign-on: the token has expired.',
    next: 'Nothing; the user signs in again.',
  },
];
