import { SignIn } from './sign-in.ts';

/**
 * Documented properties of a sign-in that no card shows. Source: Microsoft's type mappings of signIn, beta and v1.0,
 * 2026-08-20.
 */
const NOT_SHOWN: ReadonlySet<string> = new Set([
  'agent',
  'appOwnerTenantId',
  'appTokenProtectionStatus',
  'appliedEventListeners',
  'authenticationAppDeviceDetails',
  'authenticationAppPolicyEvaluationDetails',
  'authenticationContextClassReferences',
  'authenticationMethodsUsed',
  'authenticationProcessingDetails',
  'authenticationRequirementPolicies',
  'azureResourceId',
  'clientCredentialType',
  'clientSessionId',
  'conditionalAccessAudiences',
  'federatedCredentialId',
  'globalSecureAccessIpAddress',
  'homeTenantId',
  'homeTenantName',
  'ipAddressFromResourceProvider',
  'isTenantRestricted',
  'isThroughGlobalSecureAccess',
  'managedServiceIdentity',
  'mfaDetail',
  'networkLocationDetails',
  'originalTransferMethod',
  'privateLinkDetails',
  'processingTimeInMilliseconds',
  'resourceOwnerTenantId',
  'resourceServicePrincipalId',
  'resourceTenantId',
  'riskEventTypes',
  'servicePrincipalCredentialKeyId',
  'servicePrincipalCredentialThumbprint',
  'sessionId',
  'sessionLifetimePolicies',
  'signInIdentifier',
  'signInIdentifierType',
  'signInTokenProtectionStatus',
  'tokenIssuerName',
  'tokenIssuerType',
  'tokenProtectionStatusDetails',
  'uniqueTokenIdentifier',
]);

/** A property's name and what stands in it: untrusted both. */
export type NewProperty = readonly [name: string, value: unknown];

const isNew = ([name, value]: NewProperty): boolean =>
  value !== null &&
  value !== undefined &&
  !Object.hasOwn(SignIn.shape, name) &&
  !NOT_SHOWN.has(name) &&
  // OData's own remarks, such as @odata.type.
  !name.includes('@');

/** What a sign-in holds that was not documented when this was written: shown as it is, so that nothing is hidden. */
export const newProperties = (signIn: SignIn): readonly NewProperty[] => Object.entries(signIn).filter(isNew);
