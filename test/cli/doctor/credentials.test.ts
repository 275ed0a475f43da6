import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { credentialFindings, GRAPH_APP_ID, type Wanted } from '../../../src/cli/doctor/credentials.ts';
import { claimsOf, failureOf } from '../../../src/cli/doctor/token.ts';
import { APP, only, TENANT, verdicts } from './found.ts';

describe('a credential', () => {
  const wanted: Wanted = {
    appId: APP,
    tenantId: TENANT,
    appVariable: 'MicrosoftAppId',
    proofVariable: 'MicrosoftAppPassword',
    audiences: ['https://graph.microsoft.com', GRAPH_APP_ID],
    loginUrl: 'https://login.microsoftonline.com',
    identity: { id: APP, variable: 'MicrosoftAppClientId' },
  };
  const claims = { audience: GRAPH_APP_ID, tenantId: TENANT, appId: APP, roles: [], notBefore: undefined };
  const token = (change: Partial<typeof claims>) =>
    credentialFindings({ kind: 'token', token: 'secret', claims: { ...claims, ...change } }, wanted);

  test('is right when its token names service, tenant and application', () => {
    expect(verdicts(token({}))).toEqual(['ok']);
    expect(verdicts(token({ audience: 'https://graph.microsoft.com/' }))).toEqual(['ok']);
    expect(verdicts(token({ tenantId: TENANT.toUpperCase() }))).toEqual(['ok']);
  });

  test.each([
    [{ audience: 'https://graph.microsoft.us' }, /another service/, /CLOUD/],
    [{ tenantId: APP }, /another tenant/, /MicrosoftAppTenantId/],
    [{ appId: TENANT }, /another application/, /MicrosoftAppId/],
  ])('is wrong when its token names another: %j', (change, what, mend) => {
    const found = only(token(change));
    expect(found).toMatchObject({ verdict: 'wrong', what: expect.stringMatching(what) });
    expect(found.mend).toMatch(mend);
  });

  test('whose token cannot be read is taken as it is', () => {
    expect(verdicts(credentialFindings({ kind: 'token', token: 'x', claims: undefined }, wanted))).toEqual([
      'ok',
    ]);
  });

  test.each([
    '700027',
    '700024',
    '70021',
    '700211',
    '700212',
    '700213',
    '53003',
    '500011',
    '7000229',
    '7000112',
    '900023',
  ])('that is refused with AADSTS%s says what mends it', (code) => {
    const found = only(credentialFindings({ kind: 'refused', code }, wanted));
    expect(found.what).toContain(`AADSTS${code}`);
    expect(found.what).not.toContain('The login refused');
    expect(found.mend).toMatch(/\.$/);
  });

  test('that is refused for another reason leads to where codes are explained', () => {
    expect(only(credentialFindings({ kind: 'refused', code: '12345' }, wanted)).mend).toContain('code=12345');
  });

  test.each([
    ['ECONNREFUSED', /cannot be reached/, /443/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /not trusted/, /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /not trusted/, /NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', /out of its time/, /renew/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host/, /DNS/],
    ['timeout', /did not answer in time/, /network/],
    ['http_429', /slow down \(429\)/, /few minutes/],
    ['http_307', /leads to another address.*\(307\)/, /proxy/],
    ['http_404', /Something other than Entra ID.*\(404\)/, /proxy/],
    ['not_json', /Something other than Entra ID answered/, /proxy/],
    ['CredentialUnavailableError', /Something other than Entra ID answered/, /proxy/],
    ['http_500', /login failed \(500\)/, /persists/],
    ['http_401', /no reason that Flagman knows \(401\)/, /MicrosoftAppPassword/],
    ['unknown', /no reason/, /MicrosoftAppPassword/],
    [
      'identity_unreachable',
      /no identity endpoint here/,
      /az containerapp identity assign.*az vm identity assign/,
    ],
    ['identity_timeout', /identity endpoint.*in time/, /Outside Azure/],
    [
      'identity_not_assigned',
      /f1a90000-.* \(MicrosoftAppClientId\) is not assigned/,
      /az vm identity assign/,
    ],
    ['identity_failed', /identity endpoint/, /az vm identity assign/],
  ])('that came to %s is told as what it is', (code, what, mend) => {
    const found = only(credentialFindings(failureOf(code), wanted));
    expect(found).toMatchObject({ verdict: 'wrong', what: expect.stringMatching(what) });
    expect(found.mend).toMatch(mend);
  });
});

describe('a token', () => {
  const tokenOf = (payload: unknown): string =>
    `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.sig`;

  test('of either version says whose it is', () => {
    const rest = { aud: 'a', tid: 't' };
    expect(claimsOf(tokenOf({ ...rest, appid: 'one' }))?.appId).toBe('one');
    expect(claimsOf(tokenOf({ ...rest, azp: 'two', roles: ['X'], nbf: 7 }))).toEqual({
      audience: 'a',
      tenantId: 't',
      appId: 'two',
      roles: ['X'],
      notBefore: 7,
    });
  });

  test('of any other shape is none that can be read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.jsonValue().map(tokenOf)), (text) => {
        const claims = claimsOf(text);
        expect(claims === undefined || typeof claims.audience === 'string').toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('names a permission as Microsoft spells it, however its case', () => {
    const roles = ['auditlog.read.all', 'Mail.Read'];
    expect(claimsOf(tokenOf({ aud: 'a', tid: 't', roles }))?.roles).toEqual([
      'AuditLog.Read.All',
      'Mail.Read',
    ]);
  });

  test.each([
    ['AADSTS7000215', { kind: 'refused', code: '7000215' }],
    ['ENOTFOUND', { kind: 'failed', fault: 'unreachable', status: undefined }],
    ['http_503', { kind: 'failed', fault: 'server-error', status: 503 }],
  ])('that cannot be had for %s', (code, answer) => {
    expect(failureOf(code)).toEqual(answer);
  });
});
