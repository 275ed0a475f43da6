import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  classifyGraphProblem,
  GRAPH_PROBLEMS,
  GraphFailure,
  type GraphProblemKind,
} from '../../src/entra/graph-problem.ts';
import { explainGraphProblem } from '../../src/entra/graph-problem-words.ts';

const DATA = new URL('../../../shared/data/errors.json', import.meta.url);
const there = existsSync(DATA);

interface Seen {
  readonly status: number;
  readonly code: string | null;
  readonly message: string;
}

const seen = (): readonly Seen[] => JSON.parse(readFileSync(DATA, 'utf8')).seen;

const KNOWN: readonly [number, string | undefined, string | undefined, GraphProblemKind][] = [
  [403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', undefined, 'no-licence'],
  [403, 'Authentication_MSGraphPermissionMissing', undefined, 'permission-missing'],
  [403, 'Authentication_ApplicationHasNoReadAuditLogDataAccess', '', 'permission-missing'],
  [403, 'Authentication_ApplicationHasNoDirectoryReadAccess', '', 'directory-permission-missing'],
  [403, 'Authorization_RequestDenied', '', 'denied'],
  [403, 'Forbidden', 'Your tenant is not licensed for this feature.', 'feature-not-licensed'],
  [403, 'Forbidden', 'Something else', 'denied'],
  [403, 'insufficient_claims', '', 'claims-required'],
  [400, 'BadRequest', "Invalid filter clause: '…'", 'invalid-filter'],
  [400, 'BadRequest', 'Invalid Skip Token, skip token is null', 'skip-token'],
  [400, 'BadRequest', 'These requestIds do not exist in your tenant or they are not risky', 'not-risky'],
  [400, undefined, 'Request not applicable to target tenant.', 'not-applicable'],
  [400, 'Directory_ResultSizeLimitExceeded', '', 'too-many-results'],
  [400, 'Request_UnsupportedQuery', '', 'advanced-query'],
  [400, 'DirectoryPageTokenNotFoundException', '', 'skip-token'],
  [400, 'BadRequest', undefined, 'other'],
  [404, 'Request_ResourceNotFound', '', 'not-found'],
  [404, 'ResourceNotFound', '', 'not-found'],
  [401, 'InvalidAuthenticationToken', '', 'token-rejected'],
  [401, undefined, undefined, 'token-rejected'],
  [409, 'Directory_ConcurrencyViolation', '', 'conflict'],
  [409, 'Conflict', '', 'conflict'],
  [500, 'InternalServerError', '', 'server-error'],
  [503, 'serviceNotAvailable', '', 'server-error'],
  [418, 'Teapot', 'short and stout', 'other'],
];

describe('problems of Graph', () => {
  test.each(KNOWN)('%i %s "%s" is %s', (status, code, message, kind) => {
    expect(classifyGraphProblem(status, code, message)).toBe(kind);
  });

  test('throttling and gateway time-outs go by status, whatever the code', () => {
    for (const code of ['TooManyRequests', 'UnknownError', undefined, 'Authorization_RequestDenied'])
      expect(classifyGraphProblem(429, code, 'Invalid filter clause')).toBe('throttled');
    expect(classifyGraphProblem(504, undefined, '<html>')).toBe('gateway-timeout');
  });

  test('the message does not outvote a code that stands for one cause', () => {
    expect(classifyGraphProblem(403, 'Authorization_RequestDenied', 'not licensed')).toBe('denied');
    expect(classifyGraphProblem(400, 'Request_UnsupportedQuery', 'filter')).toBe('advanced-query');
  });

  test('a message counts only with its own status', () => {
    expect(classifyGraphProblem(500, 'BadRequest', 'Invalid filter clause')).toBe('server-error');
  });

  (there ? test : test.skip)('every error that was seen in the wild has a kind of its own', () => {
    expect(seen().length).toBeGreaterThan(15);
    for (const { status, code, message } of seen())
      for (const one of (code ?? '').split(' or '))
        expect([status, one, classifyGraphProblem(status, one || undefined, message)]).not.toContain('other');
  });
});

describe('words for a problem', () => {
  test.each(GRAPH_PROBLEMS)('%s: what, why and what next, in plain sentences', (kind) => {
    const words = explainGraphProblem({ kind });
    for (const sentence of [words.what, words.why, words.next]) {
      expect(sentence).toMatch(/^[A-Z].{15,240}\.$/);
      expect(sentence).not.toMatch(/undefined|null|\$\{|\{\{/);
    }
  });

  test('a missing permission is named', () => {
    const permission = 'AuditLog.Read.All';
    expect(explainGraphProblem({ kind: 'permission-missing', permission }).why).toMatch(
      /Graph names AuditLog\.Read\.All\.$/,
    );
    expect(explainGraphProblem({ kind: 'permission-missing' }).why).not.toMatch(/Graph names/);
  });

  test('the wait that Graph asks for is told', () => {
    expect(explainGraphProblem({ kind: 'throttled', retryAfter: 11.2 }).next).toMatch(
      /^Ask again in 12 seconds\./,
    );
    expect(explainGraphProblem({ kind: 'throttled' }).next).toMatch(/^Wait a minute/);
  });

  test('the request id is given where a case with Microsoft may be opened, and only there', () => {
    const requestId = '66ea54eb-6301-4ee5-be62-ff5a759b0100';
    for (const kind of ['server-error', 'looping-link', 'other'] as const)
      expect(explainGraphProblem({ kind, requestId }).next).toMatch(`give the request id ${requestId}.`);
    for (const kind of ['denied', 'timeout', 'throttled'] as const)
      expect(explainGraphProblem({ kind, requestId }).next).not.toMatch(requestId);
  });

  test('an unknown refusal shows status and code, cleaned, and never the message', () => {
    const words = explainGraphProblem({
      kind: 'other',
      status: 418,
      code: '$' + '{x}\u202e',
      message: 'secret',
    });
    expect(words.why).toMatch(/Status 418, code \$ \{x\}‹U\+202E›\.$/);
    expect(JSON.stringify(words)).not.toMatch(/secret/);
    expect(explainGraphProblem({ kind: 'other' }).why).toMatch(/Status unknown, code -\.$/);
  });

  test('a failure carries its problem, and its text holds nothing of Graph’s message', () => {
    const failure = new GraphFailure({ kind: 'denied', status: 403, message: 'secret' });
    expect(failure).toBeInstanceOf(Error);
    expect(failure.problem.kind).toBe('denied');
    expect(`${failure}`).toBe('GraphFailure: Graph: denied (403)');
    expect(new GraphFailure({ kind: 'unreachable' }).message).toBe('Graph: unreachable');
  });
});
