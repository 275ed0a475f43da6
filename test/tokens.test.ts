import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { listen, sendJson } from '../src/demo/http.ts';
import { makeAppCertificate, makeAuthority } from '../src/demo/login/certificate.ts';
import type { Faults } from '../src/demo/login/faults.ts';
import type { Login } from '../src/demo/login/server.ts';
import type { Application, Credential } from '../src/entra/application.ts';
import { CLOUDS, type Cloud } from '../src/entra/clouds.ts';
import { entraTokens } from '../src/entra-tokens.ts';
import { createLog } from '../src/lib/log.ts';
import { openTokens, tokensOf } from '../src/tokens.ts';
import { APP, IDENTITY, PEM, ROLES, SECRET, startUsualLogin, TENANT } from './support/login.ts';

const GRAPH = 'https://graph.microsoft.com/.default';
const usualAuthorities = getCACertificates('default');
const usualEnvironment = { ...process.env };

const faults: Faults = {};
let login: Login;
let cloud: Cloud;
let folder: string;
/** Every host that a request was sent to. */
const hosts = new Set<string>();
const note = (message: unknown): void => {
  hosts.add((message as { request: { host: string } }).request.host);
};

beforeAll(async () => {
  login = await startUsualLogin({ faults });
  cloud = { ...CLOUDS.global, name: 'local', loginUrl: login.url };
  folder = mkdtempSync(join(tmpdir(), 'flagman-tokens-'));
  setDefaultCACertificates([...usualAuthorities, login.caPem]);
  Object.assign(process.env, login.identity);
  subscribe('http.client.request.start', note);
});
afterAll(async () => {
  unsubscribe('http.client.request.start', note);
  for (const name of Object.keys(login.identity)) delete process.env[name];
  Object.assign(process.env, usualEnvironment);
  setDefaultCACertificates(usualAuthorities);
  rmSync(folder, { recursive: true });
  await login.close();
});
beforeEach(() => {
  hosts.clear();
  login.requests.splice(0);
});
afterEach(() => {
  for (const name of Object.keys(faults)) delete faults[name as keyof Faults];
});

/** A token with which the managed identity vouches for the app, in a file as Kubernetes writes it. */
const writeTokenFile = async (): Promise<string> => {
  const identity: Application = { appId: IDENTITY, credential: { kind: 'managed-identity' } };
  const tokens = await tokensOf(identity, TENANT, cloud);
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, `${await tokens(`${cloud.tokenExchange}/.default`)}\n`);
  return tokenFile;
};

type Real = Exclude<Credential, { readonly kind: 'local' }>;

const KINDS: readonly (readonly [string, string, () => Promise<Real>])[] = [
  ['a secret', APP, async () => ({ kind: 'password', password: SECRET })],
  ['a certificate', APP, async () => ({ kind: 'certificate', pem: PEM })],
  ['being a managed identity', IDENTITY, async () => ({ kind: 'managed-identity' })],
  [
    'a managed identity that vouches for it',
    APP,
    async () => ({ kind: 'federated', by: { clientId: IDENTITY } }),
  ],
  ['a token file', APP, async () => ({ kind: 'federated', by: { tokenFile: await writeTokenFile() } })],
];

describe.each(KINDS)('with %s', (_, appId, credentialOf) => {
  test.each([
    ['the bot', CLOUDS.global.botScope, undefined],
    ['Graph', GRAPH, ROLES],
  ])('%s gets its token, and no other host is asked', async (_who, scope, roles) => {
    const tokens = await tokensOf({ appId, credential: await credentialOf() }, TENANT, cloud);
    const claims = decodeJwt(await tokens(scope));
    expect(claims).toMatchObject({ aud: scope.replace('/.default', ''), tid: TENANT, appid: appId });
    expect(claims.roles).toEqual(roles);
    expect([...hosts].filter((host) => host !== '127.0.0.1')).toEqual([]);
  });
});

const password = (value = SECRET): Real => ({ kind: 'password', password: value });

const failureOf = async (
  credential: Real,
  change: Partial<Cloud> = {},
  tenantId = TENANT,
  limitMs?: number,
) => {
  const application = { appId: APP, credential, tenantId, cloud: { ...cloud, ...change } };
  return entraTokens(
    application,
    limitMs,
  )(GRAPH).then(
    () => undefined,
    (error: unknown) => error,
  );
};

describe('a token', () => {
  test('is kept while it lasts, for each scope, and had anew only when a fresh one is wanted', async () => {
    const tokens = entraTokens({ appId: APP, credential: password(), tenantId: TENANT, cloud });
    const first = await tokens(GRAPH);
    expect(await tokens(GRAPH)).toBe(first);
    expect(await tokens(GRAPH, { fresh: false })).toBe(first);
    expect(login.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    const fresh = await tokens(GRAPH, { fresh: true });
    expect(fresh).not.toBe(first);
    expect(await tokens(GRAPH)).toBe(fresh);
  });

  test('is shared by the bot and Graph where they are one application, and by no others', async () => {
    const log = createLog({ level: 'silent' });
    const bot: Application = { appId: APP, credential: password() };
    const same = await openTokens({ bot, graph: bot, tenantId: TENANT, cloud }, log);
    expect(await same.bot(GRAPH)).toBe(await same.graph(GRAPH));
    const graph: Application = { appId: APP, credential: password() };
    const other = await openTokens({ bot, graph, tenantId: TENANT, cloud }, log);
    expect(await other.bot(GRAPH)).not.toBe(await other.graph(GRAPH));
  });

  test('is a fixed text for a pretend Microsoft without a login', async () => {
    const tokens = await tokensOf({ appId: APP, credential: { kind: 'local' } }, TENANT, cloud);
    expect(await tokens(GRAPH)).toBe('local');
    expect(login.requests).toEqual([]);
  });

  test('vouched for by a file is asked for with what stands there now', async () => {
    const tokenFile = await writeTokenFile();
    const credential: Real = { kind: 'federated', by: { tokenFile } };
    const tokens = entraTokens({ appId: APP, credential, tenantId: TENANT, cloud });
    await tokens(GRAPH);
    writeFileSync(tokenFile, 'canary');
    await expect(tokens(GRAPH, { fresh: true })).rejects.toMatchObject({ code: 'AADSTS50027' });
  });
});

describe('no token', () => {
  const stranger = makeAppCertificate(Date.now());

  test.each<readonly [string, () => Promise<unknown>, string]>([
    ['a wrong secret', () => failureOf(password('canary-wrong')), 'AADSTS7000215'],
    ['another tenant', () => failureOf(password(), {}, IDENTITY), 'AADSTS90002'],
    [
      'a certificate that nobody uploaded',
      () => failureOf({ kind: 'certificate', pem: stranger.keyPem + stranger.certPem }),
      'AADSTS700027',
    ],
    [
      'an assertion for another cloud',
      () => failureOf({ kind: 'federated', by: { clientId: IDENTITY } }, { tokenExchange: 'api://other' }),
      'AADSTS700212',
    ],
    ['no identity on this machine', () => failureOf({ kind: 'managed-identity' }), 'identity_not_assigned'],
    ['no file', () => failureOf({ kind: 'federated', by: { tokenFile: '/nowhere' } }), 'ENOENT'],
  ])('with %s, and the code says why', async (_, fail, code) => {
    expect(await fail()).toMatchObject({ name: 'TokenFailure', code });
  });

  test.each([
    ['an expired secret', { refuse: 'expired-secret' }, 'AADSTS7000222'],
    ['an app that is gone', { refuse: 'unknown-app' }, 'AADSTS700016'],
  ] as const)('with %s, and the code says why', async (_, fault, code) => {
    Object.assign(faults, fault);
    expect(await failureOf(password())).toMatchObject({ code });
  });

  test('with a clock that is wrong, where a certificate proves the app', async () => {
    faults.skewMs = 3_600_000;
    expect(await failureOf({ kind: 'certificate', pem: PEM })).toMatchObject({ code: 'AADSTS700024' });
  });

  test('from a login that is down: what the network said is not lost', async () => {
    faults.isDown = true;
    expect(await failureOf(password())).toMatchObject({ code: 'ECONNRESET' });
  });

  test('from a login that takes too long', async () => {
    faults.delayMs = 200;
    expect(await failureOf(password(), {}, TENANT, 50)).toMatchObject({ code: 'timeout' });
    // The library goes on all the same.
    while (!login.requests.some(({ scope }) => scope)) await setTimeout(10);
  });

  test('from a login that sends elsewhere: the proof is not shown there', async () => {
    const authority = makeAuthority(Date.now());
    const astray = await listen(
      (_request, response) => {
        const issuer = `${astray.url}/${TENANT}/v2.0`;
        const token_endpoint = `${login.url}/${TENANT}/oauth2/v2.0/token`;
        sendJson(response, 200, { issuer, token_endpoint, authorization_endpoint: issuer, jwks_uri: issuer });
      },
      0,
      authority.certifyServer(['127.0.0.1']),
    );
    setDefaultCACertificates([...usualAuthorities, login.caPem, authority.certPem]);
    expect(await failureOf(password(), { loginUrl: astray.url })).toMatchObject({ code: 'foreign_host' });
    expect(login.requests).toEqual([]);
    await astray.close();
  });

  test('from a login that nobody trusts: not even the proof is sent there', async () => {
    const other = await startUsualLogin();
    const failure = await failureOf(password(), { loginUrl: other.url });
    expect(failure).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(other.requests).toEqual([]);
    await other.close();
  });
});

test.each(['wrong-secret', 'expired-secret', 'unknown-app'] as const)(
  'H171: %s: neither the error nor the log holds a proof or a token',
  async (refuse) => {
    const lines: string[] = [];
    // No secret is known to the log here: nothing may reach it that would have to be taken out.
    const log = createLog({ level: 'debug', write: (line) => void lines.push(line) });
    const bot: Application = { appId: APP, credential: password() };
    const graph: Application = { appId: APP, credential: { kind: 'certificate', pem: PEM } };
    const tokens = await openTokens({ bot, graph, tenantId: TENANT, cloud }, log);
    const given = await tokens.bot(GRAPH);
    faults.refuse = refuse;
    const errors = await Promise.all(
      [tokens.bot, tokens.graph].map((source) =>
        source(GRAPH, { fresh: true }).catch((error: unknown) => error),
      ),
    );
    const seen = inspect(errors, { depth: 20, showHidden: true }) + lines.join();
    expect(lines).toHaveLength(2);
    expect(lines.join()).toContain('"event":"token.failed"');
    expect(lines.join()).toMatch(/"code":"AADSTS\d+"/);
    for (const secret of ['canary', 'PRIVATE KEY', 'client_assertion', given, 'eyJ'])
      expect(seen).not.toContain(secret);
  },
);
