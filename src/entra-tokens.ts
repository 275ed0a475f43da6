import { readFile } from 'node:fs/promises';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
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

// Left to itself the library asks login.microsoftonline.com which authorities there are, and in China speaks to another
// host than it was told. The table of clouds says what is right, so it need not ask.
const optionsOf = ({ loginUrl }: Cloud) => ({ authorityHost: loginUrl, disableInstanceDiscovery: true });

/** The library has no limit of its own; what it repeats within this time is up to it. */
const LIMIT_MS = 20_000;

const tokenIn = async (credential: TokenCredential, scope: string): Promise<string> => {
  const token = await within(credential.getToken(scope), LIMIT_MS);
  if (token === LATE) throw new TokenFailure('timeout');
  if (token === null) throw new TokenFailure('no_token');
  return token.token;
};

/** Has whoever vouches for an application say so anew, each time that it is asked: what they give does not last. */
const assertionBy = (by: Voucher, cloud: Cloud): (() => Promise<string>) => {
  if ('tokenFile' in by) return async () => (await readFile(by.tokenFile, 'utf8')).trim();
  const identity = new ManagedIdentityCredential({ clientId: by.clientId, ...optionsOf(cloud) });
  return () => tokenIn(identity, `${cloud.tokenExchange}/.default`);
};

const credentialOf = ({ appId, credential, tenantId, cloud }: Identified): TokenCredential => {
  const options = optionsOf(cloud);
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
      return new ManagedIdentityCredential({ clientId: appId, ...options });
    case 'federated':
      return new ClientAssertionCredential(tenantId, appId, assertionBy(credential.by, cloud), options);
  }
};

/** What an error of the library calls itself. More of it may hold what was sent. */
const codesIn = (error: unknown): readonly unknown[] => {
  if (!(error instanceof Error)) return [];
  const { errorCode, code, cause, message } = error as Error & { errorCode?: unknown; code?: unknown };
  const said = /AADSTS\d+|^[a-z]+(?:_[a-z]+)+(?=:)/.exec(message)?.[0];
  return [said, ...codesIn(cause), errorCode, code, error.name];
};

const failureIn = (error: unknown): TokenFailure => {
  if (error instanceof TokenFailure) return error;
  const isWord = (code: unknown): code is string => typeof code === 'string' && /^\w{1,64}$/.test(code);
  return new TokenFailure(codesIn(error).find(isWord) ?? 'unknown');
};

/**
 * Gives tokens of Entra ID for one application. Each credential keeps its tokens to itself, so a new credential is made
 * when a fresh one is wanted.
 */
export const entraTokens = (application: Identified): TokenSource => {
  let credential: TokenCredential | undefined;
  return async (scope, { fresh = false } = {}) => {
    try {
      if (fresh || !credential) credential = credentialOf(application);
      return await tokenIn(credential, scope);
    } catch (error) {
      throw failureIn(error);
    }
  };
};
