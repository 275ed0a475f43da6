import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { VARIABLES } from '../../src/config/variables.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';
import { GRAPH_PROBLEMS } from '../../src/entra/graph-problem.ts';
import { openStore } from '../../src/store/store.ts';
import { isLetIn } from './ignored.ts';

const readme = readFileSync('README.md', 'utf8');
const code = (readdirSync('src', { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts') && !file.startsWith('demo'))
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n');

/** A chapter of the README, from its heading to the next one of the same depth. */
const chapter = (heading: string): string => {
  const [depth = ''] = /^#+/.exec(heading) ?? [];
  const [, after] = readme.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`README.md has no "${heading}".`);
  return after.split(new RegExp(`\n#{1,${depth.length}} `))[0] ?? '';
};

const blocks = (text: string, language: string): readonly string[] =>
  Array.from(
    text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms')),
    ([, block = '']) => block,
  );

const all = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), ([, found = '']) => found);

const azure = chapter('## Deploy on Azure');
const running = chapter('## Running it');
const watched = chapter('### What to watch');

describe('what the README says about running the image', () => {
  test('is shell where it says so', () => {
    const scripts = [chapter('### In containers'), azure, running].flatMap((text) => blocks(text, 'sh'));
    expect(scripts.length).toBeGreaterThan(7);
    for (const script of scripts) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      expect([script, status, stderr]).toEqual([script, 0, '']);
    }
  });

  test('gives the identity on Azure the permissions of the table', () => {
    const [given = ''] = all(azure, /for PERMISSION in (.*); do/g);
    const wanted = all(chapter('## Putting it into a tenant'), /^ *\| `([A-Z]\w+(?:\.\w+)+)` \|/gm);
    expect(given.split(' ').sort()).toEqual([...wanted].sort());
  });

  test('names every host that the bot speaks to in the global cloud', () => {
    const { graphUrl, loginUrl, botOpenIdUrl, serviceHosts } = CLOUDS.global;
    const hosts = [graphUrl, loginUrl, botOpenIdUrl].map((url) => new URL(url).hostname);
    const named = all(azure, /`([\w.-]+\.(?:com|net))`/g);
    expect([...hosts, ...serviceHosts].filter((host) => !named.includes(host))).toEqual([]);
  });

  test('sets variables that are read, and asks where the bot answers', () => {
    const [, bot = ''] = azure.split('cat > flagman.yaml');
    const variables = all(bot + watched, /\{name: ([A-Z]\w+), value: /g).map((name) =>
      name.replace(/_FILE$/, ''),
    );
    expect(variables.length).toBeGreaterThan(4);
    expect(variables.filter((name) => !(name in VARIABLES))).toEqual([]);
    expect(new Set(all(azure, /(?:port|targetPort): (\d+)/g))).toEqual(new Set([VARIABLES.PORT.usual]));
    for (const path of new Set(all(azure, /path: (\/\w+),/g))) expect(code).toContain(`server.get('${path}'`);
  });

  test('has the database of compose.yaml, and its role', () => {
    const image = /image: (postgres:\S+)/.exec(readFileSync('compose.yaml', 'utf8'))?.[1] ?? 'none';
    expect(azure).toContain(`docker.io/library/${image}`);
    expect(azure).toContain(`--version ${/:(\d+)/.exec(image)?.[1]} `);
    const made = readFileSync('compose/database.sql', 'utf8');
    const statements = blocks(chapter('### Several replicas'), 'sql').join('').trim().split('\n');
    expect(statements).toHaveLength(3);
    for (const statement of statements) {
      const filledIn = statement.replace("'…'", ":'password'");
      expect(made).toContain(filledIn);
      expect(azure).toContain(filledIn);
    }
  });

  test('names tools that the image holds, and no npm, which it does not hold', () => {
    const ignoreFile = readFileSync('.dockerignore', 'utf8');
    expect([...all(azure, /(npm run)/g), ...all(running, /(npm run)/g)]).toEqual([]);
    const tools = new Set(all(readme, /node (src\/cli\/[\w-]+\.ts)/g));
    expect(tools.size).toBeGreaterThan(1);
    expect([...tools].filter((tool) => !existsSync(tool) || !isLetIn(ignoreFile, tool))).toEqual([]);
  });

  test('is what the image says of itself: it names its tools by their files', () => {
    const ignoreFile = readFileSync('.dockerignore', 'utf8');
    const held = (readdirSync('src', { recursive: true }) as string[])
      .map((file) => join('src', file))
      .filter((file) => file.endsWith('.ts') && isLetIn(ignoreFile, file));
    const said = held.map((file) => readFileSync(file, 'utf8')).join('\n');
    expect(all(said, /(npm run.*)/g)).toEqual([]);
    const tools = new Set(all(said, /node (src\/cli\/[\w-]+\.ts)/g));
    expect(tools.size).toBeGreaterThan(3);
    expect([...tools].filter((tool) => !held.includes(tool))).toEqual([]);
  });

  test('hands secrets over in files, and shows none', () => {
    const scripts = [chapter('### In containers'), azure, running].flatMap((text) => blocks(text, 'sh'));
    const words = scripts.join('\n');
    expect(words).not.toMatch(/--value |--(admin-password|logs-workspace-key) [^@]|\becho\b/);
    for (const script of scripts)
      if (/openssl rand|backup\(/.test(script)) expect(script).toMatch(/umask|\$SECRETS/);
  });

  test('lets the other user read what compose.yaml mounts', () => {
    const mounted = all(readFileSync('compose.yaml', 'utf8'), /- \.\/(\S+?):/g);
    expect(mounted).toHaveLength(1);
    for (const path of mounted) expect(chapter('### In containers')).toContain(`chmod a+r ${path} `);
  });

  test('watches what is counted and logged', () => {
    const events = [...all(watched, /event="([^"]+)"/g), ...all(watched, /`([a-z]+\.(?!yaml)[a-z-]+)`/g)];
    const logged = all(watched, /"([a-z]+\.[a-z-]+)"/g);
    expect(events.length + logged.length).toBeGreaterThan(20);
    expect([...events, ...logged].filter((event) => !code.includes(`'${event}'`))).toEqual([]);
    const [reasons = ''] = all(watched, /event="graph\.failed",reason=~"([^"]+)"/g);
    const [kinds = ''] = all(watched, /why in \((.*)\)\)/g);
    expect(all(kinds, /"([\w-]+)"/g)).toEqual(reasons.split('\\|'));
    const unknown = reasons.split('\\|').filter((reason) => !GRAPH_PROBLEMS.some((one) => one === reason));
    expect(unknown).toEqual([]);
    const ours = all(watched, /(flagman_\w+?)(?:_count|_bucket)?[{[]/g);
    expect(ours.filter((metric) => !code.includes(`'${metric}'`))).toEqual([]);
  });

  test('restores SQLite to what the backup held, which nobody else may read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flagman-restored-'));
    const [backUp = '', restore = ''] = blocks(chapter('### Backups'), 'sh').map((script) =>
      script.replace(/^docker .*$/m, '').replaceAll('/backup/', `${folder}/backup/`),
    );
    for (const name of ['data', 'backup']) mkdirSync(join(folder, name));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    const sh = (script: string): void => {
      const { status, stderr } = spawnSync('bash', ['-ec', script], { cwd: folder, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    };
    const at = join(folder, 'data/flagman.db');
    const numbers = (): unknown =>
      new Database(at, { readonly: true }).prepare('select last from share_counter').pluck().get();
    await (await openStore(at)).close();
    sh(backUp);
    expect(statSync(join(folder, 'backup/flagman.db')).mode & 0o077).toBe(0);
    const running = new Database(at);
    running.exec('update share_counter set last = 7');
    // What a killed process leaves: a file, and a journal that holds the change.
    for (const end of ['', '-wal', '-shm']) copyFileSync(`${at}${end}`, join(folder, `left${end}`));
    running.close();
    for (const end of ['', '-wal', '-shm']) copyFileSync(join(folder, `left${end}`), `${at}${end}`);
    expect(statSync(`${at}-wal`).size).toBeGreaterThan(0);
    sh(restore);
    expect(numbers()).toBe(0);
  });

  test('puts a new key before the old ones with compose', () => {
    const folder = mkdtempSync(join(tmpdir(), 'flagman-rotated-'));
    mkdirSync(join(folder, 'secrets'));
    mkdirSync(join(folder, 'bin'));
    const stub = (name: string, text: string): void =>
      writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    for (const [name, text] of [
      ['docker', 'true'],
      ['chown', 'true'],
      ['sudo', 'exec "$@"'],
    ] as const)
      stub(name, text);
    const secret = (name: string): string => readFileSync(join(folder, 'secrets', name), 'utf8').trim();
    writeFileSync(join(folder, 'secrets/ledger_key'), `${'01'.repeat(32)}\n`);
    writeFileSync(join(folder, 'secrets/ledger_old_keys'), '');
    const [rotate = ''] = blocks(chapter('### Key rotation'), 'sh');
    const had: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      had.unshift(secret('ledger_key'));
      const { status, stderr } = spawnSync('bash', ['-ec', rotate], {
        cwd: folder,
        env: { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` },
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, '']);
      expect(secret('ledger_old_keys')).toBe(had.join(','));
      expect(secret('ledger_key')).toMatch(/^[\da-f]{64}$/);
      expect(had).not.toContain(secret('ledger_key'));
      expect(statSync(join(folder, 'secrets/ledger_old_keys')).mode & 0o377).toBe(0);
    }
  });

  test('skips numbers after a restore with statements that the store understands', async () => {
    const data = join(mkdtempSync(join(tmpdir(), 'flagman-restored-')), 'flagman.db');
    await (await openStore(data)).close();
    const statements = all(running, /(update \w+_counter set [^;]+);/g);
    expect(statements).toHaveLength(2);
    const database = new Database(data);
    for (const statement of statements) expect(database.prepare(statement).run().changes).toBe(1);
    database.close();
  });
});
