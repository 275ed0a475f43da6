import { z } from 'zod';
import { flag, text, texts } from './lenient.ts';

const id = z.string().min(1);

/**
 * A user whom Entra ID Protection scored, from `identityProtection/riskyUsers`; `id` is the user's object id.
 * Source: microsoft.graph.riskyUser (v1.0); times are ISO 8601 in UTC.
 */
export const RiskyUser = z.looseObject({
  id,
  userPrincipalName: text,
  userDisplayName: text,
  riskState: text,
  riskLevel: text,
  riskDetail: text,
  riskLastUpdatedDateTime: text,
  isDeleted: flag,
  isProcessing: flag,
});

export type RiskyUser = z.infer<typeof RiskyUser>;

/** One step of a user's risk history. Source: microsoft.graph.riskyUserHistoryItem. */
export const RiskyUserHistoryItem = RiskyUser.extend({
  userId: text,
  /** Object id of the person who caused the step; absent when the service did. */
  initiatedBy: text,
  activity: z.looseObject({ detail: text, riskEventTypes: texts }).nullish(),
});

export type RiskyUserHistoryItem = z.infer<typeof RiskyUserHistoryItem>;
