import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { Login } from '../src/demo/login/server.ts';
import { CLOUDS, type Cloud } from '../src/entra/clouds.ts';
import { listenOnLoopback } from '../src/lib/loopback.ts';
import {
  APP,
  federated,
  IDENTITY,
  OF_APP,
  OF_IDENTITY,
  PEM,
  SECRET,
  startUsualLogin,
  TENANT,
} from './support/login.ts';

const AUTHORITIES = Object.values(CLOUDS).map(({ loginUrl }) => new URL(loginUrl).hostname);

/** Where everything that leaves a process ends: a proxy that knows one host alone, and notes what else is asked for. */
interface World {
  readonly login: Login;
  readonly asked: string[];
  /** Runs the process with these environments, in one cloud after the other. */
  readonly run: (environments: readonly object[]) => Promise<{ answers: unknown[]; said: string }>;
  close(): Promise<void>;
}

const startProxy = async ({ url: target }: Login, asked: string[]) => {
  const open = new Set<Duplex>();
  const proxy = createServer();
  proxy.on('connect', ({ url = '' }, client) => {
    asked.push(url.replace(/:443$/, ''));
    const server = connect(Number(new URL(target).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    for (const socket of [server, client]) open.add(socket.on('error', () => socket.destroy()));
  });
  return {
    port: await listenOnLoopback(proxy),
    close: () => {
      for (const socket of open) socket.destroy();
      proxy.close();
    },
  };
};

/** The pretend login in the place of one cloud's authority. */
const startWorld = async ({ tokenExchange }: Cloud): Promise<World> => {
  const apps = [
    {
      ...{ appId: APP, objectId: OF_APP, roles: [], secret: SECRET, certificate: PEM },
      federated: federated(tokenExchange),
    },
    { appId: IDENTITY, objectId: OF_IDENTITY, roles: [], isManagedIdentity: true },
  ];
  const login = await startUsualLogin({ apps, hosts: AUTHORITIES });
  const asked: string[] = [];
  const proxy = await startProxy(login, asked);
  const folder = mkdtempSync(join(tmpdir(), 'flagman-clouds-'));
  writeFileSync(join(folder, 'ca.pem'), login.caPem);
  const surroundings = {
    PATH: process.env.PATH,
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NO_PROXY: '127.0.0.1',
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    ...login.identity,
  };
  return {
    login,
    asked,
    async run(environments) {
      const child = spawn(process.execPath, ['test/support/token-process.ts'], { env: surroundings });
      child.stdin.end(JSON.stringify(environments));
      const [answers, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
      if (answers === '') throw new Error(said);
      return { answers: JSON.parse(answers), said };
    },
    async close() {
      proxy.close();
      await login.close();
      rmSync(folder, { recursive: true });
    },
  };
};

const BARE = { MicrosoftAppId: APP, MicrosoftAppTenantId: TENANT, LEDGER_KEY: 'ab'.repeat(32) };
const AS_BOT = { ...BARE, MicrosoftAppPassword: SECRET };

/** Each proof: of the bot that also reads Graph, and of another application that reads it. */
const PROOFS: readonly (readonly [string, object, object])[] = [
  ['a secret', AS_BOT, { ...AS_BOT, GRAPH_CLIENT_ID: APP, GRAPH_CLIENT_SECRET: SECRET }],
  [
    'a certificate',
    { ...BARE, CertificatePrivateKey: PEM },
    { ...AS_BOT, GRAPH_CLIENT_ID: APP, GRAPH_CLIENT_CERTIFICATE: PEM },
  ],
  [
    'a managed identity',
    { ...BARE, MicrosoftAppId: IDENTITY, MicrosoftAppType: 'UserAssignedMSI' },
    { ...AS_BOT, GRAPH_CLIENT_ID: IDENTITY, GRAPH_CLIENT_TYPE: 'UserAssignedMSI' },
  ],
  [
    'a federated credential',
    { ...BARE, MicrosoftAppClientId: IDENTITY },
    { ...AS_BOT, GRAPH_CLIENT_ID: APP, GRAPH_FEDERATED_CLIENT_ID: IDENTITY },
  ],
];

describe.each(Object.values(CLOUDS))('in the cloud $name', (cloud) => {
  let world: World;
  let answers: unknown[];
  let said: string;

  beforeAll(async () => {
    world = await startWorld(cloud);
    const environments = PROOFS.flatMap(([, bot, graph]) => [bot, graph]);
    ({ answers, said } = await world.run(environments.map((one) => ({ ...one, CLOUD: cloud.name }))));
  });
  afterAll(() => world.close());

  test.each(PROOFS.map(([proof], index) => [proof, index] as const))(
    'the bot and Graph get their tokens with %s',
    (_, index) => {
      for (const tokens of answers.slice(2 * index, 2 * index + 2)) {
        if (!Array.isArray(tokens)) throw new Error(String(tokens));
        const audiences = tokens.map((token) => decodeJwt(String(token)).aud);
        expect(audiences).toEqual([cloud.botIssuer, cloud.graphUrl]);
      }
    },
  );

  test('its authority was asked, and no other host', () => {
    expect(new Set(world.asked)).toEqual(new Set([new URL(cloud.loginUrl).hostname]));
  });

  test('the scopes are those of this cloud', () => {
    const scopes = new Set(
      world.login.requests.flatMap(({ scope }) => scope?.split(' ')[0]?.replace('/.default', '') ?? []),
    );
    expect(scopes).toEqual(new Set([cloud.botIssuer, cloud.graphUrl, cloud.tokenExchange]));
  });

  test('H171: the log of it holds no proof and no token', () => {
    expect(said).toBe('');
  });
});

test('H171: a refusal is logged by its code, without what was refused', async () => {
  const world = await startWorld(CLOUDS.usgov);
  world.login.faults.refuse = 'expired-secret';
  const environments = [AS_BOT, { ...BARE, CertificatePrivateKey: PEM }];
  const { answers, said } = await world.run(environments.map((one) => ({ ...one, CLOUD: 'usgov' })));
  await world.close();
  expect(answers).toEqual(environments.map(() => 'TokenFailure: No token could be had: AADSTS7000222.'));
  expect(
    said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(
    expect.arrayContaining([expect.objectContaining({ event: 'token.failed', code: 'AADSTS7000222' })]),
  );
  for (const secret of ['canary', 'PRIVATE KEY', 'eyJ']) expect(said).not.toContain(secret);
});
