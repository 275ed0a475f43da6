import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { canChange, isCovered, PERMISSIONS, unneededOf } from '../../src/entra/permissions.ts';

const TABLE = '../shared/data/permissions.json';
const there = existsSync(TABLE);

interface Endpoint {
  readonly Application?: { readonly least: readonly string[]; readonly other: readonly string[] };
}

/** The calls of Flagman for which each permission is the least. */
const CALLS: readonly (readonly [string, string])[] = [
  ['AuditLog.Read.All', 'GET /auditlogs/signins'],
  ['AuditLog.Read.All', 'GET /auditlogs/signins/{id}'],
  ['RoleManagement.Read.Directory', 'GET /rolemanagement/directory/transitiveroleassignments'],
  ['IdentityRiskEvent.ReadWrite.All', 'POST /auditlogs/signins/confirmcompromised'],
  ['IdentityRiskEvent.ReadWrite.All', 'POST /auditlogs/signins/confirmsafe'],
  ['IdentityRiskEvent.ReadWrite.All', 'POST /auditlogs/signins/dismiss'],
];

const find = (name: string) => {
  const permission = PERMISSIONS.find((one) => one.name === name);
  if (!permission) throw new Error(`${name} is not declared.`);
  return permission;
};

describe('the permissions', () => {
  (there ? test : test.skip).each(CALLS)('%s is the least that Graph documents for %s', (name, call) => {
    const { endpoints } = JSON.parse(readFileSync(TABLE, 'utf8')) as {
      readonly endpoints: Readonly<Record<string, Endpoint>>;
    };
    const { least, other } = endpoints[call]?.Application ?? { least: [], other: [] };
    expect(least).toEqual([name]);
    expect([...find(name).broader].sort()).toEqual([...other].sort());
  });

  (there ? test : test.skip)(
    'every broader one than User.Read.All reads users, by what Graph documents',
    () => {
      const { endpoints } = JSON.parse(readFileSync(TABLE, 'utf8'));
      const { least, other } = endpoints['GET /users/{id}'].Application;
      for (const name of ['User.Read.All', ...find('User.Read.All').broader])
        expect([...least, ...other]).toContain(name);
    },
  );

  test('each has an id and a name of its own, and says what does not work without it', () => {
    expect(new Set(PERMISSIONS.map(({ id }) => id)).size).toBe(PERMISSIONS.length);
    expect(new Set(PERMISSIONS.map(({ name }) => name)).size).toBe(PERMISSIONS.length);
    for (const { without } of PERMISSIONS) expect(without).toMatch(/^[A-Z].*\.$/);
  });

  test('one is covered by itself or by a broader one, and by nothing else', () => {
    const roles = find('RoleManagement.Read.Directory');
    expect(isCovered(roles, ['RoleManagement.Read.Directory'])).toBe(true);
    expect(isCovered(roles, ['Directory.Read.All'])).toBe(true);
    expect(isCovered(roles, ['RoleManagement.Read.All', 'User.Read.All'])).toBe(false);
    expect(isCovered(roles, [])).toBe(false);
  });

  test('what none of the calls needs is unneeded, broader ones too', () => {
    const needed = PERMISSIONS.map(({ name }) => name);
    expect(unneededOf(needed)).toEqual([]);
    expect(unneededOf([...needed, 'Directory.Read.All', 'Mail.Send'])).toEqual([
      'Directory.Read.All',
      'Mail.Send',
    ]);
  });

  test.each([
    ['Directory.ReadWrite.All', true],
    ['RoleManagement.ReadWrite.Directory', true],
    ['AppRoleAssignment.ReadWrite.All', true],
    ['Mail.Send', true],
    ['User.EnableDisableAccount.All', true],
    ['User.Read.All', false],
    ['User.ReadBasic.All', false],
    ['Policy.Read.ConditionalAccess', false],
    ['Mail.Read', false],
  ])('%s lets its holder change something: %s', (name, changes) => {
    expect(canChange(name)).toBe(changes);
  });
});
