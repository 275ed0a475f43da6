import { afterAll, describe, expect, test } from '@jest/globals';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { ROLES } from '../../src/demo/tenant/roles.ts';
import { type Client, closeAll, type Json, open, TENANT } from './graph-client.ts';

const shared: Promise<Client> = open();
const ask = async (path: string, headers = {}) => (await shared).get(path, headers);
afterAll(closeAll);

const EVENTUAL = { ConsistencyLevel: 'eventual' };

describe('transitive role assignments', () => {
  const PATH = '/beta/roleManagement/directory/transitiveRoleAssignments';
  const of = (oid: string, role?: string): string => {
    const filter = `principalId eq '${oid}'${role === undefined ? '' : ` and roleDefinitionId eq '${role}'`}`;
    return `${PATH}?$count=true&$filter=${encodeURIComponent(filter)}`;
  };

  test('name the role of a person, with a count', async () => {
    const { json } = await ask(of(PEOPLE.analyst.oid), EVENTUAL);
    expect(json['@odata.count']).toBe(1);
    expect(json.value).toEqual([
      {
        id: expect.any(String),
        principalId: PEOPLE.analyst.oid,
        roleDefinitionId: ROLES.securityReader,
        directoryScopeId: '/',
      },
    ]);
  });

  test("carry the group's id where the role comes through a group", async () => {
    const { json } = await ask(of(PEOPLE.approver.oid, ROLES.securityAdministrator), EVENTUAL);
    expect(json.value).toHaveLength(1);
    expect(json.value[0].principalId).not.toBe(PEOPLE.approver.oid);
    expect((await ask(of(PEOPLE.approver.oid, ROLES.securityReader), EVENTUAL)).json.value).toEqual([]);
  });

  test('show the scope of an administrative unit', async () => {
    const { json } = await ask(of(PEOPLE.regionalAdmin.oid), EVENTUAL);
    expect(json.value.map((row: Json) => row.directoryScopeId)).toEqual([
      expect.stringMatching(/^\/administrativeUnits\//),
    ]);
  });

  test.each(['outsider', 'eligible'] as const)('do not hold the %s', async (who) => {
    expect((await ask(of(PEOPLE[who].oid), EVENTUAL)).json.value).toEqual([]);
  });

  test('are all there without a filter, and select', async () => {
    const { json } = await ask(`${PATH}?$select=roleDefinitionId`);
    expect(json.value).toHaveLength(TENANT.roleAssignments.length);
    expect(Object.keys(json.value[0])).toEqual(['roleDefinitionId']);
  });

  test.each([
    ['without ConsistencyLevel', of(PEOPLE.analyst.oid), {}],
    ['without $count=true', of(PEOPLE.analyst.oid).replace('$count=true&', ''), EVENTUAL],
    ['with startswith', `${PATH}?$count=true&$filter=startswith(principalId,'0')`, EVENTUAL],
  ])('refuse a filter %s', async (_what, path, headers) => {
    const { status, json } = await ask(path, headers);
    expect([status, json.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
  });

  test.each(['$select=shoeSize', '$top=1000', '$expand=principal'])('refuse %s', async (option) => {
    expect((await ask(`${PATH}?${option}`)).status).toBe(400);
  });
});

describe('a role', () => {
  const PATH = '/beta/roleManagement/directory/transitiveRoleAssignments';
  const held = async ({ get }: Client, oid: string): Promise<readonly Json[]> => {
    const filter = encodeURIComponent(`principalId eq '${oid}'`);
    return (await get(`${PATH}?$count=true&$filter=${filter}`, EVENTUAL)).json.value;
  };
  const ids = (rows: readonly Json[]): readonly string[] => rows.map((row) => row.roleDefinitionId);

  test('can be given and taken while the Graph runs', async () => {
    const client = await open();
    client.graph.assign(PEOPLE.outsider.oid, ROLES.securityAdministrator);
    client.graph.assign(PEOPLE.outsider.oid, ROLES.securityReader, '/administrativeUnits/x');
    const rows = await held(client, PEOPLE.outsider.oid);
    expect(rows.map((row) => [row.roleDefinitionId, row.directoryScopeId])).toEqual([
      [ROLES.securityAdministrator, '/'],
      [ROLES.securityReader, '/administrativeUnits/x'],
    ]);
    expect(new Set(rows.map((row) => row.id)).size).toBe(2);
    client.graph.unassign(PEOPLE.outsider.oid, ROLES.securityAdministrator);
    expect(ids(await held(client, PEOPLE.outsider.oid))).toEqual([ROLES.securityReader]);
  });

  test('that comes through a group is lost by leaving the group', async () => {
    const client = await open();
    client.graph.unassign(PEOPLE.approver.oid, ROLES.securityReader);
    expect(ids(await held(client, PEOPLE.approver.oid))).toEqual([ROLES.securityAdministrator]);
    client.graph.unassign(PEOPLE.approver.oid, ROLES.securityAdministrator);
    expect(await held(client, PEOPLE.approver.oid)).toEqual([]);
    expect(ids(await held(client, PEOPLE.guest.oid))).toEqual([ROLES.securityAdministrator]);
  });

  test('that was taken is there again where the same tenant is started anew', async () => {
    (await open()).graph.unassign(PEOPLE.analyst.oid, ROLES.securityReader);
    expect(ids(await held(await open(), PEOPLE.analyst.oid))).toEqual([ROLES.securityReader]);
  });
});

describe('an account', () => {
  const accountOf = async ({ get }: Client, oid: string): Promise<Json> => {
    const { json } = await get(`/v1.0/users/${oid}?$select=accountEnabled,userType,employeeId`);
    const { '@odata.context': _, ...account } = json;
    return account;
  };

  test('tells whether it is switched on, whose it is, and the number of the person', async () => {
    const client = await shared;
    const maya = { accountEnabled: true, userType: 'Member', employeeId: 'C-1001' };
    expect(await accountOf(client, PEOPLE.analyst.oid)).toEqual(maya);
    expect(await accountOf(client, PEOPLE.analystAdmin.oid)).toEqual(maya);
    expect(await accountOf(client, PEOPLE.guest.oid)).toEqual({
      accountEnabled: true,
      userType: 'Guest',
      employeeId: null,
    });
  });

  test('can be switched off and on while the Graph runs', async () => {
    const client = await open();
    client.graph.setAccount(PEOPLE.approver.oid, { accountEnabled: false });
    expect((await accountOf(client, PEOPLE.approver.oid)).accountEnabled).toBe(false);
    expect((await accountOf(await shared, PEOPLE.approver.oid)).accountEnabled).toBe(true);
    client.graph.setAccount(PEOPLE.approver.oid, { accountEnabled: true });
    expect((await accountOf(client, PEOPLE.approver.oid)).accountEnabled).toBe(true);
    expect(() => client.graph.setAccount('nobody', { accountEnabled: false })).toThrow('No user has the id');
  });
});

describe('users', () => {
  const found = async (filter: string): Promise<readonly string[]> => {
    const { json } = await ask(
      `/v1.0/users?$filter=${encodeURIComponent(filter)}&$top=5&$select=id,displayName,userPrincipalName`,
    );
    return json.value.map((user: Json) => user.userPrincipalName);
  };

  test('are found by the start of a display name, in any case', async () => {
    expect(await found("startswith(displayName,'bob')")).toEqual([
      'bob.hart@contoso.com',
      'bob.li@contoso.com',
    ]);
  });

  test('are found by user principal name, in any case', async () => {
    expect(await found("userPrincipalName eq 'O''Brien@Contoso.com'")).toEqual(["o'brien@contoso.com"]);
  });

  test('come in pages, the example of a guest among them', async () => {
    const { get } = await shared;
    const names: string[] = [];
    let link: string | undefined = '/v1.0/users?$top=25';
    while (link !== undefined) {
      const { json }: { json: Json } = await get(link);
      names.push(...json.value.map((user: Json) => user.userPrincipalName));
      link = json['@odata.nextLink'];
    }
    expect(names).toEqual(TENANT.users.map((user) => user.userPrincipalName));
    expect(names).toContain('adelevance_fabrikam.com#EXT#@contoso.com');
  });

  test('are read by object id or user principal name, a guest too', async () => {
    const byId = await ask(`/v1.0/users/${PEOPLE.guest.oid}`);
    const byName = await ask(`/v1.0/users/${encodeURIComponent(PEOPLE.guest.userPrincipalName)}`);
    expect(byId.json).toEqual(byName.json);
    expect(byId.json).toMatchObject({ displayName: 'Adele Vance', givenName: 'Adele', surname: 'Vance' });
    expect(byId.json).not.toHaveProperty('userType');
  });

  test('are counted on demand', async () => {
    expect((await ask('/v1.0/users?$count=true', EVENTUAL)).json['@odata.count']).toBe(TENANT.users.length);
    expect((await ask('/v1.0/users?$count=true')).json).not.toHaveProperty('@odata.count');
  });

  test.each([
    ['$top=1000', 'Request_UnsupportedQuery', 'Must be between 1 and 999 inclusive'],
    [
      "$filter=displayName ne 'x'",
      'Request_UnsupportedQuery',
      "specified for property 'displayName' of resource 'User'",
    ],
    ['$select=shoeSize', 'BadRequest', "named 'shoeSize' on type 'microsoft.graph.user'"],
    ['$orderby=displayName', 'BadRequest', "'$orderby' is not supported"],
  ])('refuse %s', async (option, code, message) => {
    const { status, json } = await ask(`/v1.0/users?${option}`);
    expect([status, json.error.code]).toEqual([400, code]);
    expect(json.error.message).toContain(message);
  });
});
