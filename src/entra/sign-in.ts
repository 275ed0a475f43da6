import { z } from 'zod';
import { flag, Location, list, number, text, texts } from './lenient.ts';

const Status = z.looseObject({ errorCode: number, failureReason: text, additionalDetails: text });

const DeviceDetail = z.looseObject({
  deviceId: text,
  displayName: text,
  operatingSystem: text,
  browser: text,
  isCompliant: flag,
  isManaged: flag,
  trustType: text,
});

const AppliedPolicy = z.looseObject({
  id: text,
  displayName: text,
  result: text,
  enforcedGrantControls: texts,
  enforcedSessionControls: texts,
});

const AuthenticationStep = z.looseObject({
  authenticationMethod: text,
  authenticationMethodDetail: text,
  authenticationStepDateTime: text,
  authenticationStepRequirement: text,
  authenticationStepResultDetail: text,
  succeeded: flag,
});

/**
 * One sign-in of `auditLogs/signIns` (beta and v1.0 alike), as lenient as the service is.
 * Source: the beta schema of microsoft.graph.signIn; times are ISO 8601 in UTC.
 */
export const SignIn = z.looseObject({
  id: z.string().min(1),
  createdDateTime: z.iso.datetime({ offset: true }),
  userId: text,
  userPrincipalName: text,
  userDisplayName: text,
  userType: text,
  appId: text,
  appDisplayName: text,
  resourceId: text,
  resourceDisplayName: text,
  servicePrincipalId: text,
  servicePrincipalName: text,
  clientAppUsed: text,
  userAgent: text,
  ipAddress: text,
  autonomousSystemNumber: number,
  correlationId: text,
  originalRequestId: text,
  isInteractive: flag,
  signInEventTypes: texts,
  authenticationRequirement: text,
  authenticationProtocol: text,
  incomingTokenType: text,
  crossTenantAccessType: text,
  conditionalAccessStatus: text,
  riskState: text,
  riskDetail: text,
  riskLevelAggregated: text,
  riskLevelDuringSignIn: text,
  riskEventTypes_v2: texts,
  flaggedForReview: flag,
  status: Status.nullish(),
  deviceDetail: DeviceDetail.nullish(),
  location: Location.nullish(),
  appliedConditionalAccessPolicies: list(AppliedPolicy),
  authenticationDetails: list(AuthenticationStep),
});

export type SignIn = z.infer<typeof SignIn>;

/** The kinds of sign-in event that Graph keeps apart; without a filter it returns only interactive ones. */
export const EVENT_TYPES = [
  'interactiveUser',
  'nonInteractiveUser',
  'servicePrincipal',
  'managedIdentity',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];
