import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, listen, sendJson } from '../http.ts';
import type { LoginApp } from './app.ts';
import { makeAuthority } from './certificate.ts';
import type { Faults } from './faults.ts';
import { makeIssuer } from './issue.ts';
import { identityRoute, loginRoute, type Route } from './routes.ts';
import type { Directory } from './token-endpoint.ts';

/** The directory behind the pretend login. */
export interface LoginOptions {
  readonly tenantId: string;
  readonly apps: readonly LoginApp[];
  /** Epoch milliseconds; `Date.now` if absent. The times of tokens go by it. */
  readonly clock?: () => number;
  /** Names, beside 127.0.0.1 and localhost, that the TLS certificate covers. */
  readonly hosts?: readonly string[];
  readonly faults?: Faults;
}

/** One request as it arrived, without anything secret, and how it was answered. */
export interface LoginRequest {
  readonly method: string;
  /** With the host that was asked for, without query. */
  readonly url: string;
  readonly appId: string | null;
  /** The scope of a token request, the resource of the identity endpoint. */
  readonly scope: string | null;
  /** 0 if the connection was cut. */
  readonly status: number;
}

/** A running pretend login of Entra ID. */
export interface Login {
  /** `https://127.0.0.1:port`: the authority, for `LOCAL_LOGIN_URL`. */
  readonly url: string;
  /** The test authority's certificate: whoever asks must trust it, best through `NODE_EXTRA_CA_CERTS`. */
  readonly caPem: string;
  /** What Container Apps puts into the environment of a process with a managed identity. */
  readonly identity: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  /** The `iss` of its tokens, which a federated credential for a managed identity names as its issuer. */
  readonly issuer: string;
  /** Switch faults on and off at any time by setting its properties. */
  readonly faults: Faults;
  /** Oldest first; empty it at any time. */
  readonly requests: LoginRequest[];
  close(): Promise<void>;
}

/** Notes each request, and lets the switched-on faults come first. */
const serving =
  ({ faults, now }: Directory, requests: LoginRequest[], route: Route): Answer =>
  async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const { method = '', headers } = request;
    const noted = { method, url: `${headers.host}${url.pathname}`, appId: null, scope: null, status: 0 };
    if (faults.delayMs) await wait(faults.delayMs);
    if (faults.isDown) {
      requests.push(noted);
      response.destroy();
      return;
    }
    const { status, body, form } = await route(request, url);
    const scope = form?.get('scope') ?? form?.get('resource') ?? null;
    requests.push({ ...noted, appId: form?.get('client_id') ?? null, scope, status });
    sendJson(response, status, body, { date: new Date(now()).toUTCString() });
  };

/**
 * Starts a pretend login of Entra ID on loopback: an authority with TLS, whose certificate a test authority signed that
 * lives as long as it, and the identity endpoint of a container app. It gives tokens for client credentials (secret,
 * certificate, federated) and managed identities to the applications that it was told of; what is wrong is answered
 * with the AADSTS code that Entra ID would give.
 */
export const startLogin = async (options: LoginOptions): Promise<Login> => {
  const { tenantId, apps, clock = Date.now, hosts = [], faults = {} } = options;
  const authority = makeAuthority(Date.now());
  const name = `https://login.pretend.example/${tenantId}/v2.0`;
  const directory: Directory = {
    tenantId,
    apps,
    issuer: await makeIssuer(name, tenantId, randomUUID),
    faults,
    now: () => clock() + (faults.skewMs ?? 0),
    newId: randomUUID,
  };
  const requests: LoginRequest[] = [];
  const tls = authority.certifyServer(['127.0.0.1', 'localhost', ...hosts]);
  const header = randomUUID();
  const secure = await listen(serving(directory, requests, loginRoute(directory)), 0, tls);
  const plain = await listen(serving(directory, requests, identityRoute(directory, header)));
  return {
    url: secure.url,
    caPem: authority.certPem,
    identity: { IDENTITY_ENDPOINT: `${plain.url}/msi/token`, IDENTITY_HEADER: header },
    issuer: name,
    faults,
    requests,
    async close() {
      await Promise.all([secure.close(), plain.close()]);
    },
  };
};
