import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Environment } from '../src/config/reading.ts';
import type { Variable } from '../src/config/variable.ts';
import { VARIABLES } from '../src/config/variables.ts';
import { isDemo, readConfig } from '../src/config.ts';
import { publicNameOf } from '../src/lib/postgres-url.ts';

const GUID = '11111111-2222-3333-4444-555555555555';

const good: Environment = {
  MicrosoftAppId: GUID,
  MicrosoftAppTenantId: '66666666-7777-8888-9999-AAAAAAAAAAAA',
  MicrosoftAppPassword: 'canary-password',
  LEDGER_KEY: 'ab'.repeat(32),
};

const local: Environment = {
  ...good,
  MicrosoftAppPassword: undefined,
  LEDGER_KEY: undefined,
  CLOUD: 'local',
  LOCAL_GRAPH_URL: 'http://127.0.0.1:4000/',
  LOCAL_OPENID_URL: 'http://[::1]:4001/openid',
};

const problems = (environment: Environment): readonly string[] => {
  const read = readConfig(environment);
  return read.ok ? [] : read.error;
};

describe('a configuration', () => {
  test('needs an app, a tenant and a password, and has sensible defaults for the rest', () => {
    const read = readConfig(good);
    expect(read).toMatchObject({
      ok: true,
      value: {
        cloud: { name: 'global', graphUrl: 'https://graph.microsoft.com' },
        tenantId: '66666666-7777-8888-9999-aaaaaaaaaaaa',
        bot: { appId: GUID, credential: { kind: 'password', password: 'canary-password' } },
        port: 3978,
        defaultHours: 24,
        retentionDays: 30,
        freshnessSeconds: 10,
        data: './data/flagman.db',
        readerRoles: expect.arrayContaining(['194ae4cb-b126-40b2-bd5b-6091b380977d']),
      },
    });
  });

  test('names every problem at once, by variable, and shows no value', () => {
    const found = problems({
      MicrosoftAppId: 'canary',
      MicrosoftAppType: 'Single Tenant',
      CLOUD: 'mars',
      PORT: '99999',
      RETENTION_DAYS: '0x10',
    });
    for (const name of [
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
      'MicrosoftAppType',
      'CLOUD',
      'PORT',
      'RETENTION_DAYS',
    ]) {
      expect(found.filter((problem) => problem.startsWith(`${name} `))).toHaveLength(1);
    }
    expect(found.join()).not.toMatch(/canary/);
  });

  test.each(['', '   '])('H002: an empty bot id (%j) refuses the start', (MicrosoftAppId) => {
    expect(problems({ ...good, MicrosoftAppId })).toEqual(['MicrosoftAppId must be a GUID.']);
  });

  test('H002: a misspelt bot id is named, not ignored', () => {
    expect(problems({ ...good, MicrosoftAppId: undefined, MICROSOFTAPPID: GUID })).toEqual([
      'MICROSOFTAPPID is misspelt: it is MicrosoftAppId.',
      'MicrosoftAppId is missing: it is needed by every start that is not the demo.',
    ]);
  });

  test.each([
    ['tenant "common"', { MicrosoftAppTenantId: 'common' }],
    ['no tenant', { MicrosoftAppTenantId: undefined }],
    ['a Graph address of its own', { LOCAL_GRAPH_URL: 'http://127.0.0.1:4000' }],
    ['an empty reader role', { READER_ROLES: '' }],
    ['a wildcard role', { READER_ROLES: '*' }],
    ['a freshness of ten years', { FRESHNESS_SECONDS: '315360000' }],
    ['a retention of 0 days', { RETENTION_DAYS: '0' }],
    ['a multi-tenant bot', { MicrosoftAppType: 'MultiTenant' }],
    ['a faster budget against Microsoft', { GRAPH_BUDGET_SPEED: '20' }],
    ['another kind of database', { DATA: 'mysql://localhost/flagman' }],
    ['a database server without a database', { DATA: 'postgres://localhost' }],
    ['a database address that is none', { DATA: 'postgres://local host:x/flagman' }],
    [
      'a local address that is none',
      { CLOUD: 'local', LOCAL_GRAPH_URL: 'nope', LOCAL_OPENID_URL: 'http://127.0.0.1/' },
    ],
    [
      'a user name in a local address',
      { CLOUD: 'local', LOCAL_GRAPH_URL: 'http://u:p@127.0.0.1/', LOCAL_OPENID_URL: 'http://127.0.0.1/' },
    ],
  ])('H177: %s refuses the start, and is named', (_, change) => {
    const names = Object.keys(change).join('|');
    expect(problems({ ...good, ...change })).toEqual([expect.stringMatching(`^(?:${names}) `)]);
  });

  test('H177: a faster budget against Microsoft is named beside what else is wrong', () => {
    expect(problems({ ...good, GRAPH_BUDGET_SPEED: '20', PORT: 'none' })).toHaveLength(2);
  });

  test.each(['http://graph.example', 'http://127.0.0.1.evil.example', 'https://10.0.0.1'])(
    'H177: CLOUD=local speaks to loopback alone, not to %s',
    (LOCAL_GRAPH_URL) => {
      expect(problems({ ...local, LOCAL_GRAPH_URL })).toEqual([
        'LOCAL_GRAPH_URL must be a loopback address.',
      ]);
    },
  );

  test('CLOUD=local needs no password and takes both addresses', () => {
    expect(readConfig(local)).toMatchObject({
      ok: true,
      value: {
        cloud: { name: 'local', graphUrl: 'http://127.0.0.1:4000' },
        bot: { credential: { kind: 'local' } },
      },
    });
    expect(problems({ ...local, LOCAL_GRAPH_URL: undefined, LOCAL_OPENID_URL: undefined })).toHaveLength(2);
  });

  test.each([
    './data/flagman.db',
    '/var/lib/flagman.db',
    'postgres://localhost/flagman',
    'postgresql:///flagman',
  ])('the store may be %s', (DATA) => {
    expect(readConfig({ ...good, DATA })).toMatchObject({ value: { data: DATA, warnings: [] } });
  });

  test('the password inside the address of the database is a secret, as typed and as meant', () => {
    const DATA = 'postgres://flagman:can%40ry-1@localhost/flagman';
    expect(readConfig({ ...good, DATA })).toMatchObject({
      value: { secrets: expect.arrayContaining(['canary-password', 'can%40ry-1', 'can@ry-1']) },
    });
    expect(problems({ ...good, DATA: 'postgres://flagman:canary@localhost' }).join()).not.toMatch(/canary/);
  });

  test.each([
    'postgres://flagman:/canary@127.0.0.1:5588/flagman',
    'postgres://flagman:55/canary@127.0.0.1:5588/flagman',
    'postgres://flagman:a/canary@127.0.0.1/flagman',
    'postgres://flagman:/canary?x@127.0.0.1/flagman',
    'postgres://flagman:/canary#x@127.0.0.1/flagman',
    'postgres://flagman:?canary@127.0.0.1/flagman',
  ])('a password that cuts the address of the database short is refused, and not shown: %s', (DATA) => {
    expect(problems({ ...good, DATA })).toEqual([
      'DATA must be written with %2F, %3F, %23 and %40 for /, ?, # and @ in its user name and password.',
    ]);
    expect(publicNameOf(DATA)).toBe('a PostgreSQL database');
  });

  test('a database across the network without checked TLS is warned about', () => {
    const DATA = 'postgres://flagman@db.example/flagman';
    const warnings = (query: string) => readConfig({ ...good, DATA: DATA + query });
    expect(warnings('')).toMatchObject({ value: { warnings: [expect.stringMatching(/^DATA crosses/)] } });
    expect(warnings('?sslmode=require')).toMatchObject({ value: { warnings: [expect.any(String)] } });
    expect(warnings('?sslmode=verify-full')).toMatchObject({ value: { warnings: [] } });
  });
});

describe('the name of a variable', () => {
  const names = Object.entries<Variable<unknown>>(VARIABLES).flatMap(([name, { secrets }]) =>
    secrets ? [name, `${name}_FILE`] : [name],
  );
  const warnings = (environment: Environment): readonly string[] => {
    const read = readConfig({ ...good, ...environment });
    return read.ok ? read.value.warnings : read.error;
  };
  const otherwise = (name: string): readonly string[] =>
    [name.toLowerCase(), name.toUpperCase(), `${name[0]}${name.slice(1).toLowerCase()}`].filter(
      (other) => other !== name,
    );

  test.each(names)('%s is written so and not otherwise', (name) => {
    expect(otherwise(name).length).toBeGreaterThan(0);
    for (const other of otherwise(name))
      expect(problems({ ...good, [other]: '' })).toEqual([`${other} is misspelt: it is ${name}.`]);
  });

  test.each([
    ['SHARE_REDACTIONS', 'SHARE_REDACTION'],
    ['LEDGER_CONVERSATIONS', 'LEDGER_CONVERSATION'],
    ['ledger_old_key', 'LEDGER_OLD_KEYS'],
    ['MicrosoftAppPasword_FILE', 'MicrosoftAppPassword_FILE'],
    ['APPROVAL', 'APPROVALS'],
    ['METRIC_PORT', 'METRICS_PORT'],
  ])('%s is taken for a slip, and said', (name, meant) => {
    expect(warnings({ [name]: 'canary' })).toEqual([
      `${name} is no variable of Flagman: did you mean ${meant}?`,
    ]);
  });

  test.each(['LEDGER_ORIGIN_FILE', 'graph_client_id_file'])('%s names a file that nobody reads', (name) => {
    expect(warnings({ [name]: '/canary' })).toEqual([
      `${name} is no variable of Flagman: only what may be a secret is read from a file.`,
    ]);
  });

  test('is said where the start fails for want of it', () => {
    expect(problems({ ...good, LEDGER_KEY: undefined, LEDGER_KEYS: 'canary' })).toEqual([
      'LEDGER_KEY is missing: it is needed outside CLOUD=local.',
      'LEDGER_KEYS is no variable of Flagman: did you mean LEDGER_KEY?',
    ]);
  });

  test('of other programs is left alone', () => {
    const foreign = [
      ...['PATH', 'HOME', 'USER', 'LANG', 'PWD', 'NODE_ENV', 'NODE_OPTIONS', 'HTTP_PROXY', 'POST', 'PORTS'],
      ...[
        'DATE',
        'DATE_FILE',
        'DATABASE_URL',
        'CLOUDS',
        'GUEST',
        'LOG_LEVELS',
        'AZURE_CLIENT_ID',
        'MSI_SECRET',
      ],
      ...['METRICS_PORT_9090_TCP', 'npm_config_cache', 'KUBERNETES_SERVICE_PORT', 'WEBSITE_SITE_NAME'],
    ];
    expect(warnings(Object.fromEntries(foreign.map((name) => [name, 'x'])))).toEqual([]);
    expect(warnings(process.env)).toEqual([]);
  });
});

describe('the key of the ledger', () => {
  const bytes = Buffer.alloc(32, 0xab);
  const secretsOf = (change: Environment) => {
    const read = readConfig({ ...good, ...change });
    return read.ok
      ? read.value.ledger.secrets.map((secret) => Buffer.from(secret).toString('hex'))
      : read.error;
  };

  test('is needed by a real start, and made beside the store for CLOUD=local', () => {
    expect(problems({ ...good, LEDGER_KEY: undefined })).toEqual([
      'LEDGER_KEY is missing: it is needed outside CLOUD=local.',
    ]);
    expect(readConfig({ ...local, DATA: '/x/f.db' })).toMatchObject({
      value: {
        ledger: {
          secrets: [],
          keyFile: '/x/f.db.ledger-key',
          checkpointFile: '/x/f.db.checkpoint',
          origin: '66666666-7777-8888-9999-aaaaaaaaaaaa',
          retentionDays: 90,
        },
      },
    });
  });

  test('posts checkpoints where it is told to', () => {
    expect(readConfig({ ...good, LEDGER_CONVERSATION: '19:abc@thread.tacv2' })).toMatchObject({
      value: { ledger: { conversation: '19:abc@thread.tacv2' } },
    });
  });

  test('stands beside no database, but in a folder here', () => {
    expect(readConfig({ ...good, DATA: 'postgres://localhost/flagman' })).toMatchObject({
      value: { ledger: { checkpointFile: './data/flagman.checkpoint' } },
    });
  });

  test.each(['', 'short', 'ab'.repeat(31), 'a b'.repeat(40), bytes.subarray(1).toString('base64')])(
    '%j is too weak to be one',
    (LEDGER_KEY) => {
      expect(problems({ ...good, LEDGER_KEY })).toHaveLength(1);
      expect(problems({ ...good, LEDGER_OLD_KEYS: `${good.LEDGER_KEY},${LEDGER_KEY}` })).toHaveLength(1);
    },
  );

  test('is written in hexadecimal digits or base64; what it replaced follows, the newest first', () => {
    const hex = bytes.toString('hex');
    const older = ['01'.repeat(32), '02'.repeat(40)];
    expect(secretsOf({ LEDGER_KEY: hex.toUpperCase() })).toEqual([hex]);
    expect(secretsOf({ LEDGER_KEY: bytes.toString('base64') })).toEqual([hex]);
    expect(secretsOf({ LEDGER_KEY: bytes.toString('base64url') })).toEqual([hex]);
    expect(secretsOf({ LEDGER_KEY: hex, LEDGER_OLD_KEYS: older.join(', ') })).toEqual([hex, ...older]);
  });

  test('LEDGER_OLD_KEYS may be there and name none yet', () => {
    expect(readConfig({ ...good, LEDGER_OLD_KEYS: ' ' })).toMatchObject({ ok: true });
    expect(problems({ ...good, LEDGER_OLD_KEYS: ',' })).toEqual([
      'LEDGER_OLD_KEYS must be keys like LEDGER_KEY, separated by commas.',
    ]);
  });

  test('is never logged, nor are those that it replaced', () => {
    const LEDGER_OLD_KEYS = `${'01'.repeat(32)}, ${'02'.repeat(32)}`;
    expect(readConfig({ ...good, LEDGER_OLD_KEYS })).toMatchObject({
      value: {
        secrets: expect.arrayContaining([good.LEDGER_KEY, '01'.repeat(32), '02'.repeat(32)]),
      },
    });
  });
});

describe('a secret in a file', () => {
  let folder: string;
  let file: string;
  const fromFile = (): Environment => ({
    ...good,
    MicrosoftAppPassword: undefined,
    MicrosoftAppPassword_FILE: file,
  });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'flagman-config-'));
    file = join(folder, 'password');
    writeFileSync(file, 'canary-password\r\n', { mode: 0o600 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('H178: is read without its trailing newline', () => {
    expect(readConfig(fromFile())).toMatchObject({
      ok: true,
      value: {
        bot: { credential: { password: 'canary-password' } },
        warnings: [],
        secrets: expect.arrayContaining(['canary-password']),
      },
    });
  });

  test('H178: the address of the database is read from a file too', () => {
    const address = join(folder, 'address');
    writeFileSync(address, 'postgres://flagman:canary-2@localhost/flagman\n', { mode: 0o600 });
    expect(readConfig({ ...good, DATA_FILE: address })).toMatchObject({
      value: {
        data: 'postgres://flagman:canary-2@localhost/flagman',
        secrets: expect.arrayContaining(['canary-password', 'canary-2']),
      },
    });
  });

  test('H178: is warned about when other accounts can read it', () => {
    chmodSync(file, 0o644);
    expect(readConfig(fromFile())).toMatchObject({
      value: { warnings: [expect.stringMatching(/other accounts/)] },
    });
    chmodSync(file, 0o600);
  });

  test('H178: is refused beside the variable itself', () => {
    expect(problems({ ...fromFile(), MicrosoftAppPassword: 'x' })).toEqual([
      'Both MicrosoftAppPassword and MicrosoftAppPassword_FILE are set: keep one.',
    ]);
  });

  test('that cannot be read is named', () => {
    expect(problems({ ...fromFile(), MicrosoftAppPassword_FILE: join(folder, 'absent') })).toContain(
      'MicrosoftAppPassword_FILE names a file that cannot be read.',
    );
  });
});

describe('the demo', () => {
  test('starts only where nothing at all was configured', () => {
    expect(isDemo({ PATH: '/bin', PORT: '4000', DATA: 'x' })).toBe(true);
  });

  test.each([
    { MicrosoftAppId: '' },
    { MicrosoftAppTenantId: GUID },
    { CLOUD: '' },
    { LOCAL_GRAPH_URL: '' },
    { GRAPH_CLIENT_ID: '' },
    { NODE_ENV: 'production' },
  ])('H179: does not start with %j', (environment) => {
    expect(isDemo(environment)).toBe(false);
  });
});
