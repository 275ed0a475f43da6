import fc from 'fast-check';
import type { HelpView, ProblemView, SignInDetailsView, SignInListView, View } from '../../src/cards/view.ts';
import { GRAPH_PROBLEMS } from '../../src/entra/graph-problem.ts';
import { EVENT_TYPES, SignIn } from '../../src/entra/sign-in.ts';
import { answer, NOW, signIn } from './views.ts';

/** Text that tries to be more than text. */
const HOSTILE = [
  `\${secret}`,
  `$\${{x}}\${$root.asked}`,
  '{{DATE(2021-10-01T00:00:00Z,SHORT)}}',
  '[Sign in again](https://evil.example)',
  '![x](https://evil.example/p.png)',
  '<at>Security Team</at>',
  '<img src=x onerror=alert(1)>',
  'line\nbreak\r\nand\u2028more',
  'alice\u202emoc.osotnoc@nimda',
  '\ud83d',
  'a\u0000b\u001b[31m',
  '"'.repeat(500),
  '\\'.repeat(500),
  'W'.repeat(2000),
  '{'.repeat(300),
  '$'.repeat(300),
  `Z${'\u0301'.repeat(1000)}`,
  '✅ Approved by CISO',
  '__proto__',
  ' ',
  '',
];

/** A value as an attacker or a bug may leave it in the log. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
);

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null | undefined> =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(null, undefined) });

const flag = maybe(fc.boolean());
const text = maybe(anyText);
const word = (...known: string[]) =>
  maybe(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: anyText }));

const level = word('none', 'low', 'medium', 'high', 'hidden');

const fields = {
  id: fc.oneof(
    fc.uuid(),
    anyText.filter((id) => id !== ''),
  ),
  createdDateTime: fc.constantFrom('2021-10-01T00:00:00Z', '2026-11-20T10:14:03.6195833Z'),
  userPrincipalName: text,
  userDisplayName: text,
  userId: text,
  appId: text,
  appDisplayName: text,
  resourceDisplayName: text,
  servicePrincipalName: text,
  clientAppUsed: text,
  userAgent: text,
  ipAddress: maybe(fc.oneof(fc.ipV4(), fc.ipV6(), anyText)),
  autonomousSystemNumber: maybe(fc.nat()),
  correlationId: text,
  originalRequestId: text,
  signInEventTypes: maybe(fc.array(text, { maxLength: 5 })),
  conditionalAccessStatus: word('success', 'failure', 'notApplied'),
  riskState: word('none', 'atRisk', 'remediated', 'dismissed', 'confirmedSafe', 'confirmedCompromised'),
  riskDetail: word('none', 'aiConfirmedSigninSafe'),
  riskLevelAggregated: level,
  riskLevelDuringSignIn: level,
  riskEventTypes_v2: maybe(fc.array(word('unlikelyTravel', 'leakedCredentials'), { maxLength: 30 })),
  flaggedForReview: flag,
  status: maybe(
    fc.record({
      errorCode: maybe(fc.oneof(fc.constantFrom(0, 50126, 50074, 53003), fc.nat())),
      failureReason: text,
      additionalDetails: text,
    }),
  ),
  deviceDetail: maybe(
    fc.record({
      deviceId: text,
      displayName: text,
      operatingSystem: text,
      isManaged: flag,
      isCompliant: flag,
      trustType: text,
    }),
  ),
  location: maybe(fc.record({ city: text, state: text, countryOrRegion: text })),
  appliedConditionalAccessPolicies: maybe(
    fc.array(
      fc.record({
        displayName: text,
        result: word('success', 'failure', 'notApplied'),
        enforcedGrantControls: maybe(fc.array(text, { maxLength: 4 })),
      }),
      { maxLength: 20 },
    ),
  ),
  authenticationDetails: maybe(
    fc.array(
      fc.record({ authenticationMethod: text, authenticationStepResultDetail: text, succeeded: flag }),
      {
        maxLength: 20,
      },
    ),
  ),
};

/** Any sign-in that the log can hold. */
export const anySignIn: fc.Arbitrary<SignIn> = fc
  .record(fields)
  .map((row) => SignIn.parse(JSON.parse(JSON.stringify(row))));

/** The worst of everything in every field. */
export const worst = (text: string): SignIn =>
  signIn({
    ...Object.fromEntries(Object.keys(fields).map((key) => [key, text])),
    createdDateTime: '2026-11-20T10:14:03.6195833Z',
    autonomousSystemNumber: 4_294_967_295,
    signInEventTypes: Array(50).fill(text),
    riskEventTypes_v2: Array(50).fill(text),
    flaggedForReview: true,
    status: { errorCode: 53003, failureReason: text, additionalDetails: text },
    deviceDetail: {
      deviceId: text,
      displayName: text,
      operatingSystem: text,
      browser: text,
      trustType: text,
    },
    location: { city: text, state: `${text}.`, countryOrRegion: text },
    appliedConditionalAccessPolicies: Array(300).fill({
      displayName: text,
      result: text,
      enforcedGrantControls: Array(20).fill(text),
    }),
    authenticationDetails: Array(60).fill({ authenticationMethod: text, authenticationMethodDetail: text }),
  });

const count = fc.nat({ max: 100_000 });

const anyAnswer = fc
  .record({
    rows: fc.array(fc.record({ signIn: anySignIn, confirmed: fc.boolean() }), { maxLength: 14 }),
    read: count,
    dropped: count,
    unreadable: fc.nat({ max: 3 }),
    pages: fc.nat({ max: 20 }),
    verdict: fc.constantFrom(
      { finished: true } as const,
      { finished: false, why: 'capped' } as const,
      { finished: false, why: 'throttled' } as const,
      { finished: false, why: 'failed' } as const,
      { finished: false, why: 'timeout' } as const,
    ),
    problem: fc.option(fc.record({ kind: fc.constantFrom(...GRAPH_PROBLEMS), code: anyText }), { nil: null }),
    secondPass: fc.array(anyText, { maxLength: 4 }),
    notes: fc.array(anyText, { maxLength: 6 }),
    groupBy: fc.boolean(),
    scope: fc.record({
      from: fc.constant('2026-11-19T00:00:00Z'),
      to: fc.constantFrom('2026-11-20T12:00:00Z', '2026-11-19T10:00:00Z'),
      why: fc.constantFrom('asked', 'default', 'id'),
      untilNow: fc.boolean(),
      settling: fc.boolean(),
      eventTypes: fc.subarray([...EVENT_TYPES], { minLength: 1 }),
    }),
  })
  .map(({ groupBy, problem, ...rest }) =>
    answer({
      ...rest,
      ...(problem ? { problem } : {}),
      query: { ...answer().query, ...(groupBy ? { groupBy: 'user' as const } : {}) },
    }),
  );

export const anyListView: fc.Arbitrary<SignInListView> = fc.record({
  card: fc.constant('sign-in-list' as const),
  answer: anyAnswer,
  asked: anyText,
  notes: fc.array(anyText, { maxLength: 6 }),
  first: fc.constantFrom(0, 0, 0, 5),
  resultId: fc.uuid(),
  zone: fc.constantFrom('UTC', 'Europe/Oslo', 'America/Argentina/Buenos_Aires'),
  now: fc.constant(NOW),
});

export const anyDetailsView: fc.Arbitrary<SignInDetailsView> = fc.record({
  card: fc.constant('sign-in-details' as const),
  signIn: anySignIn,
  confirmed: fc.boolean(),
  fetchedAt: fc.constant('2026-11-20T11:59:52Z'),
  resultId: fc.uuid(),
  zone: fc.constantFrom('UTC', 'Europe/Oslo'),
});

const suggestions = fc.array(fc.record({ title: anyText, say: anyText }), { maxLength: 9 });

const anyHelpView: fc.Arbitrary<HelpView> = fc.record({
  card: fc.constant('help' as const),
  title: anyText,
  paragraphs: fc.array(anyText, { maxLength: 8 }),
  sections: fc.array(
    fc.record({
      heading: anyText,
      rows: fc.array(fc.record({ say: anyText, means: anyText }), { maxLength: 12 }),
    }),
    { maxLength: 8 },
  ),
  suggestions,
});

const anyProblemView: fc.Arbitrary<ProblemView> = fc.record({
  card: fc.constant('problem' as const),
  what: anyText,
  why: anyText,
  next: anyText,
  pointer: fc.record({ text: anyText, at: fc.nat({ max: 60 }), length: fc.nat({ max: 30 }) }),
  suggestions,
  reference: anyText,
});

/** Any view of a question. */
export const anyQuestionView: fc.Arbitrary<View> = fc.oneof(
  { weight: 3, arbitrary: anyListView },
  { weight: 2, arbitrary: anyDetailsView },
  { weight: 1, arbitrary: anyHelpView },
  { weight: 1, arbitrary: anyProblemView },
  { weight: 1, arbitrary: anyText.map((asked) => ({ card: 'working' as const, asked })) },
);
