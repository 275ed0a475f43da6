import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { request } from 'node:https';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { makeAppCertificate } from '../../src/demo/login/certificate.ts';
import type { Faults } from '../../src/demo/login/faults.ts';
import type { Login } from '../../src/demo/login/server.ts';
import { readAll } from '../../src/lib/read-all.ts';
import {
  APP,
  federated,
  IDENTITY,
  OF_APP,
  OF_IDENTITY,
  PEM,
  ROLES,
  SECRET,
  startUsualLogin,
  TENANT,
} from '../support/login.ts';

const GRAPH = 'https://graph.microsoft.com';
const faults: Faults = {};
let login: Login;
beforeAll(async () => {
  login = await startUsualLogin({ faults });
});
afterAll(() => login.close());
beforeEach(() => {
  for (const name of Object.keys(faults)) delete faults[name as keyof Faults];
});

interface Answer {
  readonly status: number;
  readonly date: number;
  readonly body: Record<string, unknown>;
}

const ask = (path: string, form?: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const call = request(`${login.url}${path}`, { ca: login.caPem, method: form ? 'POST' : 'GET' });
    call.on('error', reject);
    call.on('response', async (response) => {
      const body = JSON.parse(String(await readAll(response, 100_000)));
      resolve({ status: response.statusCode ?? 0, date: Date.parse(response.headers.date ?? ''), body });
    });
    call.end(form ? new URLSearchParams(form).toString() : undefined);
  });

const TOKEN = `/${TENANT}/oauth2/v2.0/token`;
const good = {
  grant_type: 'client_credentials',
  client_id: APP,
  client_secret: SECRET,
  scope: `${GRAPH}/.default`,
};

const claimsOf = (answer: Answer): Record<string, unknown> => decodeJwt(String(answer.body.access_token));

const expectRefused = async (answer: Answer, code: number): Promise<void> => {
  expect(answer.body).toMatchObject({ error_codes: [code], error: expect.any(String) });
  expect(answer.body.error_description).toMatch(new RegExp(`^AADSTS${code}: `));
  expect([400, 401]).toContain(answer.status);
};

describe('a token', () => {
  test('is signed by the published key, and says what tokens of Entra ID say', async () => {
    const { status, body } = await ask(TOKEN, good);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const metadata = await ask(`/${TENANT}/v2.0/.well-known/openid-configuration`);
    const keys = await ask(new URL(String(metadata.body.jwks_uri)).pathname);
    const { payload } = await jwtVerify(
      String(body.access_token),
      createLocalJWKSet(keys.body as unknown as JSONWebKeySet),
      { audience: GRAPH, issuer: login.issuer },
    );
    expect(payload).toMatchObject({ tid: TENANT, appid: APP, oid: OF_APP, roles: ROLES });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  test('for the Bot Framework names no roles', async () => {
    const answer = await ask(TOKEN, { ...good, scope: 'https://api.botframework.us/.default' });
    expect(claimsOf(answer)).toMatchObject({ aud: 'https://api.botframework.us' });
    expect(claimsOf(answer)).not.toHaveProperty('roles');
  });

  test('is given to whoever proves to be the app, and noted without the proof', async () => {
    await ask(TOKEN, good);
    expect(login.requests.at(-1)).toEqual({
      method: 'POST',
      url: `${new URL(login.url).host}${TOKEN}`,
      appId: APP,
      scope: `${GRAPH}/.default`,
      status: 200,
    });
    expect(JSON.stringify(login.requests)).not.toContain(SECRET);
  });
});

describe('no token is given', () => {
  test.each([
    ['a wrong secret', { client_secret: 'x' }, 7000215],
    ['no proof', { client_secret: '' }, 7000215],
    ['an app that nobody registered', { client_id: TENANT }, 700016],
    ['a managed identity, which asks elsewhere', { client_id: IDENTITY }, 700016],
    ['another grant', { grant_type: 'password' }, 70003],
    ['a scope of another kind', { scope: 'User.Read' }, 1002012],
  ])('to %s', async (_, change, code) => {
    await expectRefused(await ask(TOKEN, { ...good, ...change }), code);
  });

  test('without any proof', async () => {
    const { client_secret: _, ...bare } = good;
    await expectRefused(await ask(TOKEN, bare), 7000218);
  });

  test('in another tenant', async () => {
    await expectRefused(await ask(TOKEN.replace(TENANT, APP), good), 90002);
  });

  test('at any other address, or to a GET', async () => {
    expect((await ask('/', good)).status).toBe(404);
    expect((await ask(TOKEN)).status).toBe(404);
  });
});

describe('an assertion', () => {
  const ownKey = createPrivateKey(PEM);
  const thumbprint = createHash('sha256').update(new X509Certificate(PEM).raw).digest('base64url');
  const seconds = (): number => Math.floor(Date.now() / 1000);

  const own = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}, key = ownKey) =>
    new SignJWT({
      iss: APP,
      sub: APP,
      aud: login.url + TOKEN,
      jti: 'x',
      exp: seconds() + 600,
      nbf: seconds(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', 'x5t#S256': thumbprint, ...header })
      .sign(key);

  const show = (client_assertion: string): Promise<Answer> => {
    const { client_secret: _, ...bare } = good;
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    return ask(TOKEN, { ...bare, client_assertion, client_assertion_type });
  };

  const stranger = makeAppCertificate(Date.now());

  test('of the app, signed with the key of its certificate, is taken', async () => {
    expect((await show(await own())).status).toBe(200);
    const x5t = createHash('sha1').update(new X509Certificate(PEM).raw).digest('base64url');
    expect((await show(await own({}, { 'x5t#S256': undefined, x5t }))).status).toBe(200);
  });

  test.each([
    ['names another certificate', {}, { 'x5t#S256': 'AAAA' }, 700027],
    ['names none', {}, { 'x5t#S256': undefined }, 700027],
    ['sends another along', {}, { x5c: ['AAAA'] }, 700027],
    ['is for another endpoint', { aud: 'https://login.microsoftonline.com/x' }, {}, 50027],
    ['has ended', { exp: 1 }, {}, 700024],
    ['has not begun', { nbf: 9_999_999_999 }, {}, 700024],
    ['never ends', { exp: undefined }, {}, 50027],
    ['is about another app', { sub: IDENTITY }, {}, 50027],
  ])('that %s is refused', async (_, claims, header, code) => {
    await expectRefused(await show(await own(claims, header)), code);
  });

  test('signed with another key is refused, and so is what is none', async () => {
    await expectRefused(await show(await own({}, {}, createPrivateKey(stranger.keyPem))), 50027);
    await expectRefused(await show('canary'), 50027);
  });

  test('of a managed identity that the app trusts is taken, each part of it being right', async () => {
    const url = new URL(login.identity.IDENTITY_ENDPOINT);
    url.search = `?api-version=2019-08-01&resource=api://AzureADTokenExchange&client_id=${IDENTITY}`;
    const headers = { 'x-identity-header': login.identity.IDENTITY_HEADER };
    const { access_token } = (await (await fetch(url, { headers })).json()) as { access_token: string };
    expect(claimsOf(await show(access_token))).toMatchObject({ appid: APP, oid: OF_APP });

    const { issuer, subject, audience } = federated();
    const forged = (claims: Record<string, unknown>) =>
      own({ iss: issuer, sub: subject, aud: audience, ...claims });
    await expectRefused(await show(await forged({})), 50027);
    await expectRefused(await show(await forged({ iss: 'https://elsewhere.example' })), 700211);
    await expectRefused(await show(await forged({ sub: OF_APP })), 700213);
    await expectRefused(await show(await forged({ aud: GRAPH })), 700212);
  });

  test('of an issuer outside the tenant is taken by the key that the app was told', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const trusted = {
      issuer: 'https://cluster.example',
      subject: 'system:serviceaccount:flagman',
      audience: 'a',
    };
    const other = await startUsualLogin({
      apps: [{ appId: APP, objectId: OF_APP, roles: [], federated: { ...trusted, key: publicKey } }],
    });
    const usual = login;
    login = other;
    const { issuer: iss, subject: sub, audience: aud } = trusted;
    expect((await show(await own({ iss, sub, aud }, {}, privateKey))).status).toBe(200);
    await expectRefused(await show(await own({ iss, sub, aud })), 50027);
    await expectRefused(await show(await own()), 700027);
    login = usual;
    await other.close();
  });

  test('of somebody is refused by an app that trusts nobody', async () => {
    const usual = login;
    login = await startUsualLogin({ apps: [{ appId: APP, objectId: OF_APP, roles: [] }] });
    await expectRefused(await show(await own({ iss: 'https://cluster.example' })), 700211);
    await login.close();
    login = usual;
  });
});

describe('a managed identity', () => {
  const seek = async (query: string, header: string) => {
    const url = `${login.identity.IDENTITY_ENDPOINT}?${query}`;
    const response = await fetch(url, { headers: { 'x-identity-header': header } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const usual = `api-version=2019-08-01&resource=${GRAPH}&client_id=${IDENTITY}`;

  test('gets a token from the endpoint of its container', async () => {
    const { body } = await seek(usual, login.identity.IDENTITY_HEADER);
    expect(body).toMatchObject({ client_id: IDENTITY, resource: GRAPH, token_type: 'Bearer' });
    expect(Number(body.expires_on)).toBeGreaterThan(Date.now() / 1000);
    const claims = decodeJwt(String(body.access_token));
    expect(claims).toMatchObject({ aud: GRAPH, appid: IDENTITY, oid: OF_IDENTITY, roles: ROLES });
  });

  test.each([
    ['without the secret of the header', usual, 'x', 403],
    ['by another id', usual.replace(IDENTITY, APP), undefined, 400],
    ['by no id', usual.replace(/&client_id.*/, ''), undefined, 400],
    ['for nothing', 'api-version=2019-08-01', undefined, 400],
    ['in another version', usual.replace('2019', '2017'), undefined, 400],
  ])('gets none %s', async (_, query, header, status) => {
    expect((await seek(query, header ?? login.identity.IDENTITY_HEADER)).status).toBe(status);
  });

  test('is found at its endpoint alone', async () => {
    const other = login.identity.IDENTITY_ENDPOINT.replace('/msi/', '/x/');
    expect((await fetch(other)).status).toBe(404);
  });
});

describe('a fault', () => {
  test.each([
    ['wrong-secret', 7000215],
    ['expired-secret', 7000222],
    ['unknown-app', 700016],
    ['unknown-tenant', 90002],
  ] as const)('%s is switched on and off', async (refuse, code) => {
    faults.refuse = refuse;
    await expectRefused(await ask(TOKEN, good), code);
    delete faults.refuse;
    expect((await ask(TOKEN, good)).status).toBe(200);
  });

  test('takes roles away, and the claim with the last of them', async () => {
    faults.withoutRoles = ROLES.slice(0, 1);
    expect(claimsOf(await ask(TOKEN, good)).roles).toEqual(ROLES.slice(1));
    faults.withoutRoles = ROLES;
    expect(claimsOf(await ask(TOKEN, good))).not.toHaveProperty('roles');
  });

  test('sets the clock wrong, in the token and in the header', async () => {
    faults.skewMs = 7_200_000;
    const answer = await ask(TOKEN, good);
    expect(Number(claimsOf(answer).nbf) * 1000 - Date.now()).toBeGreaterThan(7_000_000);
    expect(answer.date - Date.now()).toBeGreaterThan(7_000_000);
  });

  test('makes every answer late', async () => {
    faults.delayMs = 150;
    const begun = performance.now();
    await ask(TOKEN, good);
    expect(performance.now() - begun).toBeGreaterThan(140);
  });

  test('cuts every connection', async () => {
    faults.isDown = true;
    await expect(ask(TOKEN, good)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(login.requests.at(-1)).toMatchObject({ status: 0 });
  });
});
