import type { Condition } from '../entra/condition.ts';
import type { LocalProperty, Property } from '../entra/properties.ts';

const NAMES: Readonly<Record<Property | LocalProperty, string>> = {
  createdDateTime: 'time',
  flaggedForReview: 'flagged',
  id: 'request id',
  userId: 'user id',
  userPrincipalName: 'user',
  userDisplayName: 'display name',
  userType: 'user type',
  appId: 'app id',
  appDisplayName: 'app',
  resourceId: 'resource id',
  resourceDisplayName: 'resource',
  servicePrincipalId: 'service principal id',
  servicePrincipalName: 'service principal',
  clientAppUsed: 'client app',
  correlationId: 'correlation id',
  originalRequestId: 'original request id',
  conditionalAccessStatus: 'Conditional Access result',
  riskDetail: 'risk detail',
  riskLevelAggregated: 'risk level',
  riskLevelDuringSignIn: 'risk level at sign-in',
  riskState: 'risk state',
  ipAddress: 'IP address',
  autonomousSystemNumber: 'network (ASN)',
  userAgent: 'user agent',
  authenticationRequirement: 'authentication requirement',
  'status/errorCode': 'error code',
  'deviceDetail/browser': 'browser',
  'deviceDetail/operatingSystem': 'operating system',
  'location/city': 'city',
  'location/state': 'state',
  'location/countryOrRegion': 'country',
  riskEventTypes_v2: 'risk event types',
  signInEventTypes: 'event types',
};

/** More alternatives than this are counted, not listed. */
const LISTED = 5;

const joined = (parts: readonly string[], word: string): string => {
  const shown = parts.length > LISTED ? [...parts.slice(0, LISTED), `${parts.length - LISTED} more`] : parts;
  return shown.join(` ${word} `);
};

const either = (of: readonly Condition[], op: 'and' | 'or', negated: boolean): string => {
  const word = (op === 'and') === negated ? 'or' : 'and';
  const text = joined(
    of.map((part) => sentence(part, negated)),
    word,
  );
  return word === 'or' && of.length > 1 ? `(${text})` : text;
};

const sentence = (condition: Condition, negated: boolean): string => {
  switch (condition.op) {
    case 'eq':
      return `${NAMES[condition.property]} is ${negated ? 'not ' : ''}${condition.value}`;
    case 'startswith':
      return `${NAMES[condition.property]} ${negated ? 'does not start' : 'starts'} with ${condition.value}`;
    case 'any': {
      const other = condition.is === 'ne' ? 'something other than ' : '';
      const verb = negated ? 'do not include' : 'include';
      return `${NAMES[condition.property]} ${verb} ${other}${joined(condition.values, 'or')}`;
    }
    case 'within':
      return `IP address is ${negated ? 'not ' : ''}in ${condition.range}`;
    case 'and':
    case 'or':
      return either(condition.of, condition.op, negated);
    case 'not':
      return sentence(condition.of, !negated);
  }
};

/** A condition in plain words, such as "country is not US". Values stand as they are: untrusted text. */
export const describeCondition = (condition: Condition): string => sentence(condition, false);
