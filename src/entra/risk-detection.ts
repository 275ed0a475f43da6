import { z } from 'zod';
import { Location, text } from './lenient.ts';

/**
 * One finding of Entra ID Protection, from `identityProtection/riskDetections`. Many are not tied to a sign-in and
 * then have no `requestId`. Source: microsoft.graph.riskDetection (v1.0 and beta); times are ISO 8601 in UTC.
 */
export const RiskDetection = z.looseObject({
  id: z.string().min(1),
  /** The id of the sign-in that it belongs to. */
  requestId: text,
  correlationId: text,
  riskEventType: text,
  riskState: text,
  riskLevel: text,
  riskDetail: text,
  source: text,
  detectionTimingType: text,
  activity: text,
  tokenIssuerType: text,
  ipAddress: text,
  location: Location.nullish(),
  activityDateTime: text,
  detectedDateTime: text,
  lastUpdatedDateTime: text,
  userId: text,
  userDisplayName: text,
  userPrincipalName: text,
  /** JSON in a string, different for each event type. */
  additionalInfo: text,
  /** Beta only: an ATT&CK technique such as T1110.003. */
  mitreTechniqueId: text,
});

export type RiskDetection = z.infer<typeof RiskDetection>;
