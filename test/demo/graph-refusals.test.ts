import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Permission } from '../../src/demo/graph/routes.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { type Client, closeAll, NOW, open, type Reply, signInsPath } from './graph-client.ts';

const shared: Promise<Client> = open();
const ask = async (path: string, headers = {}): Promise<Reply> => (await shared).get(path, headers);
const filtered = (filter: string): Promise<Reply> => ask(signInsPath(filter));
afterAll(closeAll);

const met = new Set<string>();

const expectRefusal = (reply: Reply, status: number, code: string, message: string | RegExp): void => {
  expect([reply.status, reply.json.error.code]).toEqual([status, code]);
  expect(reply.json.error.message).toMatch(message);
  met.add(`${status} ${code}`);
};

const LIST = '/beta/auditLogs/signIns';
const ROLES_PATH = '/beta/roleManagement/directory/transitiveRoleAssignments';

describe('an error', () => {
  test('has the shape of a real one, with the ids that support asks for', async () => {
    const reply = await ask(`${LIST}?$top=0`, { 'client-request-id': 'c1' });
    expect(reply.json).toEqual({
      error: {
        code: 'BadRequest',
        message: expect.any(String),
        innerError: {
          date: '2026-11-21T12:00:00',
          'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
          'client-request-id': 'c1',
        },
      },
    });
    expect(reply.headers.get('request-id')).toBe(reply.json.error.innerError['request-id']);
    expect(reply.headers.get('date')).toBe('Sat, 21 Nov 2026 12:00:00 GMT');
  });
});

describe('a filter is refused', () => {
  test.each([
    ['a quoted date', "createdDateTime ge '2026-11-01T00:00:00Z'"],
    ['gt', 'createdDateTime gt 2026-11-01T00:00:00Z'],
    ['lt', 'createdDateTime lt 2026-11-01T00:00:00Z'],
    ['ne on a text', "userDisplayName ne 'Sam Porter'"],
    ['ne on a flag', 'flaggedForReview ne true'],
    ['eq on a list', "signInEventTypes eq 'interactiveUser'"],
    ['ne on a list', "signInEventTypes ne 'interactiveUser'"],
    ['any on what is no list', "userId/any(t: t eq 'x')"],
    ['ne inside any where only eq is documented', "riskEventTypes_v2/any(t: t ne 'x')"],
    ['ge inside any', "signInEventTypes/any(t: t ge 'x')"],
    ['startswith where only eq is documented', "startswith(userId,'0a')"],
    ['startswith on a date', "startswith(createdDateTime,'2026')"],
    ['ge on a code', 'status/errorCode ge 50000'],
    ['a quoted code', "status/errorCode eq '50126'"],
    ['an unquoted text', 'riskState eq atRisk'],
    ['a quoted flag', "flaggedForReview eq 'true'"],
    ['null', 'userDisplayName eq null'],
    ['a number for a text', 'appDisplayName eq 1'],
    ['a start more than 90 days back', 'createdDateTime ge 2026-08-20T00:00:00Z'],
    ["the mission's own date", 'createdDateTime ge 2021-10-01'],
    ['a day that does not exist', 'createdDateTime ge 2026-02-30T00:00:00Z'],
    ['a time without zone', 'createdDateTime ge 2026-11-01T00:00:00'],
    ['a value that is missing', 'userId eq )'],
    ['an unknown function', "contains(userDisplayName,'x')"],
    ['a function as an operator', "userDisplayName startswith 'x'"],
    ['an operator as a function', "eq(userId,'x')"],
  ])('%s', async (_what, filter) => {
    expectRefusal(await filtered(filter), 400, 'BadRequest', /^Invalid filter clause$/);
  });

  test.each([
    [
      'an unknown property',
      "shoeSize eq '44'",
      "Could not find a property named 'shoeSize' on type 'microsoft.graph.signIn'",
    ],
    ['a property that has no filter', 'isInteractive eq true', "named 'isInteractive'"],
    ['a property in other letters', "USERID eq 'x'", "named 'USERID'"],
    ['another variable inside any', "signInEventTypes/any(t: s eq 'x')", "named 's'"],
    ['a property inside any', "signInEventTypes/any(t: t eq 'x' or userId eq 'y')", "named 'userId'"],
    ['not', "not (riskState eq 'none')", 'The operator Not is not supported'],
    ['an open string', "userId eq 'x", 'Syntax error'],
    ['something left over', "riskState eq 'none' riskState eq 'none'", 'Syntax error'],
    ['an open bracket', "(riskState eq 'none'", 'Syntax error'],
    ['a stray bracket', "riskState eq 'none')", 'Syntax error'],
    ['not without brackets', "not riskState eq 'none'", 'Syntax error'],
    ['no property', "'a' eq 'a'", 'Syntax error'],
    ['nothing', '', 'Syntax error'],
    ['deep nesting', `${'('.repeat(60)}riskState eq 'none'${')'.repeat(60)}`, 'node count'],
  ])('%s', async (_what, filter, message) => {
    expectRefusal(await filtered(filter), 400, 'BadRequest', `Invalid filter clause: `);
    expectRefusal(await filtered(filter), 400, 'BadRequest', message);
  });

  test('a start 90 days back is the oldest allowed', async () => {
    const at = new Date(NOW - 90 * 24 * 3600_000).toISOString();
    expect((await filtered(`createdDateTime ge ${at}`)).status).toBe(200);
  });

  test.each(['flaggedForReview eq true', "signInEventTypes/any(t: t eq 'nonInteractiveUser')"])(
    'in v1.0, which lacks the property: %s',
    async (filter) => {
      const reply = await ask(signInsPath(filter, 'v1.0'));
      expectRefusal(reply, 400, 'BadRequest', 'Could not find a property named');
    },
  );
});

describe('an option is refused', () => {
  test.each([
    ['a page over 1,000', '$top=1001', "The limit of '1000' for Top query has been exceeded"],
    ['a page of none', '$top=0', '\\$top'],
    ['a page that is no number', '$top=ten', '\\$top'],
    ['$count', '$count=true', "'\\$count' is not supported"],
    ['$expand', '$expand=all', "'\\$expand' is not supported"],
    ['$skip', '$skip=10', "'\\$skip' is not supported"],
    ['an option of nobody', 'verbose=1', "'verbose' is not supported"],
    ['one that is there twice', '$top=1&$top=2', 'more than once'],
    ['another order', '$orderby=userId', '\\$orderby'],
    ['another direction', '$orderby=createdDateTime%20down', '\\$orderby'],
    ['a second order', '$orderby=createdDateTime%20desc%20x', '\\$orderby'],
    ['an unknown property to select', '$select=id,shoeSize', "named 'shoeSize'"],
    ['a made-up skip token', '$skiptoken=abc_10', 'Invalid Skip Token'],
    ['a null skip token', '$skiptoken=', 'Invalid Skip Token, skip token is null'],
  ])('%s', async (_what, options, message) => {
    expectRefusal(await ask(`${LIST}?${options}`), 400, 'BadRequest', new RegExp(message));
  });

  test('a beta property to select in v1.0', async () => {
    const reply = await ask('/v1.0/auditLogs/signIns?$select=flaggedForReview');
    expectRefusal(reply, 400, 'BadRequest', "named 'flaggedForReview'");
  });

  test('a URL that is too long for the front door', async () => {
    const filter = Array.from(
      { length: 200 },
      (_, index) => `userId eq '${String(index).padStart(36, '0')}'`,
    );
    expect((await filtered(filter.join(' or '))).status).toBe(414);
  });
});

describe('a caller is refused', () => {
  test('without a token, or with another scheme', async () => {
    for (const authorization of ['', 'Basic abc', 'Bearer ', 'Bearer a b']) {
      const reply = await ask(LIST, { authorization });
      expectRefusal(reply, 401, 'InvalidAuthenticationToken', 'Access token is empty.');
      expect(reply.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  test('with a wrong token, where one is expected', async () => {
    const { get } = await open({ token: 'right' });
    expectRefusal(await get(LIST), 401, 'InvalidAuthenticationToken', 'validation failure');
    expect((await get(LIST, { authorization: 'Bearer right' })).status).toBe(200);
  });

  const without = async (missing: Permission): Promise<Client> => {
    const all: Permission[] = ['AuditLog.Read.All', 'RoleManagement.Read.Directory', 'User.ReadBasic.All'];
    return open({ permissions: new Set(all.filter((permission) => permission !== missing)) });
  };

  test('without AuditLog.Read.All', async () => {
    const { get } = await without('AuditLog.Read.All');
    const message = 'Calling principal does not have required MSGraph permissions AuditLog.Read.All';
    expectRefusal(await get(LIST), 403, 'Authentication_MSGraphPermissionMissing', message);
  });

  test('without RoleManagement.Read.Directory', async () => {
    const { get } = await without('RoleManagement.Read.Directory');
    expectRefusal(await get(ROLES_PATH), 403, 'Authorization_RequestDenied', 'Insufficient privileges');
  });

  test('without User.ReadBasic.All', async () => {
    const { get } = await without('User.ReadBasic.All');
    expectRefusal(await get('/v1.0/users'), 403, 'Authorization_RequestDenied', 'Insufficient privileges');
  });

  test('who selects more of a user than User.ReadBasic.All shows', async () => {
    const path = `/v1.0/users/${PEOPLE.guest.oid}?$select=userType,accountEnabled`;
    const basic = await open({ permissions: new Set(['User.ReadBasic.All']) });
    expectRefusal(await basic.get(path), 403, 'Authorization_RequestDenied', 'Insufficient privileges');
    expect((await ask(path)).json).toMatchObject({ userType: 'Guest', accountEnabled: true });
  });

  test('whose tenant has no licence', async () => {
    const { get } = await open({ licence: 'none' });
    expectRefusal(
      await get(LIST),
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      'premium license',
    );
  });

  test('who does not see the policies: they are absent', async () => {
    const { get } = await without('Policy.Read.All');
    const [row] = (await get(`${LIST}?$top=1`)).json.value;
    expect(Object.keys(row)).not.toContain('appliedConditionalAccessPolicies');
    expect((await ask(`${LIST}?$top=1`)).json.value[0]).toHaveProperty('appliedConditionalAccessPolicies');
  });
});

describe('a resource is refused', () => {
  test.each([
    '/beta/me',
    '/beta/auditLogs/x',
    '/v1.0/roleManagement/directory/transitiveRoleAssignments',
    '/beta/users/a/b',
    '/beta',
  ])('%s', async (path) => {
    expectRefusal(await ask(path), 400, 'BadRequest', 'Resource not found for the segment');
  });

  test.each(['/v2.0/users', '/', '/beta/users/%zz'])('%s', async (path) => {
    expect((await ask(path)).status).toBe(400);
  });

  test.each([`${LIST}/00000000-0000-4000-8000-000000000000`, '/v1.0/users/nobody@contoso.com'])(
    '%s',
    async (path) => {
      expectRefusal(await ask(path), 404, 'Request_ResourceNotFound', 'does not exist');
    },
  );
});

describe("Microsoft's own data", () => {
  const path = new URL('../../../shared/data/errors.json', import.meta.url);
  const there = existsSync(path);

  (there ? test : test.skip)('names every status and code that is answered here', () => {
    const { seen } = JSON.parse(readFileSync(path, 'utf8'));
    const known = new Set(seen.map((row: { status: number; code: string }) => `${row.status} ${row.code}`));
    expect(met.size).toBeGreaterThan(5);
    expect([...met].filter((refusal) => !known.has(refusal))).toEqual([]);
  });
});
