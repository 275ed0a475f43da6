import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GRAPH_APP_ID } from '../../../src/cli/doctor/credentials.ts';
import { graphFindings, licenceFindings } from '../../../src/cli/doctor/graph.ts';
import { permissionFindings } from '../../../src/cli/doctor/permissions.ts';
import { PERMISSIONS } from '../../../src/entra/permissions.ts';
import { APP, only, verdicts } from './found.ts';

const NEEDED = PERMISSIONS.map(({ name }) => name);

describe('permissions', () => {
  const holder = {
    appId: APP,
    graphUrl: 'https://graph.microsoft.us',
    portalUrl: 'https://entra.microsoft.us',
    isManagedIdentity: false,
  };
  const found = (held: readonly string[], change: Partial<typeof holder> = {}) =>
    new Map(permissionFindings(held, { ...holder, ...change }).map((one) => [one.about, one]));

  test('that are all there and no more are right', () => {
    expect(new Set(verdicts([...found(NEEDED).values()]))).toEqual(new Set(['ok']));
  });

  test('that are missing say what will not work, and the command that gives them', () => {
    const all = found([]);
    expect(all.get('AuditLog.Read.All')).toMatchObject({
      verdict: 'wrong',
      what: 'Missing. No question about sign-ins can be answered.',
      mend: `\`az ad app permission add --id ${APP} --api ${GRAPH_APP_ID} --api-permissions b0afded3-3588-46d8-8b3d-9842eff778da=Role\`, then \`az ad app permission admin-consent --id ${APP}\`.`,
    });
    expect(all.get('IdentityRiskEvent.ReadWrite.All')?.verdict).toBe('warning');
    expect(all.get('Policy.Read.ConditionalAccess')?.verdict).toBe('ok');
  });

  test('of a managed identity are given through Graph of its cloud', () => {
    const { mend } = found([], { isManagedIdentity: true }).get('AuditLog.Read.All') ?? {};
    expect(mend).toContain('https://graph.microsoft.us/v1.0/servicePrincipals/');
    expect(mend).not.toContain('az ad app');
    expect(found(['Mail.Send'], { isManagedIdentity: true }).get('Mail.Send')?.mend).toContain(
      'Enterprise applications',
    );
  });

  test('that are broader than needed are covered, too much, and say what to give instead', () => {
    const all = found(['AuditLog.Read.All', 'IdentityRiskEvent.ReadWrite.All', 'Directory.Read.All']);
    expect(all.get('User.Read.All')).toMatchObject({ verdict: 'ok', what: 'Covered by a broader one.' });
    expect(all.get('Directory.Read.All')).toMatchObject({
      verdict: 'warning',
      mend: expect.stringContaining('First give RoleManagement.Read.Directory and User.Read.All instead.'),
    });
    expect(all.get('Directory.Read.All')?.mend).toContain('https://entra.microsoft.us: App registrations');
  });

  test('whatever a token names beyond what is declared is named, and only that', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...NEEDED, 'Mail.Read', 'Mail.Send', 'A.ReadWrite.All')),
        (held) => {
          const extra = held.filter((name) => !NEEDED.includes(name));
          const names = [...found(held).keys()];
          expect(names).toEqual([...NEEDED, ...extra]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("Graph's answer", () => {
  const answer = { hidesRisk: undefined, date: undefined };

  test('without risk levels is that of a tenant without P2', () => {
    expect(only(licenceFindings({ ...answer, problem: undefined, hidesRisk: true }))).toMatchObject({
      verdict: 'warning',
      mend: expect.stringContaining('P2'),
    });
  });

  test('that the permission is missing is wrong where the token names it', () => {
    const problem = { kind: 'permission-missing', status: 403 } as const;
    expect(verdicts(graphFindings({ ...answer, problem }, NEEDED))).toEqual(['wrong']);
    expect(verdicts(graphFindings({ ...answer, problem }, undefined))).toEqual(['wrong']);
    expect(verdicts(graphFindings({ ...answer, problem }, []))).toEqual(['not-checked']);
  });
});
