import { makeAppCertificate } from '../../src/demo/login/certificate.ts';
import { type Login, type LoginOptions, startLogin } from '../../src/demo/login/server.ts';

export const TENANT = '66666666-7777-8888-9999-aaaaaaaaaaaa';
/** An app registration; `OF_APP` is its service principal. */
export const APP = '11111111-2222-4333-8444-555555555555';
export const OF_APP = '11111111-2222-4333-8444-666666666666';
/** A user-assigned managed identity, and its service principal. */
export const IDENTITY = 'aaaaaaaa-1111-4111-8111-bbbbbbbbbbbb';
export const OF_IDENTITY = 'aaaaaaaa-1111-4111-8111-cccccccccccc';

export const SECRET = 'canary-secret-7f3a';
export const ROLES = ['AuditLog.Read.All', 'RoleManagement.Read.Directory'];

const { certPem, keyPem } = makeAppCertificate(Date.now());
export const PEM = keyPem + certPem;

/** What the app takes as a proof from the managed identity. */
export const federated = (audience = 'api://AzureADTokenExchange') => ({
  issuer: `https://login.pretend.example/${TENANT}/v2.0`,
  subject: OF_IDENTITY,
  audience,
});

/** A login that knows one app, with every proof it can have, and one managed identity. */
export const startUsualLogin = (options: Partial<LoginOptions> = {}): Promise<Login> =>
  startLogin({
    tenantId: TENANT,
    apps: [
      {
        appId: APP,
        objectId: OF_APP,
        roles: ROLES,
        secret: SECRET,
        certificate: certPem,
        federated: federated(),
      },
      { appId: IDENTITY, objectId: OF_IDENTITY, roles: ROLES, isManagedIdentity: true },
    ],
    ...options,
  });
