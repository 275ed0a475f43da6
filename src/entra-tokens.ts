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

type Answer = Awaited<ReturnType<Policy['sendRequest']>>;

/** Keeps what the last request came to: what the network said, or a word for an answer that gave no token. */
type Note = (broken: unknown) => void;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A word for what is no good answer of an authority. The library has one word for all of them, or says nothing. */
const misfitOf = ({ status, bodyAsText }: Answer): string | undefined => {
  const text = bodyAsText ?? '';
  if (status !== 200) return /AADSTS\d+/.exec(text)?.[0] ?? `http_${status}`;
  return isJson(text) ? undefined : 'not_json';
};

/** Lets the library speak to the authority of the cloud, and to no other host whatever it may think of. */
const authorityAlone = ({ loginUrl }: Cloud, note: Note): Policy => ({
  name: 'authority alone',
  sendRequest: async (request, next) => {
    try {
      if (new URL(request.url).origin !== new URL(loginUrl).origin) throw new TokenFailure('foreign_host');
      const answer = await next(request);
      const misfit = misfitOf(answer);
      note(misfit && new TokenFailure(misfit));
      return answer;
    } catch (error) {
      note(error);
      throw error;
    }
  },
});

// Left to itself the library asks login.microsoftonline.com which authorities there are, and in China speaks to another
// host than it was told. The table of clouds says what is right, so it need not ask. It repeats what fails for longer
// than anybody waits: each attempt is noted, so that it is known why there was no answer in the end.
const optionsOf = (cloud: Cloud, note: Note) => ({
  authorityHost: cloud.loginUrl,
  disableInstanceDiscovery: true,
  additionalPolicies: [{ policy: authorityAlone(cloud, note), position: 'perRetry' as const }],
});

type Coded = Error & { readonly code?: unknown; readonly errorCode?: unknown };

const chainOf = (error: unknown): readonly Coded[] =>
  isNativeError(error) ? [error, ...chainOf(error.cause)] : [];

const tokenIn = async (credential: TokenCredential, scope: string): Promise<string> => {
  const token = await credential.getToken(scope);
  if (!token) throw new TokenFailure('no_token');
  return token.token;
};

/** How App Service, Container Apps and virtual machines say that an identity is not assigned to them. */
const NOT_ASSIGNED =
  /identity not found|\bno \b.{0,60}\b(?:identity|MSI) (?:was )?found|unable to load .{0,40}identity/i;

/** The library calls whatever goes wrong with the identity endpoint of the machine the same. */
const machineCodeOf = (error: unknown): string => {
  const errors = chainOf(error);
  if (errors.some(({ errorCode }) => errorCode === 'network_error')) return 'identity_unreachable';
  return errors.some(({ message }) => NOT_ASSIGNED.test(message))
    ? 'identity_not_assigned'
    : 'identity_failed';
};

/** A user-assigned managed identity; while its machine is asked, a time-out is the machine's. */
const machineCredential = (clientId: string, { loginUrl }: Cloud, note: Note): TokenCredential => {
  const identity = new ManagedIdentityCredential({ clientId, authorityHost: loginUrl });
  return {
    getToken: async (scope) => {
      note(new TokenFailure('identity_timeout'));
      try {
        const token = await identity.getToken(scope);
        note(undefined);
        return token;
      } catch (error) {
        const failure = new TokenFailure(machineCodeOf(error));
        note(failure);
        throw failure;
      }
    },
  };
};

/** Has whoever vouches for an application do so anew, each time that it is asked: what they say does not last. */
const assertionBy = (by: Voucher, cloud: Cloud, note: Note): (() => Promise<string>) => {
  if ('tokenFile' in by) return async () => (await readFile(by.tokenFile, 'utf8')).trim();
  const identity = machineCredential(by.clientId, cloud, note);
  return () => tokenIn(identity, `${cloud.tokenExchange}/.default`);
};

const credentialOf = ({ appId, credential, tenantId, cloud }: Identified, note: Note): TokenCredential => {
  const options = optionsOf(cloud, note);
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
      return machineCredential(appId, cloud, note);
    case 'federated':
      return new ClientAssertionCredential(tenantId, appId, assertionBy(credential.by, cloud, note), options);
  }
};

/** The most telling word for what went wrong. Whatever else errors of the library hold may be what was sent. */
const codeOf = (error: unknown, broken: unknown): string => {
  const errors = [...chainOf(error), ...chainOf(broken)];
  const words = [
    ...errors.map(({ message }) => /AADSTS\d+/.exec(message)?.[0]),
    ...chainOf(broken).map(({ code }) => code),
    ...errors.flatMap(({ code, errorCode }) => [code, errorCode]),
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
  const note: Note = (what) => {
    broken = what;
  };
  return async (scope, { fresh = false } = {}) => {
    broken = undefined;
    try {
      if (fresh || !credential) credential = credentialOf(application, note);
      const token = await within(tokenIn(credential, scope), limitMs);
      if (token !== LATE) return token;
    } catch (error) {
      throw new TokenFailure(codeOf(error, broken));
    }
    throw new TokenFailure(broken === undefined ? 'timeout' : codeOf(broken, undefined));
  };
};
