import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Loopback, listen, sendJson } from '../src/demo/http.ts';
import { makeAuthority } from '../src/demo/login/certificate.ts';
import { CLOUDS } from '../src/entra/clouds.ts';
import { entraTokens } from '../src/entra-tokens.ts';
import { takeLimits } from './support/limits.ts';
import { APP, SECRET, TENANT } from './support/login.ts';

type Say = (response: ServerResponse) => unknown;

const page =
  (status: number, headers: Readonly<Record<string, string>> = {}): Say =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end('<html>Sign in</html>');
  };

const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Say =>
  (response) =>
    sendJson(response, status, body, headers);

const usualAuthorities = getCACertificates('default');
let login: Loopback;
/** What the login says where its description is asked for, and where a token is; undefined: as it should. */
let says: { describes?: Say; gives?: Say } = {};

const describe200: Say = (response) => {
  const at = `${login.url}/${TENANT}`;
  sendJson(response, 200, {
    issuer: `${at}/v2.0`,
    authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    token_endpoint: `${at}/oauth2/v2.0/token`,
    jwks_uri: `${at}/keys`,
  });
};

beforeAll(async () => {
  const authority = makeAuthority(Date.now());
  setDefaultCACertificates([...usualAuthorities, authority.certPem]);
  login = await listen(
    (_request, response, { pathname }) => {
      if (pathname.endsWith('openid-configuration')) (says.describes ?? describe200)(response);
      else says.gives?.(response);
    },
    0,
    authority.certifyServer(['127.0.0.1']),
  );
});
afterAll(async () => {
  setDefaultCACertificates(usualAuthorities);
  await login.close();
});

/** Passes in no test by itself. */
const LIMIT_MS = 100_000;

const ask = (): Promise<unknown> =>
  entraTokens(
    {
      appId: APP,
      credential: { kind: 'password', password: SECRET },
      tenantId: TENANT,
      cloud: { ...CLOUDS.global, name: 'local', loginUrl: login.url },
    },
    LIMIT_MS,
  )('https://graph.microsoft.com/.default').catch((error: unknown) => error);

describe('no token, and a word for it, from a login', () => {
  const elsewhere = { location: 'https://portal.example/' };
  const refusal = { error: 'invalid_tenant', error_description: "AADSTS90002: Tenant 'x' not found." };

  test.each<readonly [string, typeof says, string]>([
    ['that is a page of somebody between', { describes: page(200) }, 'not_json'],
    ['that becomes a page when it should give', { gives: page(200) }, 'not_json'],
    ['that leads elsewhere', { describes: page(307, elsewhere) }, 'http_307'],
    ['that leads elsewhere in the end', { gives: page(307, elsewhere) }, 'http_307'],
    ['that is not found', { describes: page(404) }, 'http_404'],
    ['that knows no such tenant', { describes: json(400, refusal) }, 'AADSTS90002'],
    ['that refuses without a number', { gives: json(401, { error: 'invalid_client' }) }, 'http_401'],
    ['that gives something else', { gives: json(200, {}) }, 'AuthenticationRequiredError'],
    ['that describes something else', { describes: json(200, {}) }, 'CredentialUnavailableError'],
  ])('%s', async (_, said, code) => {
    says = said;
    expect(await ask()).toMatchObject({ name: 'TokenFailure', code });
  });

  // What is asked for again was answered before.
  test.each<readonly [string, keyof typeof says, Say, number, string]>([
    ['that asks to slow down', 'gives', json(429, {}, { 'retry-after': '1' }), 2, 'http_429'],
    ['that fails again and again', 'describes', page(500), 2, 'http_500'],
    ['that says nothing at all', 'describes', () => undefined, 1, 'timeout'],
  ])('%s, as soon as nobody waits any more', async (_, what, say, times, code) => {
    const limits = takeLimits(LIMIT_MS);
    let asked = 0;
    const counted: Say = (response) => {
      asked += 1;
      say(response);
    };
    says = { [what]: counted };
    const failing = ask();
    while (asked < times) await sleep(5);
    await limits.pass(LIMIT_MS);
    limits.release();
    expect(await failing).toMatchObject({ name: 'TokenFailure', code });
  });
});
