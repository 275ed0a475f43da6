import { explainErrorCode } from '../entra/error-codes.ts';
import { type NewProperty, newProperties } from '../entra/new-properties.ts';
import { explainRiskTerm, type RiskTerm } from '../entra/risk-terms.ts';
import type { SignIn } from '../entra/sign-in.ts';
import { showText } from '../lib/text.ts';
import { type Fact, fact, firstFew, named, type Section, shortList, yesNo } from './facts.ts';
import { placeOf } from './sign-in-words.ts';

const flagged = ({ flaggedForReview }: SignIn): Fact[] =>
  flaggedForReview
    ? fact(
        'Flagged',
        'The user met an error, turned on flagging and so asked an administrator for help. This is not a risk verdict.',
      )
    : [];

const result = (signIn: SignIn): Fact[] => {
  const { errorCode, failureReason, additionalDetails } = signIn.status ?? {};
  const known = explainErrorCode(errorCode ?? Number.NaN, failureReason, additionalDetails);
  return [
    ...flagged(signIn),
    ...fact('Code', known ? `${errorCode} ${known.name}` : errorCode),
    ...fact('Next step', known?.next, 300),
    // Beside a success Entra ID writes "Other.".
    ...(errorCode === 0 ? [] : fact('Entra ID says', failureReason, 300)),
    ...fact('Additional details', additionalDetails, 200),
  ];
};

const explained = (label: string, term: string | null | undefined, kind: RiskTerm['kind']): Fact[] => {
  if (!term) return [];
  const meaning = explainRiskTerm(term.slice(0, 100), kind)?.meaning ?? 'Flagman does not know this word.';
  return fact(label, `${showText(term, 60)}: ${meaning}`, 300);
};

/** "none" is worth a line where it is a verdict, and noise elsewhere. */
const unlessNone = (value: string | null | undefined): string | undefined =>
  value && value !== 'none' ? value : undefined;

const risk = (signIn: SignIn, most: number): Fact[] => [
  ...explained('State', signIn.riskState, 'risk state'),
  ...(signIn.riskLevelAggregated === signIn.riskLevelDuringSignIn
    ? explained('Level', signIn.riskLevelAggregated, 'risk level')
    : [
        ...explained('Level now', signIn.riskLevelAggregated, 'risk level'),
        ...explained('Level at sign-in', signIn.riskLevelDuringSignIn, 'risk level'),
      ]),
  ...explained('Detail', unlessNone(signIn.riskDetail), 'risk detail'),
  ...firstFew(signIn.riskEventTypes_v2 ?? [], most, (type) => explained('Detected', type, 'risk event type')),
];

const app = (signIn: SignIn): Fact[] => [
  ...named('App', signIn.appDisplayName, signIn.appId),
  ...named('Resource', signIn.resourceDisplayName, signIn.resourceId),
  ...named('Service principal', signIn.servicePrincipalName, signIn.servicePrincipalId),
  ...fact('Client', signIn.clientAppUsed),
  ...fact('Protocol', unlessNone(signIn.authenticationProtocol)),
  ...fact('Token', unlessNone(signIn.incomingTokenType)),
];

const origin = (signIn: SignIn): Fact[] => [
  ...fact('IP address', signIn.ipAddress, 45),
  ...(signIn.location ? fact('Place', placeOf(signIn)) : []),
  ...fact('Network', signIn.autonomousSystemNumber ? `AS${signIn.autonomousSystemNumber}` : undefined),
  ...fact('User agent', signIn.userAgent, 240),
];

const device = ({ deviceDetail }: SignIn): Fact[] => [
  ...named('Device', deviceDetail?.displayName, deviceDetail?.deviceId),
  ...fact('System', deviceDetail?.operatingSystem),
  ...fact('Browser', deviceDetail?.browser),
  ...yesNo('Managed', deviceDetail?.isManaged),
  ...yesNo('Compliant', deviceDetail?.isCompliant),
  ...fact('Trust', deviceDetail?.trustType),
];

type Policy = NonNullable<SignIn['appliedConditionalAccessPolicies']>[number];

// What decided comes first; most policies of a tenant say that they did not apply.
const DECISIVE = ['failure', 'success', 'reportOnlyFailure', 'reportOnlyInterrupted', 'reportOnlySuccess'];

const rankOf = ({ result }: Policy): number => {
  const rank = DECISIVE.indexOf(result ?? '');
  return rank === -1 ? DECISIVE.length : rank;
};

const policy = (applied: Policy): Fact[] => {
  const controls = [...(applied.enforcedGrantControls ?? []), ...(applied.enforcedSessionControls ?? [])];
  const demands = controls.length > 0 ? ` · ${shortList(controls)}` : '';
  const name = showText(applied.displayName || applied.id, 80);
  return fact('Policy', `${showText(applied.result, 32)} · ${name}${demands}`, 240);
};

const conditionalAccess = (signIn: SignIn, most: number): Fact[] => [
  ...fact('Status', signIn.conditionalAccessStatus),
  ...firstFew(
    (signIn.appliedConditionalAccessPolicies ?? []).toSorted((a, b) => rankOf(a) - rankOf(b)),
    most,
    policy,
  ),
];

type Step = NonNullable<SignIn['authenticationDetails']>[number];

const outcomeOf = ({ succeeded }: Step): string =>
  succeeded ? 'passed' : succeeded === false ? 'not passed' : 'outcome not given';

const step = (taken: Step): Fact[] => {
  const parts = [
    taken.authenticationMethod,
    taken.authenticationMethodDetail,
    taken.authenticationStepRequirement,
    taken.authenticationStepResultDetail,
  ].filter(Boolean);
  return fact('Step', [outcomeOf(taken), ...parts.map((part) => showText(part, 60))].join(' · '), 240);
};

const authentication = (signIn: SignIn, most: number): Fact[] => [
  ...fact('Requirement', signIn.authenticationRequirement),
  ...firstFew(signIn.authenticationDetails ?? [], most, step),
];

const ids = (signIn: SignIn): Fact[] => [
  ...fact('Request', signIn.id, 64),
  ...fact('Correlation', signIn.correlationId, 64),
  ...(signIn.originalRequestId === signIn.id ? [] : fact('Original request', signIn.originalRequestId, 64)),
  ...fact('User', signIn.userId, 64),
  ...fact('User type', signIn.userType, 32),
  ...fact('Kind of sign-in', shortList(signIn.signInEventTypes ?? [])),
  ...fact('Across tenants', unlessNone(signIn.crossTenantAccessType), 64),
];

// Microsoft adds properties without notice; what nobody can explain yet is shown as it is.
const added = ([name, value]: NewProperty): Fact[] =>
  fact(showText(name, 40), typeof value === 'object' ? JSON.stringify(value) : value);

/**
 * Everything of a sign-in that the card's first lines do not say; what the log leaves out is not shown. At most
 * `most` entries of each list, and the card says how many are left out.
 */
export const sectionsOf = (signIn: SignIn, most: number): Section[] =>
  [
    { heading: 'Result', facts: result(signIn) },
    { heading: 'Risk', facts: risk(signIn, most) },
    { heading: 'App', facts: app(signIn) },
    { heading: 'Where from', facts: origin(signIn) },
    { heading: 'Device', facts: device(signIn) },
    { heading: 'Conditional Access', facts: conditionalAccess(signIn, most) },
    { heading: 'Authentication', facts: authentication(signIn, most) },
    { heading: 'Identifiers', facts: ids(signIn) },
    { heading: 'New in the log', facts: firstFew(newProperties(signIn), most, added) },
  ].filter((section) => section.facts.length > 0);
