import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { type Chat, startChat } from '../src/demo/chat/world.ts';
import { type PretendGraph, startGraph } from '../src/demo/graph/server.ts';
import { PEOPLE, TENANT_ID } from '../src/demo/tenant/people.ts';
import { createTenant } from '../src/demo/tenant/tenant.ts';
import { listenOnLoopback } from '../src/lib/loopback.ts';
import { type MainProcess, startMain } from './support/main-process.ts';

const APP_ID = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';

let graph: PretendGraph;
let chat: Chat;
const running: MainProcess[] = [];

beforeAll(async () => {
  graph = await startGraph({ tenant: createTenant({ seed: 7, now: Date.now() }), clock: Date.now });
  chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: APP_ID });
});

afterAll(async () => {
  for (const one of running) one.stop();
  await Promise.all([...running.map(({ ended }) => ended), graph.close(), chat.close()]);
});

const main = (variables: Readonly<Record<string, string>>): MainProcess => {
  const started = startMain(variables);
  running.push(started);
  return started;
};

const folder = (): string => mkdtempSync(join(tmpdir(), 'flagman-data-'));

/** What leads a real start to the pretend Microsoft. */
const local = (): Record<string, string> => ({
  CLOUD: 'local',
  LOCAL_GRAPH_URL: graph.url,
  LOCAL_OPENID_URL: chat.openIdUrl,
  MicrosoftAppId: APP_ID,
  MicrosoftAppTenantId: TENANT_ID,
  DATA: join(folder(), 'flagman.db'),
  PORT: '0',
});

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

/** Asks in a personal chat, and gives what is said in the end, however long it takes until then. */
const told = async (text: string): Promise<string> => {
  const { oid } = PEOPLE.analyst;
  const place = chat.personal(oid);
  const before = chat.messages(place, oid).length;
  await chat.say(oid, place, text);
  for (;;) {
    const answers = chat.messages(place, oid).filter(({ authorId }, at) => at >= before && authorId === null);
    const said = JSON.stringify(answers);
    if (answers.length > 0 && !said.includes('Asking Microsoft Graph')) return said;
    await sleep(20);
  }
};

/** Holds a port while something is tried. */
const withTakenPort = async (act: (port: number) => Promise<void>): Promise<void> => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  await act((server.address() as AddressInfo).port).finally(() => server.close());
};

describe('a start that is wrong', () => {
  test('names every problem at once, shows no value, and ends with 1', async () => {
    const { errors, ended, out } = main({
      MicrosoftAppId: 'canary-id',
      MicrosoftAppType: 'canary-type',
      MicrosoftAppPassword: 'canary-password',
      CLOUD: 'canary-cloud',
      PORT: 'canary-port',
      GRAPH_CLIENT_ID: 'canary-client',
    });
    expect(await ended).toBe(1);
    for (const name of [
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
      'MicrosoftAppType',
      'CLOUD',
      'PORT',
      'GRAPH_CLIENT_ID',
    ])
      expect(errors()).toMatch(new RegExp(`^  - ${name} `, 'm'));
    expect(out()).not.toMatch(/canary/);
    expect(errors()).not.toMatch(/\n\s+at /);
  });

  test.each([
    ['empty', ''],
    ['of spaces', '  '],
  ])('H002: an application id that is %s starts nothing, not even the demo', async (_how, id) => {
    const { errors, ended } = main({ MicrosoftAppId: id });
    expect(await ended).toBe(1);
    expect(errors()).toMatch(/MicrosoftAppId/);
  });

  test.each([
    { MicrosoftAppTenantId: TENANT_ID },
    {
      LOCAL_GRAPH_URL: 'http://127.0.0.1:9',
      LOCAL_OPENID_URL: 'http://127.0.0.1:9/',
      MicrosoftAppId: APP_ID,
    },
    { NODE_ENV: 'production' },
  ])('H179: nothing of the demo starts beside what is real: %j', async (variables) => {
    const { errors, ended, out } = main({ PORT: '0', ...variables });
    expect(await ended).toBe(1);
    expect(errors()).toMatch(/^Flagman cannot start:\n {2}- /);
    expect(out()).not.toMatch(/demo is running/);
  });

  test('names a store that cannot be used', async () => {
    const data = join(folder(), 'notes.txt');
    writeFileSync(data, 'this is no database, '.repeat(100));
    for (const wrong of [data, '/dev/null/flagman.db']) {
      const { errors, ended } = main({ ...local(), DATA: wrong });
      expect(await ended).toBe(1);
      expect(errors()).toMatch(/^DATA names a store that cannot be used: .*\n$/);
    }
    expect(readFileSync(data, 'utf8')).toMatch(/^this is no database/);
  });

  test('names a port that is taken, in the demo and outside it', () =>
    withTakenPort(async (port) => {
      const both = [main({ ...local(), PORT: String(port) }), main({ PORT: String(port) })];
      for (const { errors, ended } of both) {
        expect(await ended).toBe(1);
        expect(errors()).toBe(`Port ${port} is taken by another program. Set PORT to a free one.\n`);
      }
    }));
});

test('the demo starts where nothing is set, answers on the address it prints, and ends when told', async () => {
  const demo = main({ PORT: '0' });
  const [, address = ''] = await demo.written(/Open (http:\/\/\S+)/);
  const page = await fetch(address);
  expect(page.status).toBe(200);
  expect(await page.text()).toMatch(/<title>Flagman/);
  demo.stop();
  expect(await demo.ended).toBe(0);
  expect(demo.errors()).toBe('');
});

describe('a real start', () => {
  let bot: MainProcess;
  let url: string;
  const data = join(folder(), 'flagman.db');
  const CANARIES = {
    MicrosoftAppPassword: 'canary-app-password',
    GRAPH_CLIENT_ID: '0ca5a5e0-7e57-4a5e-8a5e-c0ffee000001',
    GRAPH_CLIENT_SECRET: 'canary-graph-secret',
    AZURE_CLIENT_SECRET: 'canary-from-elsewhere',
  };

  beforeAll(async () => {
    bot = main({ ...local(), ...CANARIES, DATA: data, LOG_LEVEL: 'debug', METRICS_PORT: '0' });
    const [, port] = await bot.written(/"port":(\d+)/);
    url = `http://127.0.0.1:${port}`;
    await chat.connect(url);
  });

  test('is healthy and ready, and serves nothing else', async () => {
    expect(
      await Promise.all(
        ['/healthz', '/readyz', '/', '/metrics', '/api/messages'].map((path) => statusOf(url + path)),
      ),
    ).toEqual([200, 200, 404, 404, 404]);
  });

  test('H171: secrets, tokens and what errors of Graph say are in no log, card or store', async () => {
    const path = '/auditLogs/signIns';
    const canary = 'canary-in-an-error';
    const refusal = {
      kind: 'answer',
      status: 400,
      code: `code ${canary}`,
      message: `Bad: Bearer ${canary}, secret=${canary}`,
    } as const;
    graph.faults.push(
      { path, times: 1, effect: refusal },
      { path: '/roleManagement', times: 1, effect: { ...refusal, status: 500 } },
    );
    await told('flagged for user@contoso.com last 3 days');
    await told('flagged for user@contoso.com last 3 days');
    // A reading that stops between two pages keeps its reason.
    graph.faults.push(
      {
        path,
        times: 1,
        effect: { kind: 'nextLink', to: `${graph.url}/beta/auditLogs/signIns?$skiptoken=${canary}` },
      },
      { path, skip: 1, times: 1, effect: { ...refusal, status: 500 } },
    );
    expect(await told('flagged for user@contoso.com last 5 days')).toMatch(/Not known/);
    const forged = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${canary}`, 'content-type': 'application/json' },
      body: `{"text":"${canary}"}`,
    });
    expect([forged.status, await forged.text()]).toEqual([401, '']);

    const kept = readdirSync(join(data, '..')).map((file) => readFileSync(join(data, '..', file), 'latin1'));
    const seen = [bot.out(), JSON.stringify(chat.posts.map(({ body }) => body)), ...kept].join('\n');
    expect(seen).toMatch(/question\.failed/);
    expect(seen).not.toMatch(/canary/);
    expect(seen).not.toMatch(/eyJ[\w-]{8,}\.[\w-]{8,}/);
    expect(seen).not.toMatch(/Bearer (?!realm)/);
  });

  test('SIGTERM lets a running answer finish, and ends it with 0', async () => {
    graph.faults.push({ path: '/auditLogs/signIns', times: 1, effect: { kind: 'delay', milliseconds: 500 } });
    const readings = graph.count('/auditLogs/signIns');
    const answered = told('flagged for user@contoso.com last 2 days');
    while (graph.count('/auditLogs/signIns') === readings) await sleep(5);
    bot.stop();
    expect(await answered).toMatch(/flagged sign-in/);
    expect(await bot.ended).toBe(0);
    expect(bot.out()).toMatch(/"event":"stopped"/);
  });
});

test('the checkpoint that proves that the ledger was cut under a running bot is not replaced at its end', async () => {
  const variables = local();
  const { DATA: data = '' } = variables;
  const started = async (): Promise<MainProcess> => {
    const bot = main(variables);
    const [, port] = await bot.written(/"port":(\d+)/);
    await chat.connect(`http://127.0.0.1:${port}`);
    return bot;
  };
  const ask = () => told('flagged for user@contoso.com today');
  const before = await started();
  for (let n = 0; n < 4; n += 1) await ask();
  before.stop();
  await before.ended;
  const note = readFileSync(`${data}.checkpoint`, 'utf8');

  const bot = await started();
  const database = new Database(data);
  database.exec(
    'drop trigger ledger_no_update; drop trigger ledger_no_delete; delete from ledger where seq > 2;',
  );
  database.exec('update ledger_head set size = 2, hash = (select hash from ledger where seq = 2)');
  database.close();
  await ask();
  bot.stop();
  expect(await bot.ended).toBe(0);
  expect(readFileSync(`${data}.checkpoint`, 'utf8')).toBe(note);
  expect(bot.out()).toMatch(/"event":"ledger.behind"/);
  expect(await main(variables).ended).toBe(1);
});

test('H018: without the channel’s keys a start is healthy but not ready, and ready once they are there', async () => {
  let isThere = false;
  const keys = createServer(async (_request, response) => {
    response.statusCode = isThere ? 200 : 503;
    response.end(isThere ? await (await fetch(chat.openIdUrl)).text() : '');
  });
  const keysPort = await listenOnLoopback(keys);
  const bot = main({ ...local(), LOCAL_OPENID_URL: `http://127.0.0.1:${keysPort}/openid` });
  const [, port] = await bot.written(/"port":(\d+)/);
  const url = `http://127.0.0.1:${port}`;
  expect(await Promise.all([statusOf(`${url}/healthz`), statusOf(`${url}/readyz`)])).toEqual([200, 503]);
  isThere = true;
  while ((await statusOf(`${url}/readyz`)) !== 200) await sleep(50);
  keys.close();
  keys.closeAllConnections();
});
