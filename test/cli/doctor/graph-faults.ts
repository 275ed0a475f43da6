import { PERMISSIONS } from '../../../src/entra/permissions.ts';
import type { Case } from './fault.ts';
import type { Ground } from './ground.ts';

const MINUTES = 60_000;

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

/** What can be wrong with what Graph lets it do, and with the clock. */
export const GRAPH: readonly Case[] = [
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
    finds: { graph: ['wrong', /cannot be reached/, /443/] },
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
    finds: { graph: ['wrong', /other than Graph/, /proxy/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph does not take the token',
    happens: ({ graph }) => {
      graph.faults.push(refusal(401, 'InvalidAuthenticationToken'));
    },
    finds: { graph: ['wrong', /does not take a token.*401/, /CLOUD/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph does not know the sign-in log',
    happens: ({ graph }) => {
      graph.faults.push(refusal(404, 'ResourceNotFound'));
    },
    finds: { graph: ['wrong', /404/, /CLOUD/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph leads elsewhere',
    happens: ({ graph }) => {
      graph.faults.push({
        effect: { kind: 'answer', status: 302, headers: { location: 'https://portal.example/' } },
      });
    },
    finds: { graph: ['wrong', /leads to another address/, /proxy/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph answers 200 with an error',
    happens: ({ graph }) => {
      const body = JSON.stringify({ error: { code: 'UnknownError', message: '' } });
      graph.faults.push({ effect: { kind: 'answer', status: 200, body } });
    },
    finds: { graph: ['wrong', /refused.*status 200, code UnknownError/, /case/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph answers with something else',
    happens: ({ graph }) => {
      graph.faults.push({ effect: { kind: 'answer', status: 200, body: '{"rows":[]}' } });
    },
    finds: { graph: ['wrong', /does not give sign-ins/, /proxy/] },
    unchecked: ['licence'],
  },
  {
    fault: 'Graph breaks off in the middle',
    happens: ({ graph }) => {
      graph.faults.push({ effect: { kind: 'cut', after: 20 } });
    },
    finds: { graph: ['wrong', /broke off/, /443/] },
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
