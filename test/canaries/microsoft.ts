import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { makeAppCertificate, makeAuthority } from '../../src/demo/login/certificate.ts';
import { startLogin } from '../../src/demo/login/server.ts';
import { TENANT_ID } from '../../src/demo/tenant/people.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';
import { PERMISSIONS } from '../../src/entra/permissions.ts';
import { tokensOf } from '../../src/tokens.ts';
import { type Quoting, startQuoting } from './quoting.ts';
import type { Canary } from './scan.ts';

/** What the bot and its Graph application prove themselves with. */
export type Proof = 'secret file and certificate' | 'managed identity and secret' | 'token file';

const BOT = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';
const GRAPH = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a09';
const IDENTITY = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a0a';
const OF_IDENTITY = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a0b';

/** What the bot speaks to, each behind somebody who quotes. */
export type Neighbour = 'graph' | 'connector' | 'login' | 'identity' | 'onedrive';

export type Neighbours = Readonly<Record<Neighbour, Quoting>>;

/** What a bot is started with, and which secrets are in it. */
export interface Given {
  readonly environment: Readonly<Record<string, string>>;
  readonly canaries: readonly Canary[];
}

/** A pretend Microsoft that says every secret which it is told. */
export interface Microsoft {
  readonly neighbours: Neighbours;
  /** A file with the authorities to trust. */
  readonly caFile: string;
  /** For a bot that proves itself in this way. */
  give(proof: Proof): Promise<Given>;
  close(): Promise<void>;
}

/** Every form of it looks different: quotes, a backslash, what URLs and base64 take for their own. */
export const secretOf = (name: string): string => `${name}~"\\/+=&% ${randomBytes(12).toString('hex')}`;

/** A line from the middle of a private key: no other key has it. */
const lineOf = (pem: string): string => pem.split('\n')[8] ?? '';

const certificate = makeAppCertificate(Date.now());
const secrets = { bot: secretOf('of-the-bot'), graph: secretOf('of-graph') };

/** A token with which the managed identity vouches, as Kubernetes writes it into a file. */
const tokenFor = async (loginUrl: string): Promise<string> => {
  const cloud = { ...CLOUDS.global, loginUrl };
  const identity = { appId: IDENTITY, credential: { kind: 'managed-identity' } } as const;
  return (await tokensOf(identity, TENANT_ID, cloud))(`${cloud.tokenExchange}/.default`);
};

const proofOf = async (proof: Proof, file: string, loginUrl: string): Promise<Given> => {
  const environment = { GRAPH_CLIENT_ID: GRAPH };
  switch (proof) {
    case 'secret file and certificate':
      writeFileSync(file, `${secrets.bot}\n`, { mode: 0o600 });
      return {
        environment: {
          ...environment,
          MicrosoftAppPassword_FILE: file,
          GRAPH_CLIENT_CERTIFICATE: certificate.keyPem + certificate.certPem,
        },
        canaries: [
          { name: 'MicrosoftAppPassword', secret: secrets.bot },
          { name: 'private key', secret: lineOf(certificate.keyPem) },
        ],
      };
    case 'managed identity and secret':
      return {
        environment: {
          ...environment,
          MicrosoftAppClientId: IDENTITY,
          GRAPH_CLIENT_SECRET: secrets.graph,
        },
        canaries: [{ name: 'GRAPH_CLIENT_SECRET', secret: secrets.graph }],
      };
    case 'token file': {
      const token = await tokenFor(loginUrl);
      writeFileSync(file, `${token}\n`, { mode: 0o600 });
      return {
        environment: { AZURE_FEDERATED_TOKEN_FILE: file },
        canaries: [{ name: 'federated token', secret: token }],
      };
    }
  }
};

const startTheLogin = () => {
  const issuer = `https://login.pretend.example/${TENANT_ID}/v2.0`;
  const federated = { issuer, subject: OF_IDENTITY, audience: CLOUDS.global.tokenExchange };
  const roles = PERMISSIONS.map(({ name }) => name);
  return startLogin({
    tenantId: TENANT_ID,
    apps: [
      { appId: BOT, objectId: BOT, roles, secret: secrets.bot, federated },
      {
        appId: GRAPH,
        objectId: GRAPH,
        roles,
        secret: secrets.graph,
        certificate: certificate.certPem,
      },
      { appId: IDENTITY, objectId: OF_IDENTITY, roles, isManagedIdentity: true },
    ],
  });
};

const ledgerKeys = (): Given => {
  const [current, ...old] = [1, 2, 3].map(() => randomBytes(32).toString('hex'));
  return {
    environment: { LEDGER_KEY: current ?? '', LEDGER_OLD_KEYS: old.join(',') },
    canaries: [current ?? '', ...old].map((secret, age) => ({ name: `ledger key ${age}`, secret })),
  };
};

/**
 * Starts login, identity endpoint and what stands before all neighbours, once for all bots of a process: the identity
 * library remembers for its whole life where the identity endpoint is.
 */
export const startMicrosoft = async (): Promise<Microsoft> => {
  const usualAuthorities = getCACertificates('default');
  const authority = makeAuthority(Date.now());
  const real = await startTheLogin();
  setDefaultCACertificates([...usualAuthorities, real.caPem, authority.certPem]);
  const neighbours: Neighbours = {
    graph: await startQuoting(),
    connector: await startQuoting(),
    login: await startQuoting(authority.certifyServer(['127.0.0.1'])),
    identity: await startQuoting(),
    onedrive: await startQuoting(),
  };
  const { graph, login, identity } = neighbours;
  login.target = real.url;
  identity.target = new URL(real.identity.IDENTITY_ENDPOINT).origin;
  const { IDENTITY_HEADER } = real.identity;
  const machine = { IDENTITY_ENDPOINT: `${identity.url}/msi/token`, IDENTITY_HEADER };
  Object.assign(process.env, machine);
  const folder = mkdtempSync(join(tmpdir(), 'flagman-proof-'));
  const caFile = join(folder, 'authorities.pem');
  writeFileSync(caFile, real.caPem + authority.certPem);
  return {
    neighbours,
    caFile,
    async give(proof) {
      const [proven, sealed] = [await proofOf(proof, join(folder, proof), login.url), ledgerKeys()];
      const urls = { LOCAL_GRAPH_URL: graph.url, LOCAL_LOGIN_URL: login.url };
      return {
        environment: { ...machine, ...urls, ...proven.environment, ...sealed.environment },
        canaries: [
          ...proven.canaries,
          ...sealed.canaries,
          { name: 'IDENTITY_HEADER', secret: IDENTITY_HEADER },
        ],
      };
    },
    async close() {
      for (const name of Object.keys(machine)) delete process.env[name];
      setDefaultCACertificates(usualAuthorities);
      rmSync(folder, { recursive: true });
      await Promise.all([...Object.values(neighbours), real].map((one) => one.close()));
    },
  };
};
