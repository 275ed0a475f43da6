import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/reading.ts';
import { readConfig } from '../../src/config.ts';
import { makeAppCertificate } from '../../src/demo/login/certificate.ts';

const GUID = '11111111-2222-3333-4444-555555555555';
const OTHER = '99999999-8888-4777-8666-555555555555';

const { certPem, keyPem } = makeAppCertificate(Date.now());
const PEM = keyPem + certPem;
const THUMBPRINT = new X509Certificate(certPem).fingerprint.replaceAll(':', '');

const other = makeAppCertificate(Date.now());
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const locks = { cipher: 'aes-256-cbc', passphrase: 'canary' };
const ELLIPTIC = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8);
const PSS = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey.export(pkcs8);
const LOCKED = createPrivateKey(keyPem).export({ ...pkcs8, ...locks });
const OLD_LOCKED = createPrivateKey(keyPem).export({ type: 'pkcs1', format: 'pem', ...locks });
const TORN = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n';
const TORN_CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n';

/** Everything but what proves who the bot is. */
const bare: Environment = {
  MicrosoftAppId: GUID,
  MicrosoftAppTenantId: '66666666-7777-8888-9999-aaaaaaaaaaaa',
  LEDGER_KEY: 'ab'.repeat(32),
};

const good: Environment = { ...bare, MicrosoftAppPassword: 'canary-password' };

const local: Environment = {
  ...bare,
  CLOUD: 'local',
  LOCAL_GRAPH_URL: 'http://127.0.0.1:4000/',
  LOCAL_OPENID_URL: 'http://[::1]:4001/openid',
};

const login: Environment = { ...local, LOCAL_LOGIN_URL: 'https://127.0.0.1:4002' };

const botOf = (environment: Environment): unknown => {
  const read = readConfig(environment);
  return read.ok ? read.value.bot : read.error;
};

const graphOf = (environment: Environment): unknown => {
  const read = readConfig(environment);
  return read.ok ? read.value.graph : read.error;
};

const problems = (environment: Environment): readonly string[] => {
  const read = readConfig(environment);
  return read.ok ? [] : read.error;
};

/** What proves an application, with the names by which the bot and Graph are told it. */
const PROOFS = [
  { kind: 'password', bot: 'MicrosoftAppPassword', graph: 'GRAPH_CLIENT_SECRET', value: 's3cret' },
  { kind: 'certificate', bot: 'CertificatePrivateKey', graph: 'GRAPH_CLIENT_CERTIFICATE', value: PEM },
  { kind: 'federated', bot: 'MicrosoftAppClientId', graph: 'GRAPH_FEDERATED_CLIENT_ID', value: OTHER },
] as const;

describe('the bot', () => {
  test.each(PROOFS)('proves itself with $bot', ({ kind, bot, value }) => {
    expect(botOf({ ...bare, [bot]: value })).toMatchObject({ appId: GUID, credential: { kind } });
  });

  test('needs one proof', () => {
    expect(problems(bare)).toEqual([
      'MicrosoftAppPassword is missing: it is needed with MicrosoftAppType=SingleTenant, unless there is CertificatePrivateKey, MicrosoftAppClientId or AZURE_FEDERATED_TOKEN_FILE.',
    ]);
  });

  test('needs no more than one proof: what is weaker is not left lying about', () => {
    expect(problems({ ...good, CertificatePrivateKey: PEM, MicrosoftAppClientId: OTHER })).toEqual([
      'MicrosoftAppClientId must not be set beside CertificatePrivateKey.',
      'MicrosoftAppPassword must not be set beside CertificatePrivateKey.',
    ]);
  });

  test('is told of a proof that is there twice, too where it should not be there at all', () => {
    const twice = { ...good, MicrosoftAppPassword_FILE: '/nowhere' };
    const pair = 'Both MicrosoftAppPassword and MicrosoftAppPassword_FILE are set: keep one.';
    expect(problems(twice)).toEqual([pair]);
    expect(problems({ ...twice, CertificatePrivateKey: PEM })).toEqual([
      pair,
      'MicrosoftAppPassword must not be set beside CertificatePrivateKey.',
    ]);
    expect(problems({ ...twice, MicrosoftAppType: 'UserAssignedMSI' })).toEqual([
      pair,
      'MicrosoftAppPassword must not be set with MicrosoftAppType=UserAssignedMSI.',
    ]);
  });

  test('as a managed identity needs no proof, and has none', () => {
    const MicrosoftAppType = 'UserAssignedMSI';
    expect(botOf({ ...bare, MicrosoftAppType })).toEqual({
      appId: GUID,
      credential: { kind: 'managed-identity' },
    });
    expect(problems({ ...good, MicrosoftAppType })).toEqual([
      'MicrosoftAppPassword must not be set with MicrosoftAppType=UserAssignedMSI.',
    ]);
  });

  test('is vouched for by the token file of Kubernetes where nothing else proves it', () => {
    const AZURE_FEDERATED_TOKEN_FILE = '/var/run/secrets/token';
    expect(botOf({ ...bare, AZURE_FEDERATED_TOKEN_FILE })).toMatchObject({
      credential: { kind: 'federated', by: { tokenFile: AZURE_FEDERATED_TOKEN_FILE } },
    });
    expect(botOf({ ...good, AZURE_FEDERATED_TOKEN_FILE })).toMatchObject({
      credential: { kind: 'password' },
    });
  });
});

describe('a certificate', () => {
  const withPem = (CertificatePrivateKey: string): Environment => ({ ...bare, CertificatePrivateKey });

  test('comes with its key, in any order', () => {
    expect(problems(withPem(certPem + keyPem))).toEqual([]);
    expect(problems(withPem(keyPem + certPem))).toEqual([]);
  });

  test.each([
    ['a key alone', keyPem, 'must hold the certificate too, and holds only a key'],
    ['a certificate alone', certPem, 'must hold the private key of the certificate too'],
    ['nothing of the kind', 'canary', 'must hold an RSA private key and its certificate, as PEM'],
    ['empty', '', 'must hold an RSA private key and its certificate, as PEM'],
    [
      'with the key of another',
      other.keyPem + certPem,
      'must hold the key of its certificate, and holds another',
    ],
    [
      'with its certificate behind others',
      keyPem + other.certPem + certPem,
      'must begin its chain with the certificate of the key, and another stands before it',
    ],
    ['with an elliptic key', ELLIPTIC + certPem, 'must hold an RSA key, and holds one of the kind "ec"'],
    ['with a key for PSS alone', PSS + certPem, 'must hold an RSA key, and holds one of the kind "rsa-pss"'],
    [
      'with a locked key',
      LOCKED + certPem,
      'must hold its private key without a password: nobody is there to type one',
    ],
    [
      'with a key locked in the old way',
      OLD_LOCKED + certPem,
      'must hold its private key without a password: nobody is there to type one',
    ],
    ['with a torn key', TORN + certPem, 'must hold a private key that can be read, as PEM'],
    [
      'with a torn certificate',
      keyPem + TORN_CERTIFICATE,
      'must hold a certificate that can be read, as PEM',
    ],
  ])('is not %s', (_, pem, why) => {
    expect(problems(withPem(pem))).toEqual([`CertificatePrivateKey ${why}.`]);
  });

  test('has the thumbprint that is told beside it, if one is', () => {
    expect(problems({ ...withPem(PEM), CertificateThumbprint: THUMBPRINT.toLowerCase() })).toEqual([]);
    expect(problems({ ...withPem(PEM), CertificateThumbprint: 'ab'.repeat(20) })).toEqual([
      'CertificateThumbprint is not that of the certificate in CertificatePrivateKey.',
    ]);
    expect(problems({ ...withPem('x'), CertificateThumbprint: THUMBPRINT })).toHaveLength(1);
    expect(problems({ ...good, CertificateThumbprint: THUMBPRINT })).toEqual([
      'CertificatePrivateKey is missing: it is needed with CertificateThumbprint.',
    ]);
  });

  test('is a secret, and never shown', () => {
    expect(readConfig(withPem(PEM))).toMatchObject({ value: { secrets: expect.arrayContaining([PEM]) } });
    expect(problems({ ...withPem(PEM), PORT: 'none' }).join()).not.toContain('PRIVATE KEY');
  });
});

describe('Graph', () => {
  test('is read as the bot, unless another application is named', () => {
    const read = readConfig(good);
    expect(read.ok && read.value.graph === read.value.bot).toBe(true);
    expect(graphOf({ ...good, GRAPH_CLIENT_ID: OTHER, GRAPH_CLIENT_SECRET: 's3cret' })).toEqual({
      appId: OTHER,
      credential: { kind: 'password', password: 's3cret' },
    });
  });

  test.each(PROOFS)(
    'may be read by an application that proves itself with $graph',
    ({ kind, graph, value }) => {
      expect(graphOf({ ...good, GRAPH_CLIENT_ID: OTHER, [graph]: value })).toMatchObject({
        appId: OTHER,
        credential: { kind },
      });
      expect(problems({ ...good, [graph]: value })).toEqual([
        `${graph} must not be set without GRAPH_CLIENT_ID.`,
      ]);
    },
  );

  test('with an application id that is none is not told that there is none', () => {
    expect(problems({ ...good, GRAPH_CLIENT_ID: 'none', GRAPH_CLIENT_SECRET: 's3cret' })).toEqual([
      'GRAPH_CLIENT_ID must be a GUID.',
    ]);
    expect(problems({ ...good, GRAPH_CLIENT_ID: 'none' })).toEqual([
      'GRAPH_CLIENT_ID must be a GUID.',
      expect.stringMatching(/^GRAPH_CLIENT_SECRET is missing/),
    ]);
  });

  test('may be read by a managed identity', () => {
    const type = { GRAPH_CLIENT_TYPE: 'UserAssignedMSI' };
    expect(graphOf({ ...good, ...type, GRAPH_CLIENT_ID: OTHER })).toMatchObject({
      credential: { kind: 'managed-identity' },
    });
    expect(problems({ ...good, ...type })).toHaveLength(1);
  });

  test('needs a proof of the application that reads it', () => {
    expect(problems({ ...good, GRAPH_CLIENT_ID: OTHER })).toEqual([
      expect.stringMatching(/^GRAPH_CLIENT_SECRET is missing/),
    ]);
  });
});

describe('CLOUD=local', () => {
  test('proves nothing, and asks for no proof, where there is no login', () => {
    expect(botOf({ ...local, MicrosoftAppPassword: 'x' })).toMatchObject({ credential: { kind: 'local' } });
    expect(graphOf({ ...local, GRAPH_CLIENT_ID: OTHER })).toEqual({
      appId: OTHER,
      credential: { kind: 'local' },
    });
  });

  test.each(PROOFS.slice(0, 2))('proves who it is to a login of its own: $kind', ({ kind, bot, value }) => {
    expect(readConfig({ ...login, [bot]: value })).toMatchObject({
      value: {
        cloud: { loginUrl: 'https://127.0.0.1:4002' },
        bot: { credential: { kind } },
        graph: { credential: { kind } },
      },
    });
  });

  test('needs a proof where there is a login', () => {
    expect(problems(login)).toHaveLength(1);
  });

  test.each(['https://login.microsoftonline.com', 'https://127.0.0.1.evil.example'])(
    'H177: proves nothing to %s',
    (LOCAL_LOGIN_URL) => {
      expect(problems({ ...login, LOCAL_LOGIN_URL, MicrosoftAppPassword: 'x' })).toEqual([
        'LOCAL_LOGIN_URL must be a loopback address.',
      ]);
    },
  );

  test('H177: shows no secret to a login without TLS', () => {
    const LOCAL_LOGIN_URL = 'http://127.0.0.1:4002';
    expect(problems({ ...login, LOCAL_LOGIN_URL, MicrosoftAppPassword: 'x' })).toEqual([
      'LOCAL_LOGIN_URL must begin with https.',
    ]);
  });

  test('H177: no other cloud has a login of its own', () => {
    expect(problems({ ...good, LOCAL_LOGIN_URL: 'https://127.0.0.1:4002' })).toEqual([
      'LOCAL_LOGIN_URL must not be set unless CLOUD is local, and it is global.',
    ]);
  });

  test.each([
    ['as the bot', { MicrosoftAppType: 'UserAssignedMSI' }],
    ['vouching for the bot', { MicrosoftAppClientId: OTHER }],
    [
      'as the reader of Graph',
      { MicrosoftAppPassword: 'x', GRAPH_CLIENT_ID: OTHER, GRAPH_CLIENT_TYPE: 'UserAssignedMSI' },
    ],
  ])('H177: a managed identity %s is asked on loopback alone', (_, proof) => {
    const there = { IDENTITY_ENDPOINT: 'http://127.0.0.1:4003/msi/token', IDENTITY_HEADER: 'x' };
    const problem = [expect.stringMatching(/^IDENTITY_ENDPOINT must be a loopback address/)];
    expect(problems({ ...login, ...proof, ...there })).toEqual([]);
    expect(problems({ ...login, ...proof })).toEqual(problem);
    expect(problems({ ...login, ...proof, IDENTITY_ENDPOINT: there.IDENTITY_ENDPOINT })).toEqual(problem);
    expect(problems({ ...login, ...proof, ...there, IDENTITY_ENDPOINT: 'http://169.254.169.254/' })).toEqual(
      problem,
    );
  });
});

test('H177: no regional authority is asked in the place of the cloud’s own', () => {
  expect(problems({ ...good, AZURE_REGIONAL_AUTHORITY_NAME: 'westeurope' })).toEqual([
    'AZURE_REGIONAL_AUTHORITY_NAME must not be set: it leads to another authority.',
  ]);
});
