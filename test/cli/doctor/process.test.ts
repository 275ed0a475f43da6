import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PEOPLE } from '../../../src/demo/tenant/people.ts';
import { openStore } from '../../../src/store/store.ts';
import { createDatabase, SERVER } from '../../store/postgres-server.ts';
import { asIdentity, BOT_ID, CANARIES, type Ground, makeGround } from './ground.ts';

let ground: Ground;

beforeAll(async () => {
  ground = await makeGround();
});
beforeEach(() => ground.restore());
afterAll(() => ground.close());

describe('at a terminal', () => {
  test('every check is a line, and what is wrong says what mends it', async () => {
    ground.login.faults.withoutRoles = ['AuditLog.Read.All'];
    const { code, out, errors } = await ground.run();
    expect({ code, errors }).toEqual({ code: 1, errors: '' });
    expect(out).toContain('ok       Store: ');
    expect(out).toContain(
      'WRONG    Graph permissions, AuditLog.Read.All: Missing. No question about sign-ins can be answered.\n         To mend it:\n         `az ad app permission add',
    );
    expect(out).toContain('1 thing is wrong; 0 warnings.\n');
  });

  test('nothing wrong ends with 0, warnings too', async () => {
    expect(await ground.run()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\nNothing is wrong\.\n$/),
    });
    const warned = await ground.run({ APPROVALS: 'single' });
    expect(warned).toMatchObject({ code: 0, out: expect.stringMatching(/Nothing is wrong; 1 warning\.\n$/) });
  });
});

test('where the configuration is wrong every problem is told, and store and ledger are looked at all the same', async () => {
  const findings = await ground.findings({ MicrosoftAppId: null, APPROVALS: 'eight-eyes' });
  const { out } = await ground.run({ MicrosoftAppId: null, APPROVALS: 'eight-eyes' });
  expect(out).toContain('MicrosoftAppId is missing');
  expect(out).toContain('APPROVALS must be one of');
  expect(findings.get('store')?.verdict).toBe('ok');
  expect(findings.get('ledger')?.verdict).toBe('ok');
  for (const check of ['bot-credentials', 'graph-credentials', 'permissions', 'graph', 'places', 'inbound'])
    expect(findings.get(check)).toMatchObject({ verdict: 'not-checked', what: /configuration/ });
});

test('an .env that others can read is a warning', async () => {
  writeFileSync(join(ground.store, '.env'), 'LOG_LEVEL=info\n', { mode: 0o644 });
  const findings = await ground.findings();
  expect(findings.get('configuration')).toMatchObject({ verdict: 'warning', mend: '`chmod 600 .env`.' });
});

describe('in the configured conversations', () => {
  const posted = () => ground.chat.posts.filter(({ method }) => method === 'POST').length;

  test('nothing is posted', async () => {
    const before = posted();
    expect((await ground.findings()).get('places LEDGER_CONVERSATION')?.verdict).toBe('ok');
    expect(posted()).toBe(before);
  });

  test('--post posts one line in each', async () => {
    const findings = await ground.findings({}, ['--post']);
    expect(findings.get('places APPROVALS_CONVERSATION')?.what).toBe('A line was posted there.');
    const seen = ground.chat.messages(ground.chat.group.id, PEOPLE.analyst.oid).map(({ text }) => text);
    expect(
      seen.filter((text) => text?.startsWith('Flagman: this is a trial by its doctor, and nothing else.')),
    ).toHaveLength(1);
  });
});

const contentOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );

describe('a store', () => {
  test('is left as it was, to the byte and to the file', async () => {
    const before = contentOf(ground.store);
    await ground.findings();
    expect(contentOf(ground.store)).toEqual(before);
  });

  test('goes on being written to while it is looked at', async () => {
    const store = await openStore(ground.data);
    ground.handOver();
    const looking = ground.findings();
    let isLooking = true;
    const looked = looking.finally(() => {
      isLooking = false;
    });
    let written = 0;
    while (isLooking) {
      expect(await store.handled.claim(`m${written}`, Date.now())).toBe(true);
      written += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect((await looked).get('store')?.verdict).toBe('ok');
    expect((await looked).get('ledger')?.verdict).toBe('ok');
    expect(await store.handled.claim('afterwards', Date.now())).toBe(true);
    expect(written).toBeGreaterThan(1);
    await store.close();
  });

  test('is not made where there is none', async () => {
    const data = join(ground.store, 'other', 'flagman.db');
    await ground.findings({ DATA: data, LEDGER_KEY: null });
    expect(readdirSync(ground.store)).toEqual(readdirSync(join(ground.folder, 'whole')));
  });
});

describe('a database server', () => {
  (SERVER === undefined ? test.skip : test)('is looked into like a file', async () => {
    const { url, remove } = await createDatabase();
    try {
      const LEDGER_CHECKPOINT_FILE = await ground.fill(url);
      const findings = await ground.findings({ DATA: url, LEDGER_CHECKPOINT_FILE });
      expect(findings.get('store')?.verdict).toMatch(/ok|warning/);
      expect(findings.get('ledger')).toMatchObject({
        verdict: 'ok',
        what: expect.stringContaining('3 entries'),
      });
      expect(findings.get('places APPROVALS_CONVERSATION')?.verdict).toBe('ok');
    } finally {
      await remove();
    }
  });

  test('that is not there is wrong, and its password is not shown', async () => {
    const findings = await ground.findings({
      DATA: `postgres://flagman:${CANARIES.database}@127.0.0.1:1/flagman`,
      LEDGER_CHECKPOINT_FILE: join(ground.store, 'flagman.db.checkpoint'),
    });
    expect(findings.get('store')).toMatchObject({
      verdict: 'wrong',
      what: expect.stringMatching(/^postgres:\/\/127\.0\.0\.1:1\/flagman cannot be read/),
    });
    for (const check of ['ledger', 'places']) expect(findings.get(check)?.verdict).toBe('not-checked');
  });
});

test('a managed identity gets its tokens from the machine, and permissions are mended where it has them', async () => {
  const findings = await ground.findings(asIdentity(ground));
  expect(findings.get('bot-credentials')?.verdict).toBe('ok');
  expect(findings.get('graph-credentials')?.verdict).toBe('ok');
  expect(findings.get('permissions AuditLog.Read.All')).toMatchObject({
    verdict: 'wrong',
    mend: expect.stringContaining('appRoleAssignments'),
  });
});

test('npm run doctor is that program', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'doctor', '--', '--json'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...ground.environment },
  });
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0 });
});

test('whoever does not answer holds nobody up for long', async () => {
  ground.login.faults.delayMs = 60_000;
  ground.graph.faults.push({ effect: { kind: 'delay', milliseconds: 60_000 } });
  const began = performance.now();
  const findings = await ground.findings({}, ['--seconds', '5']);
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(findings.get('bot-credentials')).toMatchObject({ verdict: 'wrong', what: /did not answer in time/ });
  expect(findings.get('graph-credentials')).toMatchObject({
    verdict: 'wrong',
    what: /did not answer in time/,
  });
  expect(findings.get('store')?.verdict).toBe('ok');
  expect(findings.get('inbound')?.verdict).toBe('ok');
});

test('a Graph that does not answer is told apart from one that is down', async () => {
  ground.graph.faults.push({ effect: { kind: 'delay', milliseconds: 60_000 } });
  const findings = await ground.findings({}, ['--seconds', '5']);
  expect(findings.get('graph')).toMatchObject({ verdict: 'wrong', what: /did not answer in time/ });
});

test('only the login, Graph, the channel and Teams are asked, and each with its own token', async () => {
  const before = ground.login.requests.length;
  await ground.findings();
  const scopes = ground.login.requests
    .slice(before)
    .flatMap(({ appId, scope }) => (scope ? [[appId, scope]] : []));
  expect(scopes).toEqual([
    [BOT_ID, 'https://api.botframework.com/.default'],
    [expect.any(String), `${ground.graph.url}/.default`],
  ]);
  expect(ground.graph.requests.at(-1)).toMatchObject({ method: 'GET', path: '/beta/auditLogs/signIns' });
});
