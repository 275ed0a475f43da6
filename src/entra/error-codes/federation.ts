import type { ErrorCode } from './error-code.ts';

const ASK_PROVIDER =
  'Whoever runs the federated identity provider looks into its log; the user can do nothing.';
const ASK_OWNER = 'A configuration error; tell the owner of the app.';

/** Other identity providers, SAML, and faults of the service itself. */
export const FEDERATION: readonly ErrorCode[] = [
  {
    code: 20001,
    name: 'WsFedSignInResponseError',
    meaning: 'The federated identity provider sent no token.',
    next: ASK_PROVIDER,
  },
  {
    code: 20012,
    name: 'WsFedMessageInvalid',
    meaning: 'The federated identity provider sent an invalid message.',
    next: ASK_PROVIDER,
  },
  {
    code: 20033,
    name: 'FedMetadataInvalidTenantName',
    meaning: 'The federation data names the wrong tenant.',
    next: ASK_PROVIDER,
  },
  {
    code: 40008,
    name: 'OAuth2IdPUnretryableServerError',
    meaning: 'The other identity provider failed for good.',
    next: ASK_PROVIDER,
  },
  {
    code: 40009,
    name: 'OAuth2IdPRefreshTokenRedemptionUserError',
    meaning: 'The other identity provider refused to renew the sign-in.',
    next: 'The user signs in there again. If it repeats, ask whoever runs that provider.',
  },
  {
    code: 40010,
    name: 'OAuth2IdPRetryableServerError',
    meaning: 'The other identity provider failed for the moment.',
    next: 'Try again. If it lasts, ask whoever runs that provider.',
  },
  {
    code: 40015,
    name: 'OAuth2IdPAuthCodeRedemptionUserError',
    meaning: 'The other identity provider refused the sign-in code.',
    next: ASK_PROVIDER,
  },
  {
    code: 50000,
    name: 'TokenIssuanceError',
    meaning: 'The sign-in service had a fault.',
    next: 'Try again. If many are hit, look at the Microsoft service status.',
  },
  {
    code: 50006,
    name: 'InvalidSignature',
    meaning: 'A signature was wrong.',
    next: 'Check the certificate of the app or of the federation. A forged token fails like this: look at the address.',
  },
  {
    code: 50008,
    name: 'InvalidSamlToken',
    meaning: 'The SAML proof is missing, or made in a way that Entra ID cannot use.',
    next: 'Check the federation settings. A forged token fails like this: look at the address.',
  },
  {
    code: 50017,
    name: 'CertificateValidationFailed',
    meaning: 'The user’s certificate was not accepted: its issuer or its revocation list.',
    next: 'Check the trusted issuers and whether the revocation list can be reached.',
    causes: [
      {
        says: /issu(?:er|ing)/i,
        meaning: 'The user’s certificate comes from an issuer that the tenant does not trust.',
        next: 'If the issuer is yours, upload it. If not, somebody tried with a foreign certificate.',
      },
      {
        says: /crl|revocation/i,
        meaning: 'The revocation list of the user’s certificate could not be read.',
        next: 'Check that the list can be reached from the internet and is current.',
      },
    ],
  },
  {
    code: 50033,
    name: 'RetryableError',
    meaning: 'The sign-in service had a passing fault.',
    next: 'Try again. If many are hit, look at the Microsoft service status.',
  },
  {
    code: 50107,
    name: 'InvalidRealmUri',
    meaning: 'The federation that the token names does not exist.',
    next: 'Check the federation of the domain. A token of a foreign issuer is a sign of an attack.',
  },
  {
    code: 50146,
    name: 'MissingCustomSigningKey',
    meaning: 'The app is set to sign with its own key, but no valid one is there.',
    next: ASK_OWNER,
  },
  {
    code: 75005,
    name: 'Saml2MessageInvalid',
    meaning: 'The app sent a kind of SAML message that Entra ID does not take.',
    next: ASK_OWNER,
  },
  {
    code: 75008,
    name: 'RequestDeniedError',
    meaning: 'The SAML request is addressed to the wrong place.',
    next: ASK_OWNER,
  },
  {
    code: 75011,
    name: 'NoMatchedAuthnContextInOutputClaims',
    meaning: 'The user signed in by another method than the app demands.',
    next: 'Usually a session with MFA or a passkey where the app wants a password; the owner of the app loosens its request.',
  },
  {
    code: 75016,
    name: 'Saml2AuthenticationRequestInvalidNameIDPolicy',
    meaning: 'The SAML request asks for a kind of name that is not supported.',
    next: ASK_OWNER,
  },
  {
    code: 76021,
    name: 'ApplicationRequiresSignedRequests',
    meaning: 'The app demands signed requests, and this one was not signed.',
    next: ASK_OWNER,
  },
  {
    code: 76026,
    name: 'RequestIssueTimeExpired',
    meaning: 'The SAML request is too old.',
    next: 'A slow user or a wrong clock. A request that was recorded and played back fails like this.',
  },
  {
    code: 90012,
    name: 'RequestTimeout',
    meaning: 'The request took too long.',
    next: 'Try again. If many are hit, look at the Microsoft service status.',
  },
  {
    code: 90033,
    name: 'MsodsServiceUnavailable',
    meaning: 'The directory was not available.',
    next: 'Try again. If many are hit, look at the Microsoft service status.',
  },
  {
    code: 90055,
    name: 'TenantThrottlingError',
    meaning: 'The tenant gets more requests than it may; this one was turned away.',
    next: 'Find the app or script that floods it. A large password spray can be the reason.',
  },
  {
    code: 90123,
    name: 'IdentityProviderAccessDenied',
    meaning: 'The other identity provider refused the request.',
    next: 'The user may have cancelled there. If not, ask whoever runs that provider.',
  },
  {
    code: 1000000,
    name: 'UserNotBoundError',
    meaning: 'A second sign-in, at an external identity provider, is still to be done.',
    next: 'Nothing when a success follows; else the user starts over.',
  },
];
