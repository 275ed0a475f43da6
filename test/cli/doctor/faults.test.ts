import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { FindingVerdict } from '../../../src/cli/doctor/finding.ts';
import { PERMISSIONS } from '../../../src/entra/permissions.ts';
import { type Changed, type Findings, type Ground, makeGround } from './ground.ts';

let ground: Ground;
let whole: Findings;

beforeAll(async () => {
  ground = await makeGround();
  ground.restore();
  whole = await ground.findings();
});
beforeEach(() => ground.restore());
afterAll(() => ground.close());

const PERMISSION_CHECKS = PERMISSIONS.map(({ name }) => `permissions ${name}`);
const PLACE_CHECKS = ['places APPROVALS_CONVERSATION', 'places LEDGER_CONVERSATION'];
const MINUTES = 60_000;

/** One thing that is wrong, and what is found that was not found before. */
interface Case {
  readonly fault: string;
  /** Gives the variables that are not as usual, where there are any. */
  readonly happens: (ground: Ground) => unknown;
  readonly finds: Readonly<Record<string, readonly [FindingVerdict, RegExp, RegExp?]>>;
  /** What then cannot be checked. */
  readonly unchecked?: readonly string[];
  /** What is not spoken of any more. */
  readonly gone?: readonly string[];
}

/** What hangs on a token for Graph. */
const WITHOUT_GRAPH = {
  unchecked: ['permissions', 'graph', 'licence'],
  gone: PERMISSION_CHECKS,
} as const;

const WITHOUT_BOT = { unchecked: ['places'], gone: PLACE_CHECKS } as const;

const WITHOUT_BOTH = {
  unchecked: [...WITHOUT_GRAPH.unchecked, ...WITHOUT_BOT.unchecked],
  gone: [...WITHOUT_GRAPH.gone, ...WITHOUT_BOT.gone],
} as const;

const WITHOUT_STORE = { unchecked: ['ledger', 'places'], gone: PLACE_CHECKS } as const;

const refusal = (status: number, code: string, message = '') => ({
  path: '/auditLogs/signIns',
  effect: { kind: 'answer', status, code, message } as const,
});

const NO_LICENCE = refusal(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');

const setClock =
  (minutes: number) =>
  ({ login, graph }: Ground) => {
    login.faults.skewMs = minutes * MINUTES;
    graph.faults.push({ effect: { kind: 'skew', milliseconds: minutes * MINUTES } });
  };

const CREDENTIALS: readonly Case[] = [
  {
    fault: "Graph's secret is wrong",
    happens: () => ({ GRAPH_CLIENT_SECRET: 'another' }),
    finds: {
      'graph-credentials': [
        'wrong',
        /secret is wrong.*AADSTS7000215/,
        /az ad app credential reset.*GRAPH_CLIENT_SECRET/,
      ],
    },
    ...WITHOUT_GRAPH,
  },
  {
    fault: "the bot's secret is wrong",
    happens: () => ({ MicrosoftAppPassword: 'another' }),
    finds: { 'bot-credentials': ['wrong', /secret is wrong/, /MicrosoftAppPassword/] },
    ...WITHOUT_BOT,
  },
  {
    fault: 'the secrets have expired',
    happens: ({ login }) => {
      login.faults.refuse = 'expired-secret';
    },
    finds: {
      'bot-credentials': ['wrong', /has expired/, /MicrosoftAppPassword/],
      'graph-credentials': ['wrong', /has expired/, /GRAPH_CLIENT_SECRET/],
    },
    ...WITHOUT_BOTH,
  },
  {
    fault: 'the tenant does not know the application',
    happens: () => ({ GRAPH_CLIENT_ID: 'f1a90000-0de0-4c52-8f6a-000000000000' }),
    finds: { 'graph-credentials': ['wrong', /does not know the application/, /GRAPH_CLIENT_ID/] },
    ...WITHOUT_GRAPH,
  },
  {
    fault: 'there is no such tenant',
    happens: () => ({ MicrosoftAppTenantId: 'f1a90000-0de0-4c52-8f6a-000000000000' }),
    finds: {
      'bot-credentials': ['wrong', /no such tenant/, /MicrosoftAppTenantId/],
      'graph-credentials': ['wrong', /no such tenant/, /MicrosoftAppTenantId/],
    },
    ...WITHOUT_BOTH,
  },
  {
    fault: 'the certificate of the login is not trusted',
    happens: () => ({ NODE_EXTRA_CA_CERTS: null }),
    finds: {
      'bot-credentials': ['wrong', /not trusted/, /NODE_EXTRA_CA_CERTS/],
      'graph-credentials': ['wrong', /not trusted/, /NODE_EXTRA_CA_CERTS/],
      clock: ['not-checked', /nobody answered/],
    },
    ...WITHOUT_BOTH,
  },
  {
    fault: 'the login cuts every connection',
    happens: ({ login }) => {
      login.faults.isDown = true;
    },
    finds: {
      'bot-credentials': ['wrong', /cannot be reached/, /443/],
      'graph-credentials': ['wrong', /cannot be reached/, /443/],
      clock: ['not-checked', /nobody answered/],
    },
    ...WITHOUT_BOTH,
  },
];

const GRAPH: readonly Case[] = [
  ...PERMISSIONS.filter(({ needed }) => needed === 'always').map(
    ({ name, id }): Case => ({
      fault: `the permission ${name} is missing`,
      happens: ({ login }) => {
        login.faults.withoutRoles = [name];
      },
      finds: { [`permissions ${name}`]: ['wrong', /Missing/, new RegExp(id)] },
    }),
  ),
  {
    fault: 'the permission to change something is missing',
    happens: ({ login }) => {
      login.faults.withoutRoles = ['IdentityRiskEvent.ReadWrite.All'];
    },
    finds: {
      'permissions IdentityRiskEvent.ReadWrite.All': ['warning', /Missing/, /nothing is to be changed/],
    },
  },
  {
    fault: 'the permission that Graph asks for is missing',
    happens: ({ login, graph }) => {
      login.faults.withoutRoles = ['AuditLog.Read.All'];
      graph.faults.push(refusal(403, 'Authentication_MSGraphPermissionMissing'));
    },
    finds: { 'permissions AuditLog.Read.All': ['wrong', /Missing/] },
    unchecked: ['graph', 'licence'],
  },
  {
    fault: 'a permission is too much',
    happens: ({ roles }) => {
      roles.push('Directory.ReadWrite.All');
    },
    finds: {
      'permissions Directory.ReadWrite.All': [
        'wrong',
        /More than needed/,
        /revoke.*Directory\.ReadWrite\.All/,
      ],
    },
  },
  {
    fault: 'a permission to read is too much',
    happens: ({ roles }) => {
      roles.push('Mail.Read');
    },
    finds: { 'permissions Mail.Read': ['warning', /More than needed/, /Mail\.Read/] },
  },
  {
    fault: 'the tenant has no licence',
    happens: ({ graph }) => {
      graph.faults.push(NO_LICENCE);
    },
    finds: { licence: ['wrong', /P1 or P2/, /P1 or P2/] },
  },
  {
    fault: 'Graph says once by mistake that there is no licence',
    happens: ({ graph }) => {
      graph.faults.push({ ...NO_LICENCE, times: 1 });
    },
    finds: {},
  },
  {
    fault: 'the licence check needs another permission',
    happens: ({ graph }) => {
      graph.faults.push(refusal(403, 'Authentication_ApplicationHasNoDirectoryReadAccess'));
    },
    finds: { graph: ['wrong', /licence/, /Directory\.Read\.All/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph refuses',
    happens: ({ graph }) => {
      graph.faults.push(refusal(403, 'Authorization_RequestDenied'));
    },
    finds: { graph: ['wrong', /refused/, /permissions/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph is down',
    happens: ({ graph }) => {
      graph.faults.push({ effect: { kind: 'cut' } });
    },
    finds: { graph: ['wrong', /could not be reached/, /network/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph throttles',
    happens: ({ graph }) => {
      graph.faults.push(refusal(429, 'TooManyRequests'));
    },
    finds: { graph: ['warning', /slow down/, /minute/] },
    unchecked: ['licence'],
  },
  {
    fault: 'a page of HTML answers for Graph',
    happens: ({ graph }) => {
      graph.faults.push({ effect: { kind: 'answer', status: 200, body: '<html>sign in</html>' } });
    },
    finds: { graph: ['wrong', /did not come from Microsoft Graph/, /proxy/] },
    unchecked: ['licence'],
  },
  {
    fault: 'the clock is 10 minutes behind',
    happens: setClock(10),
    finds: { clock: ['wrong', /10 minutes behind/, /timedatectl/] },
  },
  {
    fault: 'the clock is 10 minutes before',
    happens: setClock(-10),
    finds: { clock: ['wrong', /10 minutes before/, /timedatectl/] },
  },
];

const change = ({ data }: Ground, statements: string): void => {
  const database = new Database(data);
  database.exec(statements);
  database.close();
};

const KEPT: readonly Case[] = [
  {
    fault: 'the file of the store can only be read',
    happens: ({ data }) => chmodSync(data, 0o400),
    finds: { store: ['wrong', /can only be read/, /chmod/] },
  },
  {
    fault: 'others may read the file of the store',
    happens: ({ data }) => chmodSync(data, 0o644),
    finds: { store: ['warning', /other accounts.*644/, /chmod 600/] },
  },
  {
    fault: 'nothing can be written beside the store',
    happens: ({ store }) => chmodSync(store, 0o500),
    finds: { store: ['wrong', /Nothing can be written/, /own/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'the folder of the store is missing',
    happens: ({ store }) => ({ DATA: join(store, 'missing', 'flagman.db') }),
    finds: { store: ['warning', /no store yet/, /not mounted/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'the folder of the store cannot be made',
    happens: ({ data }) => ({ DATA: join(data, 'flagman.db') }),
    finds: { store: ['wrong', /cannot be made/, /DATA/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'a folder stands where the store should be',
    happens: ({ store }) => ({ DATA: store }),
    finds: { store: ['wrong', /no file/, /DATA/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'the store is damaged',
    happens: ({ data }) => writeFileSync(data, 'no database at all, whatever was here'.repeat(200)),
    finds: { store: ['wrong', /cannot be read/, /backup/] },
    ...WITHOUT_STORE,
  },
  {
    fault: 'a newer version wrote the store',
    happens: (at) => change(at, "insert into kysely_migration values ('2999-01-01-later', '2999')"),
    finds: { store: ['wrong', /newer version/, /backup/] },
  },
  {
    fault: 'an entry of the ledger was changed',
    happens: (at) =>
      change(
        at,
        `create table spoilt as select * from ledger;
         drop table ledger;
         update spoilt set body = '{}' where seq = 2;
         alter table spoilt rename to ledger;`,
      ),
    finds: { ledger: ['wrong', /Broken at entry 2 \(changed\)/, /copy of the store/] },
  },
  {
    fault: 'the ledger was sealed by another key',
    happens: () => ({ LEDGER_KEY: 'ab'.repeat(32) }),
    finds: { ledger: ['wrong', /unknown-key/, /LEDGER_OLD_KEYS/] },
  },
  {
    fault: 'the checkpoint cannot be read',
    happens: ({ data }) => chmodSync(`${data}.checkpoint`, 0o000),
    finds: { ledger: ['wrong', /LEDGER_CHECKPOINT_FILE cannot be read/] },
  },
];

const SPOKEN: readonly Case[] = [
  {
    fault: 'the bot was never in a conversation',
    happens: () => ({ APPROVALS_CONVERSATION: '19:nobody@thread.v2' }),
    finds: { 'places APPROVALS_CONVERSATION': ['wrong', /never in/, /Add the bot/] },
  },
  {
    fault: 'the bot was removed from a conversation',
    happens: ({ chat }) => chat.faults.add({ answer: 403, method: 'GET' }),
    finds: { 'places APPROVALS_CONVERSATION': ['wrong', /any more/, /again/] },
  },
  {
    fault: 'Teams throttles',
    happens: ({ chat }) => chat.faults.add({ answer: 429, method: 'GET' }),
    finds: { 'places APPROVALS_CONVERSATION': ['warning', /slow down/] },
  },
  {
    fault: 'Teams cuts the connection',
    happens: ({ chat }) => chat.faults.add({ answer: 'cut', method: 'GET' }),
    finds: { 'places APPROVALS_CONVERSATION': ['wrong', /no answer/] },
  },
  {
    fault: 'the keys of the channel cannot be fetched',
    happens: ({ chat }) => ({ LOCAL_OPENID_URL: chat.openIdUrl.replace('openidconfiguration', 'nothing') }),
    finds: { inbound: ['wrong', /cannot be fetched/, /443/] },
  },
];

const SAID: readonly Case[] = [
  {
    fault: 'a setting is unwise',
    happens: () => ({ APPROVALS: 'single' }),
    finds: { configuration: ['warning', /alone/, /four-eyes/] },
  },
  {
    fault: 'there is no login, so that tokens are a fixed text',
    happens: () => ({
      LOCAL_LOGIN_URL: null,
      MicrosoftAppPassword: null,
      GRAPH_CLIENT_SECRET: null,
    }),
    finds: {},
    unchecked: ['bot-credentials', 'graph-credentials', 'permissions'],
    gone: PERMISSION_CHECKS,
  },
];

const told = (findings: Findings): Record<string, string> =>
  Object.fromEntries([...findings].map(([name, { verdict }]) => [name, verdict]));

const expected = ({ finds, unchecked = [], gone = [] }: Case): Record<string, string> => {
  const stays = Object.entries(told(whole)).filter(([name]) => !gone.includes(name));
  const red = Object.entries(finds).map(([name, [verdict]]) => [name, verdict]);
  return Object.fromEntries([...stays, ...unchecked.map((name) => [name, 'not-checked']), ...red]);
};

test('where nothing is wrong everything is ok', () => {
  expect(new Set(Object.values(told(whole)))).toEqual(new Set(['ok']));
  expect([...whole.keys()]).toEqual([
    'configuration',
    'bot-credentials',
    'graph-credentials',
    ...PERMISSION_CHECKS,
    'graph',
    'licence',
    'clock',
    'store',
    'ledger',
    ...PLACE_CHECKS,
    'inbound',
  ]);
});

describe.each([
  { of: 'credentials', cases: CREDENTIALS },
  { of: 'Graph', cases: GRAPH },
  { of: 'what is kept', cases: KEPT },
  { of: 'what is said and heard', cases: SPOKEN },
  { of: 'what was configured', cases: SAID },
])('of $of exactly this is found, and everything else stays as it was', ({ cases }) => {
  test.each(cases)('$fault', async (one) => {
    const changed = (one.happens(ground) ?? {}) as Changed;
    const findings = await ground.findings(changed);
    chmodSync(ground.store, 0o700);
    expect(told(findings)).toEqual(expected(one));
    for (const [name, [, what, mend]] of Object.entries(one.finds)) {
      expect(findings.get(name)?.what).toMatch(what);
      if (mend) expect(findings.get(name)?.mend).toMatch(mend);
    }
    expect(existsSync(join(ground.store, 'missing'))).toBe(false);
  });
});
