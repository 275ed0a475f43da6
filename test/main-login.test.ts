import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Chat, startChat } from '../src/demo/chat/world.ts';
import { type PretendGraph, startGraph } from '../src/demo/graph/server.ts';
import { makeAppCertificate } from '../src/demo/login/certificate.ts';
import { type Login, startLogin } from '../src/demo/login/server.ts';
import { PEOPLE, TENANT_ID } from '../src/demo/tenant/people.ts';
import { createTenant } from '../src/demo/tenant/tenant.ts';
import { startMain } from './support/main-process.ts';

const BOT = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';
const READER = 'f1a90000-0de0-4c52-8f6a-000000000001';
const IDENTITY = 'f1a90000-0de0-4c52-8f6a-000000000002';

const { certPem, keyPem } = makeAppCertificate(Date.now());

let graph: PretendGraph;
let chat: Chat;
let login: Login;
let folder: string;

beforeAll(async () => {
  graph = await startGraph({ tenant: createTenant({ seed: 7, now: Date.now() }), clock: Date.now });
  chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: BOT });
  const federated = {
    issuer: `https://login.pretend.example/${TENANT_ID}/v2.0`,
    subject: IDENTITY,
    audience: 'api://AzureADTokenExchange',
  };
  login = await startLogin({
    tenantId: TENANT_ID,
    apps: [
      { appId: BOT, objectId: BOT, roles: [], certificate: certPem },
      { appId: READER, objectId: READER, roles: ['AuditLog.Read.All'], federated },
      { appId: IDENTITY, objectId: IDENTITY, roles: [], isManagedIdentity: true },
    ],
  });
  folder = mkdtempSync(join(tmpdir(), 'flagman-login-'));
  writeFileSync(join(folder, 'ca.pem'), login.caPem);
});
afterAll(async () => {
  await Promise.all([graph.close(), chat.close(), login.close()]);
  rmSync(folder, { recursive: true });
});

test('H171: the ordinary bot proves itself, answers with real tokens, and logs none of it', async () => {
  const main = startMain({
    CLOUD: 'local',
    LOCAL_GRAPH_URL: graph.url,
    LOCAL_OPENID_URL: chat.openIdUrl,
    LOCAL_LOGIN_URL: login.url,
    MicrosoftAppId: BOT,
    MicrosoftAppTenantId: TENANT_ID,
    CertificatePrivateKey: keyPem + certPem,
    GRAPH_CLIENT_ID: READER,
    GRAPH_FEDERATED_CLIENT_ID: IDENTITY,
    DATA: join(folder, 'flagman.db'),
    LOG_LEVEL: 'debug',
    PORT: '0',
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    ...login.identity,
  });
  const [, port] = await main.written(/"port":(\d+)/);
  await chat.connect(`http://127.0.0.1:${port}`);
  const { oid } = PEOPLE.analyst;
  await chat.say(oid, chat.personal(oid), 'flagged for user@contoso.com last 3 days');
  main.stop();
  expect(await main.ended).toBe(0);

  const given = [...chat.posts.map(({ authorization }) => authorization)];
  const read = graph.requests.map(({ headers }) => headers.authorization ?? '');
  expect(given.length).toBeGreaterThan(0);
  expect(read.length).toBeGreaterThan(0);
  for (const token of given)
    expect(decodeJwt(`${token}`.slice(7))).toMatchObject({ aud: 'https://api.botframework.com', appid: BOT });
  for (const token of read)
    expect(decodeJwt(token.slice(7))).toMatchObject({
      aud: graph.url,
      appid: READER,
      roles: ['AuditLog.Read.All'],
    });
  for (const secret of ['PRIVATE KEY', login.identity.IDENTITY_HEADER, 'eyJ'])
    expect(main.out()).not.toContain(secret);
});
