import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { Application, Credential } from './entra/application.ts';
import type { Cloud } from './entra/clouds.ts';

/** An application that can prove itself to Microsoft. */
export interface RealApplication extends Application {
  readonly credential: Exclude<Credential, { readonly kind: 'local' }>;
}

const credentialOf = (
  { appId, credential }: RealApplication,
  tenantId: string,
  authorityHost: string,
): TokenCredential => {
  switch (credential.kind) {
    case 'password':
      return new ClientSecretCredential(tenantId, appId, credential.password, { authorityHost });
    case 'certificate': {
      const certificate = { certificate: credential.privateKey };
      return new ClientCertificateCredential(tenantId, appId, certificate, {
        authorityHost,
        sendCertificateChain: true,
      });
    }
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: appId });
  }
};

/**
 * Gives tokens for Graph of the cloud. The library keeps a token until shortly before it ends; each credential keeps
 * its tokens to itself, so a new credential is made when a fresh one is wanted. Throws what the library throws.
 */
export const graphTokens = (
  application: RealApplication,
  tenantId: string,
  { loginUrl, graphUrl }: Cloud,
): ((options: { readonly fresh: boolean }) => Promise<string>) => {
  let credential = credentialOf(application, tenantId, loginUrl);
  return async ({ fresh }) => {
    if (fresh) credential = credentialOf(application, tenantId, loginUrl);
    const token = await credential.getToken(`${graphUrl}/.default`);
    if (!token) throw new Error('The identity library gave no token for Microsoft Graph.');
    return token.token;
  };
};
