import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Loopback, listen, sendJson } from '../../../src/demo/http.ts';
import { makeAuthority } from '../../../src/demo/login/certificate.ts';
import { asIdentity, BOT_ID, type Ground, makeGround } from './ground.ts';

let ground: Ground;

beforeAll(async () => {
  ground = await makeGround();
});
beforeEach(() => ground.restore());
afterAll(() => ground.close());

/** Lets somebody answer on this machine for as long as a test runs. */
const beside = async <Value>(
  answer: Answer,
  work: (server: Loopback, caPem: string) => Promise<Value>,
  { names = ['127.0.0.1'], now = Date.now() } = {},
): Promise<Value> => {
  const authority = makeAuthority(now);
  const server = await listen(answer, 0, authority.certifyServer(names));
  try {
    return await work(server, authority.certPem);
  } finally {
    await server.close();
  }
};

const page = (response: ServerResponse, status = 200): void => {
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end('<html>Sign in</html>');
};

describe('another login', () => {
  /** What is found about both credentials where it answers. */
  const findings = (answer: Answer, options?: Parameters<typeof beside>[2], flags?: readonly string[]) =>
    beside(
      answer,
      async ({ url }, caPem) => {
        const authority = join(ground.folder, 'other.pem');
        writeFileSync(authority, caPem);
        return ground.findings({ LOCAL_LOGIN_URL: url, NODE_EXTRA_CA_CERTS: authority }, flags);
      },
      options,
    );

  test('that is a page of a proxy is not taken for Entra ID', async () => {
    const found = (await findings((_request, response) => page(response))).get('bot-credentials');
    expect(found).toMatchObject({
      verdict: 'wrong',
      what: expect.stringMatching(/^Something other than Entra/),
    });
    expect(found?.mend).toMatch(/proxy/);
  });

  test.each([
    ['fails', 500, {}, /^The login failed \(500\)/],
    ['asks to slow down', 429, { 'retry-after': '60' }, /slow down \(429\)/],
    ['leads elsewhere', 307, { location: 'https://portal.example/' }, /another address.*\(307\)/],
  ] as const)('that %s is told apart from one that refuses', async (_, status, headers, what) => {
    const found = await findings((_request, response) => sendJson(response, status, {}, headers), {}, [
      '--seconds',
      '5',
    ]);
    for (const check of ['bot-credentials', 'graph-credentials'])
      expect(found.get(check)).toMatchObject({ verdict: 'wrong', what: expect.stringMatching(what) });
  });

  test.each([
    ['expired', { now: Date.parse('2020-01-01') }, /out of its time/],
    ['for another host', { names: ['localhost'] }, /for another host/],
  ])('whose certificate is %s is told as that', async (_, options, what) => {
    const found = await findings((_request, response) => page(response), options);
    expect(found.get('bot-credentials')?.what).toMatch(what);
  });

  test('that holds everybody up takes no time from store and ledger: they come first', async () => {
    const found = await findings((_request, response) => {
      writeFileSync(ground.data, 'no database at all');
      page(response);
    });
    expect(found.get('bot-credentials')?.verdict).toBe('wrong');
    expect(found.get('store')?.verdict).toBe('ok');
    expect(found.get('ledger')?.verdict).toBe('ok');
  });

  test('that gives tokens which say nothing leaves permissions unseen, and that is no good end', async () => {
    const seen = await beside(
      (request, response, { pathname }) => {
        const at = `https://${request.headers.host}${pathname.split('/v2.0')[0]}`;
        if (request.method === 'POST')
          return sendJson(response, 200, { token_type: 'Bearer', expires_in: 3600, access_token: 'opaque' });
        return sendJson(response, 200, {
          issuer: `${at}/v2.0`,
          authorization_endpoint: `${at}/authorize`,
          token_endpoint: `${at}/token`,
          jwks_uri: `${at}/keys`,
        });
      },
      async ({ url }, caPem) => {
        const authority = join(ground.folder, 'other.pem');
        writeFileSync(authority, caPem);
        return ground.run({ LOCAL_LOGIN_URL: url, NODE_EXTRA_CA_CERTS: authority });
      },
    );
    expect(seen).toMatchObject({ code: 2, out: expect.stringContaining('does not say which it holds') });
  });
});

describe('a managed identity', () => {
  const STRANGER = 'f1a90000-0de0-4c52-8f6a-000000000000';
  const COMMANDS = /az containerapp identity assign.*az vm identity assign/;

  test('without an identity endpoint is told so, and the login is not blamed', async () => {
    const found = await ground.findings(
      asIdentity(ground, { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/msi/token' }),
      ['--seconds', '30'],
    );
    for (const check of ['bot-credentials', 'graph-credentials']) {
      expect(found.get(check)?.what).toMatch(/no identity endpoint here/);
      expect(found.get(check)?.mend).toMatch(COMMANDS);
    }
  });

  test('that is not assigned is named, with the commands that assign it', async () => {
    const found = (await ground.findings(asIdentity(ground, { MicrosoftAppId: STRANGER }))).get(
      'bot-credentials',
    );
    expect(found?.what).toBe(
      `The identity ${STRANGER} (MicrosoftAppId) is not assigned to this container app or machine.`,
    );
    expect(found?.mend).toMatch(COMMANDS);
  });

  test('that vouches for an application is the one that is missing', async () => {
    const found = await ground.findings({
      ...ground.login.identity,
      MicrosoftAppPassword: null,
      MicrosoftAppClientId: STRANGER,
      GRAPH_CLIENT_SECRET: null,
      GRAPH_FEDERATED_CLIENT_ID: STRANGER,
    });
    expect(found.get('bot-credentials')?.what).toContain(
      `${STRANGER} (MicrosoftAppClientId) is not assigned`,
    );
    expect(found.get('graph-credentials')?.what).toContain(
      `${STRANGER} (GRAPH_FEDERATED_CLIENT_ID) is not assigned`,
    );
  });

  test('whose endpoint says for long that there is none is not told as a slow login', async () => {
    const found = await ground.findings(
      asIdentity(ground, { IDENTITY_ENDPOINT: `${ground.login.identity.IDENTITY_ENDPOINT}/nothing` }),
      ['--seconds', '2'],
    );
    expect(found.get('bot-credentials')?.what).toMatch(
      /identity endpoint of this machine gave no token in time/,
    );
    expect(found.get('bot-credentials')?.mend).toMatch(COMMANDS);
  });
});

test('a file with the token of the workload is looked at', async () => {
  const found = await ground.findings({
    MicrosoftAppPassword: null,
    AZURE_FEDERATED_TOKEN_FILE: '/nonexist',
  });
  expect(found.get('bot-credentials')).toMatchObject({
    verdict: 'wrong',
    what: 'AZURE_FEDERATED_TOKEN_FILE cannot be read: no such file or directory (/nonexist).',
  });
});

test('Graph with a proof of its own names its own variable, though it is the application of the bot', async () => {
  const found = await ground.findings({ GRAPH_CLIENT_ID: BOT_ID, GRAPH_CLIENT_SECRET: 'another' });
  expect(found.get('graph-credentials')?.mend).toContain('GRAPH_CLIENT_SECRET');
});

test('a certificate of Graph that is not trusted is told as that', async () => {
  const found = await beside(
    (_request, response) => page(response),
    ({ url }) => ground.findings({ LOCAL_GRAPH_URL: url }),
  );
  expect(found.get('graph')).toMatchObject({
    verdict: 'wrong',
    what: expect.stringMatching(/not trusted here/),
  });
});

test('a Graph that sends half an answer is not asked for less', async () => {
  const half = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"value":');
  });
  const found = await ground.findings({ LOCAL_GRAPH_URL: half.url }, ['--seconds', '5']);
  await half.close();
  expect(found.get('graph')?.what).toMatch(/in time, or not to the end/);
  expect(found.get('graph')?.mend).not.toMatch(/window/);
});

test('a permission that is spelled otherwise counts', async () => {
  ground.roles.splice(0, 1, 'AUDITLOG.READ.ALL');
  const found = await ground.findings();
  expect(found.get('permissions AuditLog.Read.All')?.verdict).toBe('ok');
  expect([...found.keys()].filter((name) => name.startsWith('permissions AUDITLOG'))).toEqual([]);
});

test('Graph that throttles leaves the licence unseen, and that is no good end', async () => {
  ground.graph.faults.push({
    path: '/auditLogs/signIns',
    effect: { kind: 'answer', status: 429, code: 'X' },
  });
  expect(await ground.run()).toMatchObject({ code: 2 });
});

test('without a login, where that is how it should be, it ends with 0', async () => {
  const change = { LOCAL_LOGIN_URL: null, MicrosoftAppPassword: null, GRAPH_CLIENT_SECRET: null };
  expect(await ground.run(change)).toMatchObject({ code: 0 });
});

test('before the first start it ends with 0', async () => {
  expect(await ground.run({ DATA: join(ground.store, 'new.db') })).toMatchObject({ code: 0 });
});
