import type {
  HelpView,
  ProblemView,
  SignInDetailsView,
  SignInListView,
  WorkingView,
} from '../../src/cards/view.ts';
import type { Found, SignInAnswer } from '../../src/entra/query.ts';
import { SignIn } from '../../src/entra/sign-in.ts';
import { answerWith } from '../support/answer.ts';

export const NOW = Date.parse('2026-11-20T12:00:00Z');

export const REQUEST = '66ea54eb-6301-4ee5-be62-ff5a759b0100';

/** One rich sign-in: flagged, failed, at risk, with device, policies and steps. */
export const signIn = (change: Record<string, unknown> = {}): SignIn =>
  SignIn.parse({
    id: REQUEST,
    createdDateTime: '2026-11-20T10:14:03.6195833Z',
    userId: '26be570a-ae82-4189-b4e2-a37c6808512d',
    userPrincipalName: 'user@contoso.com',
    userDisplayName: 'Ursula Example',
    userType: 'member',
    appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
    appDisplayName: 'Azure Portal',
    resourceId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    resourceDisplayName: 'Windows Azure Service Management API',
    clientAppUsed: 'Browser',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/131.0',
    ipAddress: '203.0.113.7',
    autonomousSystemNumber: 64500,
    correlationId: 'd79f5bee-5860-4832-928f-3133e22ae912',
    originalRequestId: REQUEST,
    isInteractive: true,
    signInEventTypes: ['interactiveUser'],
    authenticationRequirement: 'multiFactorAuthentication',
    authenticationProtocol: 'none',
    incomingTokenType: 'none',
    crossTenantAccessType: 'none',
    conditionalAccessStatus: 'failure',
    riskState: 'atRisk',
    riskDetail: 'none',
    riskLevelAggregated: 'high',
    riskLevelDuringSignIn: 'medium',
    riskEventTypes_v2: ['unlikelyTravel', 'anonymizedIPAddress'],
    flaggedForReview: true,
    status: {
      errorCode: 53003,
      failureReason: 'Access has been blocked by Conditional Access policies.',
      additionalDetails: null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: 'LAPTOP-7',
      operatingSystem: 'Windows 11',
      browser: 'Edge 131.0',
      isCompliant: false,
      isManaged: true,
      trustType: 'Hybrid Azure AD joined',
    },
    location: { city: 'Oslo', state: 'Oslo', countryOrRegion: 'NO' },
    appliedConditionalAccessPolicies: [
      { id: 'p1', displayName: 'Guests: limited access', result: 'notApplied' },
      {
        id: 'p2',
        displayName: 'Block high risk',
        result: 'failure',
        enforcedGrantControls: ['Block'],
        enforcedSessionControls: [],
      },
    ],
    authenticationDetails: [
      {
        authenticationMethod: 'Password',
        authenticationMethodDetail: 'Password Hash Sync',
        authenticationStepRequirement: 'Primary authentication',
        authenticationStepResultDetail: 'Correct password',
        authenticationStepDateTime: '2026-11-20T10:14:03Z',
        succeeded: true,
      },
    ],
    ...change,
  });

export const found = (change: Record<string, unknown> = {}, confirmed = true): Found => ({
  signIn: signIn(change),
  confirmed,
});

/** A finished answer to "flagged for user@contoso.com since 2026-11-19". */
export const answer = (change: Partial<SignInAnswer> = {}): SignInAnswer => {
  const rows = change.rows ?? [found()];
  return answerWith([], {
    query: {
      entity: 'signIns',
      where: [
        { op: 'eq', property: 'flaggedForReview', value: true },
        { op: 'eq', property: 'userPrincipalName', value: 'user@contoso.com' },
      ],
      window: { from: { at: '2026-11-19T00:00:00Z', inclusive: true } },
    },
    rows,
    read: rows.length,
    scope: {
      from: '2026-11-19T00:00:00Z',
      to: '2026-11-20T12:00:00Z',
      why: 'asked',
      untilNow: true,
      settling: true,
      eventTypes: ['interactiveUser'],
    },
    filter: "flaggedForReview eq true and userPrincipalName eq 'user@contoso.com'",
    fetchedAt: '2026-11-20T11:59:52Z',
    ...change,
  });
};

export const listView = (
  change: Partial<SignInAnswer> = {},
  view: Partial<SignInListView> = {},
): SignInListView => ({
  card: 'sign-in-list',
  answer: answer(change),
  asked: 'flagged for user@contoso.com since 2026-11-19',
  notes: [],
  first: 0,
  resultId: '3f1d0c9a-74f3-4cf5-9a57-0f6a0f6b8a11',
  zone: 'Europe/Oslo',
  now: NOW,
  ...view,
});

export const detailsView = (
  change: Record<string, unknown> = {},
  view: Partial<SignInDetailsView> = {},
): SignInDetailsView => ({
  card: 'sign-in-details',
  signIn: signIn(change),
  confirmed: true,
  fetchedAt: '2026-11-20T11:59:52Z',
  resultId: '3f1d0c9a-74f3-4cf5-9a57-0f6a0f6b8a11',
  first: 0,
  zone: 'Europe/Oslo',
  ...view,
});

export const helpView: HelpView = {
  card: 'help',
  title: 'What you can ask',
  paragraphs: [
    'Ask about sign-ins in your own words. Every answer says what was read and how far to trust it.',
  ],
  sections: [
    {
      heading: 'Sign-ins',
      rows: [
        {
          say: 'flagged for user@contoso.com since 2021-10-01',
          means: 'sign-ins that users asked for help with',
        },
        { say: 'risky sign-ins last 24h', means: 'what Entra ID Protection scored' },
        { say: 'who signed in from 203.0.113.7 last 48h', means: 'users with their successes and failures' },
      ],
    },
    {
      heading: 'Explanations',
      rows: [
        { say: 'what is 50126', means: 'an error code, with the next step' },
        { say: 'what does unlikelyTravel mean', means: 'a word of the risk vocabulary' },
      ],
    },
  ],
  suggestions: [
    { title: 'Flagged today', say: 'flagged today' },
    { title: 'Risky last 24h', say: 'risky sign-ins last 24h' },
  ],
};

export const problemView: ProblemView = {
  card: 'problem',
  what: 'I do not know the word “flaged”.',
  why: 'Every question begins with what you want to see.',
  next: 'Perhaps you mean: flagged for user@contoso.com since 2021-10-01',
  pointer: { text: 'show flaged for user@contoso.com since 2021-10-01', at: 5, length: 6 },
  suggestions: [
    {
      title: 'flagged for user@contoso.com since 2021-10-01',
      say: 'flagged for user@contoso.com since 2021-10-01',
    },
  ],
  reference: '01JD3V9QXH',
};

export const workingView: WorkingView = { card: 'working', asked: 'failed sign-ins last 7 days' };
