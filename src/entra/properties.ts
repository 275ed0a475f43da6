/** How a value of the property is written in OData: text is quoted, everything else is not. */
export type ValueKind = 'text' | 'instant' | 'number' | 'flag' | 'list';

/** The operators that the documentation gives for a property; `any` is for lists. */
export type Operator = 'eq' | 'ge' | 'le' | 'startswith' | 'any';

/** How a property is written in a filter, and what it can be asked. */
export interface PropertyRule {
  readonly kind: ValueKind;
  readonly operators: readonly Operator[];
}

const exact: PropertyRule = { kind: 'text', operators: ['eq'] };
const prefixed: PropertyRule = { kind: 'text', operators: ['eq', 'startswith'] };

/**
 * What may stand in a `$filter` on `auditLogs/signIns`, and with which operators.
 * Source: the doc comments of microsoft.graph.signIn (beta); flaggedForReview from Microsoft's page on flagged
 * sign-ins. `ge` and `le` alone exist for dates (`gt` and `lt` are refused).
 */
export const SIGN_IN_PROPERTIES = {
  createdDateTime: { kind: 'instant', operators: ['eq', 'le', 'ge'] },
  flaggedForReview: { kind: 'flag', operators: ['eq'] },
  id: exact,
  userId: exact,
  userPrincipalName: prefixed,
  userDisplayName: prefixed,
  appId: exact,
  appDisplayName: prefixed,
  resourceId: exact,
  resourceDisplayName: exact,
  servicePrincipalId: prefixed,
  servicePrincipalName: prefixed,
  clientAppUsed: exact,
  correlationId: exact,
  originalRequestId: exact,
  conditionalAccessStatus: exact,
  riskDetail: exact,
  riskLevelAggregated: exact,
  riskLevelDuringSignIn: exact,
  riskState: exact,
  ipAddress: prefixed,
  userAgent: prefixed,
  authenticationRequirement: prefixed,
  'status/errorCode': { kind: 'number', operators: ['eq'] },
  'deviceDetail/browser': prefixed,
  'deviceDetail/operatingSystem': prefixed,
  'location/city': prefixed,
  'location/state': prefixed,
  'location/countryOrRegion': prefixed,
  riskEventTypes_v2: { kind: 'list', operators: ['any'] },
  signInEventTypes: { kind: 'list', operators: ['any'] },
} as const satisfies Record<string, PropertyRule>;

/** A property path of a sign-in that can stand in a filter, as OData spells it. */
export type Property = keyof typeof SIGN_IN_PROPERTIES;

/** A property that Graph cannot filter, but a second pass over the rows can. */
export type LocalProperty = 'userType' | 'autonomousSystemNumber';

/** A property that holds several values, asked with `any`. */
export type ListProperty = 'riskEventTypes_v2' | 'signInEventTypes';

/** The rule of a property: how values are written and which operators Graph takes. */
export const ruleOf = (property: Property): PropertyRule => SIGN_IN_PROPERTIES[property];
