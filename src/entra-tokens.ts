import { readFile } from 'node:fs/promises';
import { isNativeError } from 'node:util/types';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  type ClientSecretCredentialOptions,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { type Credential, TokenFailure, type TokenSource, type Voucher } from './entra/application.ts';
import type { Cloud } from './entra/clouds.ts';
import { LATE, within } from './lib/within.ts';

/** An application that proves itself to Entra ID, in its tenant and cloud. */
export interface Identified {
  readonly appId: string;
  readonly credential: Exclude<Credential, { readonly kind: 'local' }>;
  readonly tenantId: string;
  readonly cloud: Cloud;
}

type Policy = NonNullable<ClientSecretCredentialOptions['additionalPolicies']>[number]['policy'];

/** Lets the library speak to the authority of the cloud, and to no other host whatever it may think of. */
const authorityAlone = ({ loginUrl }: Cloud, onFailure: (error: unknown) => void): Policy => ({
  name: 'authority alone',
  sendRequest: async (request, next) => {
    try {
      if (new URL(request.url).origin !== new URL(loginUrl).origin) throw new TokenFailure('foreign_host');
      return await next(request);
    } catch (error) {
      onFailure(error);
      throw error;
    }
  },
});

// Left to itself the library asks login.microsoftonline.com which authorities there are, and in China speaks to another
// host than it was told. The table of clouds says what is right, so it need not ask.
const optionsOf = (cloud: Cloud, onFailure: (error: unknown) => void) => ({
  authorityHost: cloud.loginUrl,
  disableInstanceDiscovery: true,
  additionalPolicies: [{ policy: authorityAlone(cloud, onFailure), position: 'perCall' as const }],
});

const tokenIn = async (credential: TokenCredential, scope: string): Promise<string> => {
  const token = await credential.getToken(scope);
  if (!token) throw new TokenFailure('no_token');
  return token.token;
};

/** Has whoever vouches for an application do so anew, each time that it is asked: what they say does not last. */
const assertionBy = (by: Voucher, { loginUrl, tokenExchange }: Cloud): (() => Promise<string>) => {
  if ('tokenFile' in by) return async () => (await readFile(by.tokenFile, 'utf8')).trim();
  const identity = new ManagedIdentityCredential({ clientId: by.clientId, authorityHost: loginUrl });
  return () => tokenIn(identity, `${tokenExchange}/.default`);
};

const credentialOf = (
  { appId, credential, tenantId, cloud }: Identified,
  onFailure: (error: unknown) => void,
): TokenCredential => {
  const options = optionsOf(cloud, onFailure);
  switch (credential.kind) {
    case 'password':
      return new ClientSecretCredential(tenantId, appId, credential.password, options);
    case 'certificate': {
      const certificate = { certificate: credential.pem };
      return new ClientCertificateCredential(tenantId, appId, certificate, {
        ...options,
        sendCertificateChain: true,
      });
    }
    case 'managed-identity':
      return new ManagedIdentityCredential({ clientId: appId, authorityHost: cloud.loginUrl });
    case 'federated':
      return new ClientAssertionCredential(tenantId, appId, assertionBy(credential.by, cloud), options);
  }
};

type Coded = Error & { readonly code?: unknown; readonly errorCode?: unknown };

const chainOf = (error: unknown): readonly Coded[] =>
  isNativeError(error) ? [error, ...chainOf(error.cause)] : [];

/** The most telling word for what went wrong. Whatever else errors of the library hold may be what was sent. */
const codeOf = (error: unknown, broken: unknown): string => {
  const errors = [...chainOf(error), ...chainOf(broken)];
  const words = [
    ...errors.map(({ message }) => /AADSTS\d+/.exec(message)?.[0]),
    ...chainOf(broken).map(({ code }) => code),
    ...errors.flatMap(({ code, errorCode }) => [code, errorCode]),
    errors.find(({ name }) => name === 'CredentialUnavailableError')?.name,
    errors[0]?.name,
  ];
  return (
    words.find((word): word is string => typeof word === 'string' && /^\w{1,64}$/.test(word)) ?? 'unknown'
  );
};

/** The library has no limit of its own. */
const LIMIT_MS = 20_000;

/**
 * Gives tokens of Entra ID for one application. A credential keeps its tokens to itself, so a new one is made when a
 * fresh token is wanted; only those of managed identities are kept by the machine, whatever is wanted.
 *
 * @param limitMs how long to wait for a token
 */
export const entraTokens = (application: Identified, limitMs = LIMIT_MS): TokenSource => {
  let credential: TokenCredential | undefined;
  let broken: unknown;
  const onFailure = (error: unknown): void => {
    broken = error;
  };
  return async (scope, { fresh = false } = {}) => {
    broken = undefined;
    try {
      if (fresh || !credential) credential = credentialOf(application, onFailure);
      const token = await within(tokenIn(credential, scope), limitMs);
      if (token !== LATE) return token;
    } catch (error) {
      throw new TokenFailure(codeOf(error, broken));
    }
    throw new TokenFailure('timeout');
  };
};
