import { APPS, type App, RESOURCES } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { office, TROUBLE } from '../places.ts';
import { type Facts, signIn } from '../row.ts';
import { HOUR, MINUTE, SECOND, type Story } from './story.ts';

/** What a log also holds: strings that attackers chose, and rows that fit no expectation. */
export const oddRows: Story = {
  name: 'odd rows',
  what: 'Names and user agents that try to be markup, and rows with gaps, nulls and unknown values.',
  tell: ({ now, random, user }) =>
    ODD.map(({ who = 'zoe.strom@contoso.com', ...odd }, index) =>
      signIn(
        {
          at: now - (now % SECOND) - HOUR - index * 13 * MINUTE,
          who: user(who),
          app: APPS.portal,
          from: office('oslo'),
          device: DEVICES.linux,
          ...odd,
        },
        random,
      ),
    ),
};

const named = (name: string): App => ({ ...APPS.expenses, name });
const agent = (userAgent: string): Pick<Facts, 'device'> => ({ device: { ...DEVICES.linux, userAgent } });
const gaps = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, undefined]));
const nulls = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, null]));

type Odd = Omit<Partial<Facts>, 'at' | 'who'> & { readonly who?: string };

const HOSTILE: readonly Odd[] = [
  { ...agent('[Sign in again](https://evil.example)'), app: named('![x](https://evil.example/p.png)') },
  { ...agent(`Mozilla/5.0 ${'A'.repeat(2048)}`), code: 50126 },
  { app: named('<at>Security Team</at>'), who: 'security.team@contoso.com' },
  { app: named('✅ Approved by CISO\nStatus: safe'), who: 'ciso.office@contoso.com' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a hostile name, not a template.
  { app: named('${$root} {{userPrincipalName}}'), who: 'root.cause@contoso.com' },
  { app: named('Invoice \u202Efdp.exe'), who: 'rolf.tide@contoso.com' },
  {
    app: named('P\u0351\u0489\u0334a\u0300\u0337y\u0301\u0335r\u0302o\u0303l\u0304l'),
    who: 'z.algo@contoso.com',
  },
  { ...agent("'; DROP TABLE signIns; --"), who: 'it.notice@contoso.com' },
  {
    ...agent('\u0000\u0007\u001b[31mred\u200b\u{e0041}'),
    resource: { ...RESOURCES.graph, name: '{{name}}' },
  },
];

const STRANGE: readonly Odd[] = [
  {
    also: nulls(
      'deviceDetail',
      'location',
      'userAgent',
      'appDisplayName',
      'riskEventTypes_v2',
      'userDisplayName',
    ),
  },
  {
    also: nulls(
      'status',
      'ipAddress',
      'appliedConditionalAccessPolicies',
      'riskState',
      'conditionalAccessStatus',
    ),
  },
  {
    also: gaps('status', 'location', 'deviceDetail', 'riskState', 'riskLevelAggregated', 'flaggedForReview'),
  },
  { also: gaps('ipAddress', 'appDisplayName', 'authenticationDetails', 'userDisplayName', 'riskDetail') },
  {
    risk: {
      state: 'newThing',
      detail: 'somethingNew',
      aggregated: 'extreme',
      atSignIn: 'extreme',
      events: ['newDetection', ''],
    },
  },
  {
    also: {
      signInEventTypes: ['interactiveUser', 'somethingNew'],
      crossTenantAccessType: 'passthrough',
      futureProperty: { a: 1 },
    },
  },
  { from: TROUBLE.nowhere, code: 999_999 },
  { also: { riskEventTypes_v2: ['unfamiliarFeatures', null], authenticationProtocol: 'nativeAuth' } },
  {
    also: {
      autonomousSystemNumber: null,
      originalTransferMethod: 'deviceCodeFlow',
      incomingTokenType: 'remoteDesktopToken',
    },
  },
];

const ODD: readonly Odd[] = [...HOSTILE, ...STRANGE];
