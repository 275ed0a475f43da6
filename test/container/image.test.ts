import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Chat, startChat } from '../../src/demo/chat/world.ts';
import { type PretendGraph, startGraph } from '../../src/demo/graph/server.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { createTenant } from '../../src/demo/tenant/tenant.ts';
import { listenOnLoopback } from '../../src/lib/loopback.ts';
import { type Container, hasEngine, startBuilt, startInside, startLaid } from './container.ts';
import { cloneStrictly, type Laid, layOut, productionPackages } from './lay-out.ts';

const APP_ID = 'f1a90000-0de0-4c52-8f6a-7e2d9b4c1a08';

/** What whoever stops a container waits for. */
const GRACE_MS = 30_000;

/** Everything is made from a clone that its owner alone may read. */
const checkout = cloneStrictly('.');

let laid: Laid;
let graph: PretendGraph;
let chat: Chat;

beforeAll(async () => {
  laid = await layOut(checkout);
  graph = await startGraph({ tenant: createTenant({ seed: 7, now: Date.now() }), clock: Date.now });
  chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: APP_ID });
}, 300_000);

afterAll(() => Promise.all([graph.close(), chat.close(), laid.remove(), rm(checkout, { recursive: true })]));

const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listenOnLoopback(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const variables = (port: number): Record<string, string> => ({
  CLOUD: 'local',
  LOCAL_GRAPH_URL: graph.url,
  LOCAL_OPENID_URL: chat.openIdUrl,
  MicrosoftAppId: APP_ID,
  MicrosoftAppTenantId: TENANT_ID,
  PORT: String(port),
});

/** A bot that lives, answers, and goes when it is told to. */
const provesItself = async (container: Container, port: number): Promise<void> => {
  const { oid } = PEOPLE.analyst;
  await container.written(/"event":"started"/);
  // On a busy machine an answer may once take longer than whoever asks waits.
  while ((await container.health()) !== 0) await sleep(100);
  while ((await fetch(`http://127.0.0.1:${port}/readyz`)).status !== 200) await sleep(100);
  await chat.connect(`http://127.0.0.1:${port}`);
  await chat.say(oid, chat.personal(oid), 'flagged for user@contoso.com last 3 days');
  const seen = () => JSON.stringify(chat.messages(chat.personal(oid), oid));
  while (!/\d flagged sign-in/.test(seen())) await sleep(20);
  const asked = performance.now();
  expect(await container.stop()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(GRACE_MS);
  expect(container.out()).toMatch(/"event":"stopped"/);
};

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(laid.home, join(entry.parentPath, entry.name)));

interface Import {
  readonly file: string;
  readonly target: string;
}

const importsOf = (file: string): readonly Import[] =>
  Array.from(
    readFileSync(join(laid.home, file), 'utf8').matchAll(
      /^(?:import|export)\s(?!type\s)[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
    ([, from, bare, later]) => ({ file, target: from ?? bare ?? later ?? '' }),
  );

const isThere = ({ file, target }: Import): boolean => {
  if (target.startsWith('node:') || builtinModules.includes(target)) return true;
  if (target.startsWith('.')) return existsSync(join(laid.home, dirname(file), target));
  const [scope = '', name = ''] = target.split('/');
  return existsSync(join(laid.home, 'node_modules', scope, scope.startsWith('@') ? name : ''));
};

describe('a copy of what the image holds', () => {
  test('holds what runs and no more', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const inModules = (name: string): boolean => existsSync(join(laid.home, 'node_modules', name));
    expect(readdirSync(laid.home).sort()).toEqual(['cards', 'data', 'node_modules', 'package.json', 'src']);
    expect(Object.keys(dependencies).filter((name) => !inModules(name))).toEqual([]);
    const production = new Set(productionPackages('.').map((path) => path.replace('node_modules/', '')));
    const development = Object.keys(devDependencies).filter((name) => !production.has(name));
    expect(development.length).toBeGreaterThan(15);
    expect(development.filter(inModules)).toEqual([]);
    expect(filesUnder(join(laid.home, 'cards')).filter((file) => !file.endsWith('.json'))).toEqual([]);
  });

  test('holds everything that its code imports, but for the demo', () => {
    const code = filesUnder(join(laid.home, 'src')).filter((file) => file.endsWith('.ts'));
    const imports = code.flatMap(importsOf);
    expect(imports.length).toBeGreaterThan(500);
    expect(imports.filter((one) => !isThere(one))).toEqual([
      { file: 'src/main.ts', target: './demo/start.ts' },
    ]);
  });

  test('can be changed by nobody who runs it, but for the volume', async () => {
    const write = (path: string): Promise<number | null> =>
      new Promise((resolve) => {
        const code = `require('node:fs').writeFileSync(${JSON.stringify(path)}, '')`;
        startInside(laid, ['node', '-e', code], {}).on('exit', resolve);
      });
    expect(await Promise.all(['src/x.ts', 'src/main.ts', 'x', 'data/x'].map(write))).toEqual([1, 1, 1, 0]);
  });

  test('can be read by whoever runs it, however strict the umask of the clone was', () => {
    const entries = readdirSync(laid.home, { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => path !== laid.volume && !path.startsWith(`${laid.volume}/`));
    expect(entries.length).toBeGreaterThan(1000);
    const wanted = (path: string): number => (statSync(path).isDirectory() ? 0o555 : 0o444);
    expect(entries.filter((path) => (statSync(path).mode & wanted(path)) !== wanted(path))).toEqual([]);
    expect(statSync(join(checkout, 'src/main.ts')).mode & 0o077).toBe(0);
  });

  test('starts as an ordinary user, is healthy, answers, and ends with 0 when told to', async () => {
    const port = await freePort();
    const container = startLaid(laid, variables(port));
    await provesItself(container, port).finally(container.kill);
    expect(readdirSync(laid.volume)).toContain('flagman.db');
    expect(statSync(join(laid.volume, 'flagman.db')).uid).toBe(laid.account?.uid ?? process.getuid?.());
  }, 300_000);

  test('can verify the ledger that it has just written', async () => {
    const child = startInside(laid, ['node', 'src/cli/ledger-verify.ts'], variables(0));
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0);
    expect(said).toMatch(/entries/);
  });

  test('is not healthy where nothing listens', async () => {
    const child = startInside(laid, laid.health, variables(await freePort()));
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(1);
  });

  test('is never the demo: without configuration it says what is missing', async () => {
    const child = startInside(laid, laid.command, {});
    let errors = '';
    child.stderr?.on('data', (chunk) => {
      errors += chunk;
    });
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(1);
    expect(errors).toMatch(/MicrosoftAppId is missing/);
  });
});

const engine = hasEngine();

(engine ? test : test.skip)(
  `the image is built and does the same${engine ? '' : ' (NOT BUILT HERE: no Docker engine answers)'}`,
  async () => {
    const port = await freePort();
    const container = startBuilt(checkout, laid.health, variables(port));
    await provesItself(container, port).finally(container.kill);
  },
  900_000,
);
