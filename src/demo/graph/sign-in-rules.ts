import type { Filterable, FilterRules } from './filter-test.ts';
import { invalidFilter } from './refusal.ts';

// What the documentation gives for each property of microsoft.graph.signIn, written down here a second time on
// purpose: the bot's own table must not be able to hide a mistake from the side that it talks to.

const id: Filterable = { kind: 'text', operators: ['eq'], anyCase: true };
const member: Filterable = { kind: 'text', operators: ['eq'] };
const name: Filterable = { kind: 'text', operators: ['eq', 'startswith'], anyCase: true };
/** The log holds it in lower case and compares with case. */
const exactName: Filterable = { kind: 'text', operators: ['eq', 'startswith'] };

const flag: Filterable = { kind: 'flag', operators: ['eq'] };

const IN_BOTH: readonly (readonly [string, Filterable])[] = [
  ['createdDateTime', { kind: 'instant', operators: ['eq', 'ge', 'le'] }],
  ['id', id],
  ['userId', id],
  ['userPrincipalName', exactName],
  // Spelt so in Microsoft's own example.
  ['userPrincipalname', { ...exactName, spells: 'userPrincipalName' }],
  ['userDisplayName', name],
  ['appId', id],
  ['appDisplayName', name],
  ['resourceId', id],
  ['resourceDisplayName', { ...name, operators: ['eq'] }],
  ['servicePrincipalId', name],
  ['servicePrincipalName', name],
  ['clientAppUsed', { ...name, operators: ['eq'] }],
  ['correlationId', id],
  ['conditionalAccessStatus', member],
  ['riskDetail', member],
  ['riskLevelAggregated', member],
  ['riskLevelDuringSignIn', member],
  ['riskState', member],
  ['riskEventTypes_v2', { ...exactName, list: true }],
  ['ipAddress', name],
  ['userAgent', name],
  ['status/errorCode', { kind: 'number', operators: ['eq'] }],
  ['deviceDetail/browser', name],
  ['deviceDetail/operatingSystem', name],
  ['location/city', name],
  ['location/state', name],
  ['location/countryOrRegion', name],
];

const BETA_ONLY: readonly (readonly [string, Filterable])[] = [
  ['flaggedForReview', flag],
  // Spelt so in Microsoft's own example.
  ['flaggedforReview', { ...flag, spells: 'flaggedForReview' }],
  ['signInEventTypes', { kind: 'text', operators: ['eq', 'ne'], list: true }],
  ['authenticationRequirement', name],
  ['originalRequestId', id],
  ['appOwnerTenantId', id],
  ['resourceOwnerTenantId', id],
  ['conditionalAccessAudiences', { ...id, list: true }],
  ['tokenIssuerName', { ...name, operators: ['eq'] }],
];

const V1 = new Map(IN_BOTH);
const BETA = new Map([...IN_BOTH, ...BETA_ONLY]);

const OLDEST = 90 * 24 * 60 * 60 * 1000;

/** What a filter on `auditLogs/signIns` may say at the given time. */
export const signInRules = (version: 'v1.0' | 'beta', now: number): FilterRules => ({
  type: 'microsoft.graph.signIn',
  properties: version === 'beta' ? BETA : V1,
  unsupported: () => invalidFilter(),
  check: (literal) => {
    if (literal.kind === 'instant' && literal.value < now - OLDEST) throw invalidFilter();
  },
});
