import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { Application, Config } from './config.ts';

const credentialOf = ({ appId, credential }: Application, config: Config): TokenCredential | undefined => {
  const options = { authorityHost: config.cloud.loginUrl };
  switch (credential.kind) {
    case 'password':
      return new ClientSecretCredential(config.tenantId, appId, credential.password, options);
    case 'certificate':
      return new ClientCertificateCredential(
        config.tenantId,
        appId,
        { certificate: credential.privateKey },
        { ...options, sendCertificateChain: true },
      );
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: appId });
    case 'local':
      return undefined;
  }
};

/**
 * Gives tokens for Graph of the configured cloud. The library keeps a token until shortly before it ends;
 * `local` proves nothing and gives a fixed text, which only a pretend Graph on loopback ever sees.
 */
export const graphTokens = (config: Config): (() => Promise<string>) => {
  const credential = credentialOf(config.graph, config);
  if (!credential) return async () => 'local-graph-token';
  const scope = `${config.cloud.graphUrl}/.default`;
  return async () => {
    const token = await credential.getToken(scope);
    if (!token) throw new Error('The identity library gave no token for Microsoft Graph.');
    return token.token;
  };
};
