import type { Row } from '../tenant/row.ts';
import { blank } from '../tenant/row-blank.ts';
import type { Version } from './call.ts';

/** How a sign-in is to be written. */
export interface Shape {
  readonly version: Version;
  /** Whether members after an enum's sentinel are named, or all called `unknownFutureValue`. */
  readonly unknownMembers: boolean;
  readonly select: readonly string[] | undefined;
  /** False without P2: risk is `hidden`. */
  readonly riskVisible: boolean;
  /** False without permission to read Conditional Access. */
  readonly policiesVisible: boolean;
}

/** The properties of v1.0; `riskEventTypes` exists only there. */
const V1: readonly string[] = [
  ...['id', 'createdDateTime', 'userDisplayName', 'userPrincipalName', 'userId', 'appId', 'appDisplayName'],
  ...[
    'ipAddress',
    'clientAppUsed',
    'correlationId',
    'conditionalAccessStatus',
    'isInteractive',
    'riskDetail',
  ],
  ...['riskLevelAggregated', 'riskLevelDuringSignIn', 'riskState', 'riskEventTypes', 'riskEventTypes_v2'],
  ...['resourceDisplayName', 'resourceId', 'status', 'deviceDetail', 'location', 'userAgent', 'homeTenantId'],
  ...['appliedConditionalAccessPolicies', 'authenticationAppDeviceDetails', 'resourceTenantId'],
  ...['servicePrincipalId', 'servicePrincipalName'],
];

const BETA: readonly string[] = ['id', 'createdDateTime', ...Object.keys(blank)];

/** The members up to the sentinel, of each enum that a sign-in carries. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  riskState: ['none', 'confirmedSafe', 'remediated', 'dismissed', 'atRisk', 'confirmedCompromised'],
  riskLevel: ['low', 'medium', 'high', 'hidden', 'none'],
  riskLevelAggregated: ['low', 'medium', 'high', 'hidden', 'none'],
  riskLevelDuringSignIn: ['low', 'medium', 'high', 'hidden', 'none'],
  riskDetail: [
    ...['none', 'adminGeneratedTemporaryPassword', 'userPerformedSecuredPasswordChange'],
    ...['userPerformedSecuredPasswordReset', 'adminConfirmedSigninSafe', 'aiConfirmedSigninSafe'],
    ...['userPassedMFADrivenByRiskBasedPolicy', 'adminDismissedAllRiskForUser'],
    ...['adminConfirmedSigninCompromised', 'hidden', 'adminConfirmedUserCompromised'],
  ],
  conditionalAccessStatus: ['success', 'failure', 'notApplied'],
  authenticationProtocol: ['none', 'oAuth2', 'ropc', 'wsFederation', 'saml20', 'deviceCode'],
  incomingTokenType: ['none', 'primaryRefreshToken', 'saml11', 'saml20'],
  crossTenantAccessType: [
    'none',
    'b2bCollaboration',
    'b2bDirectConnect',
    'microsoftSupport',
    'serviceProvider',
  ],
  originalTransferMethod: ['none', 'deviceCodeFlow', 'authenticationTransfer'],
  userType: ['member', 'guest'],
};

const POLICY_RESULTS: readonly string[] = ['success', 'failure', 'notApplied', 'notEnabled', 'unknown'];

/** Writes a row as the service would for this shape. */
export const shaped = (row: Row, shape: Shape): Readonly<Record<string, unknown>> => {
  const versioned = shape.version === 'v1.0' ? { ...row, riskEventTypes: row.riskEventTypes_v2 } : row;
  const names = shape.select ?? (shape.version === 'v1.0' ? V1 : Object.keys(versioned));
  return Object.fromEntries(
    names
      .filter(
        (name) => name in versioned && (shape.policiesVisible || name !== 'appliedConditionalAccessPolicies'),
      )
      .map((name) => [name, written(name, versioned[name], shape)]),
  );
};

/** Whether a property of this name can be selected. */
export const isSignInProperty = (name: string, version: Version): boolean =>
  (version === 'v1.0' ? V1 : BETA).includes(name);

const RISK = ['riskDetail', 'riskLevelAggregated', 'riskLevelDuringSignIn'];

const written = (name: string, value: unknown, shape: Shape): unknown => {
  if (!shape.riskVisible && RISK.includes(name)) return 'hidden';
  if (shape.unknownMembers) return value;
  if (name === 'appliedConditionalAccessPolicies' && Array.isArray(value)) return value.map(withKnownResult);
  return knownMember(name, value);
};

/** The value of an enum as one reads it who does not ask for the members after the sentinel. */
export const knownMember = (name: string, value: unknown): unknown => {
  const members = MEMBERS[name];
  return members === undefined || typeof value !== 'string' || members.includes(value)
    ? value
    : 'unknownFutureValue';
};

const withKnownResult = (policy: { readonly result: string }) =>
  POLICY_RESULTS.includes(policy.result) ? policy : { ...policy, result: 'unknownFutureValue' };
