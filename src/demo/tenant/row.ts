import type { EventType } from '../../entra/sign-in.ts';
import { type App, type Program, RESOURCES } from './apps.ts';
import { type Outcome, outcomeOf } from './codes.ts';
import type { Device } from './devices.ts';
import { TENANT_ID } from './people.ts';
import type { Origin } from './places.ts';
import type { AppliedPolicy } from './policies.ts';
import type { Random } from './random.ts';
import { blank } from './row-blank.ts';
import type { DirectoryUser } from './users.ts';

/** One published version of a sign-in, in the shape of the beta schema; properties may be null or missing. */
export interface Row {
  readonly id: string;
  readonly createdDateTime: string;
  readonly [property: string]: unknown;
}

/** What Entra ID Protection says about a sign-in. */
export interface Risk {
  readonly state: string;
  readonly detail: string;
  readonly atSignIn: string;
  readonly aggregated: string;
  readonly events: readonly string[];
}

const NO_RISK: Risk = { state: 'none', detail: 'none', atSignIn: 'none', aggregated: 'none', events: [] };

/** The facts that make one sign-in; what is left out is ordinary. */
export interface Facts {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who or what signed in. */
  readonly who: DirectoryUser | Program;
  readonly app?: App;
  readonly resource?: App;
  readonly from?: Origin;
  readonly device?: Device;
  readonly event?: EventType;
  readonly code?: number | Outcome;
  readonly risk?: Partial<Risk>;
  readonly flagged?: boolean;
  readonly policies?: readonly AppliedPolicy[];
  /** Properties said outright, over whatever follows from the facts; undefined takes one away. */
  readonly also?: Readonly<Record<string, unknown>>;
  readonly id?: string;
}

/** Builds the row that the log would hold for these facts. */
export const signIn = (facts: Facts, random: Random): Row => {
  const row = {
    ...blank,
    id: facts.id ?? random.guid(),
    createdDateTime: new Date(facts.at).toISOString().replace('.000Z', 'Z'),
    correlationId: random.guid(),
    uniqueTokenIdentifier: random.guid().replaceAll('-', '').slice(0, 22),
    processingTimeInMilliseconds: random.int(60, 900),
    ...('signInName' in facts.who ? userPart(facts.who, facts, random) : programPart(facts.who)),
    ...appPart(facts),
    ...originPart(facts.from),
    ...devicePart(facts, random),
    ...resultPart(facts),
    ...riskPart({ ...NO_RISK, ...facts.risk }),
    flaggedForReview: facts.flagged ?? false,
    ...facts.also,
  };
  const { id, createdDateTime, ...rest } = row;
  const said = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { id, createdDateTime, ...Object.fromEntries(said) };
};

const eventOf = (facts: Facts): EventType => facts.event ?? 'interactiveUser';

const userPart = (user: DirectoryUser, facts: Facts, random: Random) => ({
  userId: user.id,
  userPrincipalName: user.signInName,
  userDisplayName: user.displayName,
  userType: user.userType.toLowerCase(),
  signInIdentifier: user.signInName,
  signInIdentifierType: 'userPrincipalName',
  sessionId: random.guid(),
  homeTenantId: user.userType === 'Guest' ? '5c3a1f70-82d4-4e96-b1a7-90f6d2c8e34b' : TENANT_ID,
  crossTenantAccessType: user.userType === 'Guest' ? 'b2bCollaboration' : 'none',
  isInteractive: eventOf(facts) === 'interactiveUser',
});

const programPart = (program: Program) => ({
  // Not nullable in the schema: empty for what is not a user.
  userId: '',
  servicePrincipalId: program.servicePrincipalId,
  servicePrincipalName: program.name,
  homeTenantId: TENANT_ID,
  isInteractive: false,
  crossTenantAccessType: 'none',
});

const appPart = (facts: Facts) => {
  const app = facts.app ?? ('appId' in facts.who ? facts.who : RESOURCES.graph);
  const resource = facts.resource ?? ('resource' in facts.who ? facts.who.resource : RESOURCES.graph);
  return {
    appId: app.appId,
    appDisplayName: app.name,
    appOwnerTenantId: app.owner,
    resourceId: resource.appId,
    resourceDisplayName: resource.name,
    resourceOwnerTenantId: resource.owner,
  };
};

const originPart = (from: Origin | undefined) =>
  from === undefined
    ? { ipAddress: '' }
    : {
        ipAddress: from.ip,
        autonomousSystemNumber: from.asn,
        location: {
          city: from.city,
          state: from.state,
          countryOrRegion: from.country,
          geoCoordinates: { altitude: null, latitude: from.latitude, longitude: from.longitude },
        },
      };

const devicePart = (facts: Facts, random: Random) => {
  const { device, event } = facts;
  const managed = device?.managed === true;
  return {
    clientAppUsed: device?.clientApp ?? (event === 'managedIdentity' ? '' : null),
    userAgent: device?.userAgent ?? null,
    deviceDetail: {
      deviceId: managed ? random.guid() : '',
      displayName: managed ? `CONTOSO-${random.int(1000, 9999)}` : null,
      operatingSystem: device?.operatingSystem ?? null,
      browser: device?.browser ?? null,
      browserId: null,
      isCompliant: device === undefined ? null : managed,
      isManaged: device === undefined ? null : managed,
      trustType: managed ? 'Azure AD joined' : null,
    },
  };
};

const resultPart = (facts: Facts) => {
  const code = facts.code ?? 0;
  const status = typeof code === 'number' ? outcomeOf(code) : code;
  const policies = facts.policies ?? [];
  const results = policies.map((policy) => policy.result);
  const decisive = ['failure', 'success'].find((result) => results.includes(result));
  const strong = policies.some((policy) => policy.enforcedGrantControls.includes('Mfa'));
  return {
    status,
    signInEventTypes: [eventOf(facts)],
    appliedConditionalAccessPolicies: policies,
    conditionalAccessStatus: decisive ?? 'notApplied',
    authenticationRequirement: strong ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    incomingTokenType: eventOf(facts) === 'nonInteractiveUser' ? 'refreshToken' : 'none',
    authenticationDetails: eventOf(facts) === 'interactiveUser' ? steps(facts.at, status, strong) : [],
  };
};

const steps = (at: number, status: Outcome, strong: boolean) => {
  const step = (method: string, detail: string, succeeded: boolean, seconds: number) => ({
    authenticationStepDateTime: new Date(at + seconds * 1000).toISOString(),
    authenticationMethod: method,
    authenticationMethodDetail: detail,
    succeeded,
    authenticationStepResultDetail: succeeded ? 'MFA completed in Azure AD' : status.failureReason,
    authenticationStepRequirement: 'Primary authentication',
  });
  const knewPassword = ![50126, 50053, 50034, 50057].includes(status.errorCode);
  const first = step('Password', 'Password in the cloud', knewPassword, 0);
  if (!strong || !knewPassword) return [first];
  return [first, step('Mobile app notification', '', status.errorCode === 0, 20)];
};

const riskPart = (risk: Risk) => ({
  riskState: risk.state,
  riskDetail: risk.detail,
  riskLevelDuringSignIn: risk.atSignIn,
  riskLevelAggregated: risk.aggregated,
  riskEventTypes_v2: risk.events,
});
