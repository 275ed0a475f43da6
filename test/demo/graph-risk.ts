import type { GraphOptions } from '../../src/demo/graph/server.ts';
import { type Json, NOW, open, validRows } from './graph-client.ts';

export const idOf = (row: Json): string => row.id;
const interactive = validRows((row) => row.isInteractive === true);
/** Two sign-ins at risk. */
export const [risky = '', second = ''] = interactive.filter((row) => row.riskState === 'atRisk').map(idOf);
/** One that a user flagged, and that is not risky. */
export const [flagged = ''] = interactive
  .filter((row) => row.flaggedForReview === true && row.riskState === 'none')
  .map(idOf);
export const ids = (...requestIds: readonly string[]) => ({ requestIds });

const PREFER = { Prefer: 'include-unknown-enum-members' };
const RISK = 'riskState,riskDetail,riskLevelAggregated';

/** A pretend Graph with a clock that is set by hand. */
export const openAt = async (options: Partial<GraphOptions> = {}) => {
  let now = NOW;
  const client = await open({ clock: () => now, ...options });
  const riskOf = async (id: string): Promise<Json> => {
    const { json } = await client.get(`/beta/auditLogs/signIns/${id}?$select=${RISK}`, PREFER);
    const { '@odata.context': _, ...risk } = json;
    return risk;
  };
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { ...client, riskOf, pass };
};

export const COMPROMISED = {
  riskState: 'confirmedCompromised',
  riskDetail: 'adminConfirmedSigninCompromised',
  riskLevelAggregated: 'high',
};
export const SAFE = {
  riskState: 'confirmedSafe',
  riskDetail: 'adminConfirmedSigninSafe',
  riskLevelAggregated: 'none',
};
export const DISMISSED = {
  riskState: 'dismissed',
  riskDetail: 'adminDismissedRiskForSignIn',
  riskLevelAggregated: 'none',
};
