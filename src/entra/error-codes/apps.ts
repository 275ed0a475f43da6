import type { ErrorCode } from './error-code.ts';

/** Applications: how they are set up, who may use them, and how they prove themselves. */
export const APPS: readonly ErrorCode[] = [
  {
    code: 50001,
    name: 'InvalidResource',
    meaning: 'What the sign-in wants to reach is unknown to the tenant, or disabled.',
    next: 'Check the enterprise application that the sign-in names; an administrator may have disabled it on purpose.',
  },
  {
    code: 50003,
    name: 'MissingSigningKey',
    meaning: 'The app has no signing certificate.',
    next: 'The owner of the app completes its single sign-on settings.',
  },
  {
    code: 50011,
    name: 'InvalidReplyTo',
    meaning: 'The address to return to is not one that the app has registered.',
    next: 'Usually a configuration error. An unknown address can be an attempt to steer tokens elsewhere: look at it.',
  },
  {
    code: 50012,
    name: 'AuthenticationFailed',
    meaning: 'The app’s certificate or assertion was not accepted.',
    next: 'The owner of the app checks its certificate. From an unknown address, somebody is trying to pass for the app.',
  },
  {
    code: 50013,
    name: 'InvalidAssertion',
    meaning: 'The assertion that the app presented is not valid.',
    next: 'Usually expired or meant for another audience; tell the owner of the app.',
  },
  {
    code: 50027,
    name: 'InvalidJwtToken',
    meaning: 'The token that the app presented is malformed or not valid.',
    next: 'The owner of the app checks how it makes its tokens.',
  },
  {
    code: 50105,
    name: 'EntitlementGrantsNotFound',
    meaning: 'The app is for assigned people only, and this user is not assigned.',
    next: 'If the user should have access, the owner of the app assigns them or their group. Many such tries by one user mean that somebody is looking around.',
  },
  {
    code: 50194,
    meaning: 'The app is for one tenant only but used the address for all.',
    next: 'A configuration error; tell the owner of the app.',
  },
  {
    code: 54005,
    meaning: 'The sign-in code was already used.',
    next: 'Usually a double click or an app that repeats itself. A code that was caught and played back looks the same: compare the addresses.',
  },
  {
    code: 65005,
    name: 'MisconfiguredApplication',
    meaning: 'The app asks for access that does not exist or is not set up.',
    next: 'A configuration error; tell the owner of the app.',
  },
  {
    code: 70001,
    name: 'UnauthorizedClient',
    meaning: 'The app is disabled, so nobody can sign in to it.',
    next: 'See who disabled it and why. If tries go on, find out who still uses it.',
  },
  {
    code: 70002,
    name: 'InvalidClient',
    meaning: 'The credentials of the app were not accepted.',
    next: 'The owner of the app checks its secret or certificate. From an unknown address, somebody is trying to pass for the app.',
  },
  {
    code: 70011,
    name: 'InvalidScope',
    meaning: 'The app asked for a permission that does not exist.',
    next: 'A configuration error; tell the owner of the app.',
  },
  {
    code: 90014,
    name: 'MissingRequiredField',
    meaning: 'The request lacks something that it must have.',
    next: 'A faulty app, or a tool built by hand: look at the user agent and the address.',
  },
  {
    code: 90023,
    name: 'InvalidRequest',
    meaning: 'Something in the sign-in request does not add up.',
    next: 'A faulty app, or a tool built by hand: look at the user agent and the address.',
  },
  {
    code: 500011,
    name: 'InvalidResourceServicePrincipalNotFound',
    meaning: 'The resource is not installed in this tenant.',
    next: 'Often the wrong tenant or a wrong name; an administrator installs it or consents if it is wanted.',
  },
  {
    code: 700016,
    name: 'UnauthorizedClient_DoesNotMatchRequest',
    meaning: 'The application is not installed in this tenant.',
    next: 'Often the wrong tenant or a mistyped id. Unknown app ids tried in a row mean that somebody is looking for a way in.',
  },
  {
    code: 700027,
    meaning: 'The signature of the app’s assertion is wrong.',
    next: 'The owner compares the certificate in use with the registered one. From an unknown address, somebody is trying to pass for the app.',
  },
  {
    code: 700030,
    meaning: 'The subject of the app’s certificate is not allowed.',
    next: 'The owner of the app checks its certificate.',
  },
  {
    code: 700054,
    meaning: 'The app may not ask for an ID token in this way.',
    next: 'A configuration error; tell the owner of the app.',
  },
  {
    code: 7000112,
    name: 'UnauthorizedClientApplicationDisabled',
    meaning: 'The app is disabled, either here or by Microsoft.',
    next: 'See who disabled it; Microsoft itself disables malicious apps. If tries go on, find out who still uses it.',
  },
  {
    code: 7000215,
    meaning: 'The secret of the app is wrong.',
    next: 'Often the id of the secret was pasted instead of its value. From an unknown address, somebody is trying to pass for the app.',
  },
  {
    code: 7000218,
    meaning: 'The app sent neither a secret nor an assertion.',
    next: 'A configuration error: it may have to be registered as a public client.',
  },
  {
    code: 7000222,
    name: 'InvalidClientSecretExpiredKeysProvided',
    meaning: 'The secret of the app has expired.',
    next: 'The owner of the app makes a new one, or better moves to a certificate or a managed identity.',
  },
];
