import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { COLLEAGUES } from '../../src/demo/tenant/names.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { ROLES } from '../../src/demo/tenant/roles.ts';
import type { Row } from '../../src/demo/tenant/row.ts';
import { blank } from '../../src/demo/tenant/row-blank.ts';
import { createTenant } from '../../src/demo/tenant/tenant.ts';
import { SignIn } from '../../src/entra/sign-in.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const tenant = createTenant({ seed: 1, now: NOW });
const rows = tenant.signIns;

const time = (row: Row): number => Date.parse(row.createdDateTime);
const errorCode = (row: Row): number => SignIn.parse(row).status?.errorCode ?? 0;
const newest = [...new Map(rows.map((row) => [row.id, row])).values()];

describe('the log', () => {
  test('is the same, to the byte, for the same seed and time', () => {
    expect(JSON.stringify(createTenant({ seed: 1, now: NOW }))).toBe(JSON.stringify(tenant));
  });

  test('is another for another seed', () => {
    expect(createTenant({ seed: 2, now: NOW }).signIns[0]?.id).not.toBe(rows[0]?.id);
  });

  test.each([0, 3, 7.5, 23.99])(
    'holds thousands of sign-ins of 30 days that end minutes ago, also %p hours on',
    (hours) => {
      const now = NOW + hours * 60 * 60 * 1000;
      const { signIns } = createTenant({ seed: 1, now });
      const times = signIns.map(time);
      expect(signIns.length).toBeGreaterThan(4000);
      expect(signIns.length).toBeLessThan(6000);
      expect(Math.max(...times)).toBeGreaterThan(now - 5 * 60_000);
      expect(Math.max(...times)).toBeLessThan(now);
      expect(Math.min(...times)).toBeGreaterThan(now - 30 * DAY);
      expect(Math.min(...times)).toBeLessThan(now - 29 * DAY);
    },
  );

  test('is ordered newest first', () => {
    const times = rows.map(time);
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });

  test('has day and night, and weekends', () => {
    const atOslo = rows.filter((row) => row.ipAddress === '192.0.2.10');
    const hours = atOslo.map((row) => new Date(time(row) + 60 * 60_000).getUTCHours());
    expect(hours.filter((hour) => hour < 7).length).toBeLessThan(atOslo.length / 50);
    const weekend = newest.filter((row) => [0, 6].includes(new Date(time(row)).getUTCDay()));
    expect(weekend.length).toBeLessThan(newest.length / 5);
  });

  test('holds all four types of event', () => {
    const types = new Set(rows.flatMap((row) => row.signInEventTypes));
    expect([...types]).toEqual(
      expect.arrayContaining([
        'interactiveUser',
        'nonInteractiveUser',
        'servicePrincipal',
        'managedIdentity',
      ]),
    );
  });

  test('publishes some sign-ins again, with the risk that was found later', () => {
    const versions = [...Map.groupBy(rows, (row) => row.id).values()].filter((list) => list.length > 1);
    expect(versions.length).toBeGreaterThan(10);
    expect(
      versions.some(([first, last]) => first?.riskState === 'none' && last?.riskState === 'atRisk'),
    ).toBe(true);
    expect(versions.every(([first, last]) => first?.createdDateTime === last?.createdDateTime)).toBe(true);
  });

  test('flags sign-in errors only', () => {
    const flagged = rows.filter((row) => row.flaggedForReview === true);
    expect(flagged.length).toBeGreaterThan(10);
    expect(flagged.filter((row) => errorCode(row) === 0)).toEqual([]);
  });

  test('shows only addresses that are set aside for documentation', () => {
    const documented = /^(192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|2001:db8:[0-9a-f:]+)$/;
    const addresses = rows.flatMap(({ ipAddress }) =>
      typeof ipAddress === 'string' && ipAddress !== '' ? [ipAddress] : [],
    );
    expect(addresses.filter((address) => !documented.test(address))).toEqual([]);
  });

  test('parses as sign-ins, every row', () => {
    expect(rows.filter((row) => !SignIn.safeParse(row).success)).toEqual([]);
  });

  test('has gaps, nulls, hidden risk and values that nobody has heard of', () => {
    expect(rows.some((row) => row.status === null)).toBe(true);
    expect(rows.some((row) => !('status' in row))).toBe(true);
    expect(rows.some((row) => row.riskLevelAggregated === 'hidden')).toBe(true);
    expect(rows.some((row) => row.riskState === 'newThing')).toBe(true);
  });

  test('carries hostile strings', () => {
    const all = JSON.stringify(rows);
    const hostile = [
      '[Sign in again](https://evil.example)',
      '<at>Security Team</at>',
      '$' + '{$root}',
      '\u202e',
    ];
    expect(hostile.filter((text) => !all.includes(text))).toEqual([]);
    expect(rows.some((row) => String(row.userAgent).length > 2048)).toBe(true);
    expect(rows.some((row) => String(row.appDisplayName).startsWith('✅ Approved by CISO\n'))).toBe(true);
  });
});

describe('the people', () => {
  test('are users of the directory under the same object id and name', () => {
    for (const person of Object.values(PEOPLE)) {
      const user = tenant.users.find((candidate) => candidate.id === person.oid);
      expect(user).toMatchObject({ displayName: person.name, userPrincipalName: person.userPrincipalName });
    }
  });

  test('are about sixty, with unique ids and names, guests among them', () => {
    expect(tenant.users.length).toBeGreaterThanOrEqual(55);
    expect(new Set(tenant.users.map((user) => user.id)).size).toBe(tenant.users.length);
    expect(new Set(tenant.users.map((user) => user.signInName)).size).toBe(tenant.users.length);
    expect(tenant.users.filter((user) => user.userType === 'Guest').length).toBeGreaterThan(3);
    expect(tenant.id).toBe(TENANT_ID);
  });

  test('have a number each, which two accounts of one person share, and guests have none', () => {
    const numbers = tenant.users.filter((user) => user.userType === 'Member').map((user) => user.employeeId);
    expect(numbers.every((number) => number !== null)).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length - 1);
    const numberOf = (oid: string) => tenant.users.find((user) => user.id === oid)?.employeeId;
    expect(numberOf(PEOPLE.analystAdmin.oid)).toBe(numberOf(PEOPLE.analyst.oid));
    expect(numberOf(PEOPLE.guest.oid)).toBeNull();
  });

  test('sign in, all who can; a guest under the home address', () => {
    const seen = new Set(rows.map((row) => row.userPrincipalName));
    const missing = tenant.users.filter((user) => user.accountEnabled && !seen.has(user.signInName));
    expect(missing).toEqual([]);
    expect([...seen].filter((name) => String(name).includes('#'))).toEqual([]);
    expect(COLLEAGUES.length).toBe(20);
  });

  const holds = (oid: string, role: string): boolean =>
    tenant.roleAssignments.some(
      (one) => one.holders.includes(oid) && one.roleDefinitionId === role && one.directoryScopeId === '/',
    );

  test('hold their roles: through a group, too', () => {
    expect(holds(PEOPLE.analyst.oid, ROLES.securityReader)).toBe(true);
    expect(holds(PEOPLE.secondAnalyst.oid, ROLES.securityOperator)).toBe(true);
    expect(holds(PEOPLE.approver.oid, ROLES.securityAdministrator)).toBe(true);
    expect(holds(PEOPLE.helpDesk.oid, ROLES.reportsReader)).toBe(true);
    expect(holds(PEOPLE.globalAdmin.oid, ROLES.globalAdministrator)).toBe(true);
    expect(holds(PEOPLE.analystAdmin.oid, ROLES.securityAdministrator)).toBe(true);
    expect(tenant.roleAssignments.some((one) => one.principalId === PEOPLE.approver.oid)).toBe(false);
  });

  test.each(['outsider', 'eligible', 'regionalAdmin', 'customRole'] as const)(
    'the %s holds no role that counts',
    (who) => {
      const counting = Object.values(ROLES).filter((role) => role !== ROLES.customOfTheSameName);
      expect(counting.filter((role) => holds(PEOPLE[who].oid, role))).toEqual([]);
    },
  );
});

describe("Microsoft's own data", () => {
  const path = new URL('../../../shared/data/signin-beta-vs-v1.json', import.meta.url);
  const there = existsSync(path);

  (there ? test : test.skip)('every property of the beta schema is in a row, and no other', () => {
    const { both, betaOnly } = JSON.parse(readFileSync(path, 'utf8'));
    expect(['createdDateTime', ...Object.keys(blank)].sort()).toEqual([...both, ...betaOnly].sort());
  });
});
