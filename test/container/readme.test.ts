import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { CLOUDS } from '../../src/entra/clouds.ts';
import { GRAPH_PROBLEMS } from '../../src/entra/graph-problem.ts';
import { openStore } from '../../src/store/store.ts';
import { VARIABLES } from '../../src/variables.ts';

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
    const variables = all(azure, /\{name: (\w+), value: /g).map((name) => name.replace(/_FILE$/, ''));
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
    for (const statement of statements) expect(made).toContain(statement.replace("'…'", ":'password'"));
  });

  test('watches what is counted and logged', () => {
    const events = [...all(watched, /event="([^"]+)"/g), ...all(watched, /`([a-z]+\.[a-z-]+)`/g)];
    const logged = all(watched, /"([a-z]+\.[a-z-]+)"/g);
    expect(events.length + logged.length).toBeGreaterThan(20);
    expect([...events, ...logged].filter((event) => !code.includes(`'${event}'`))).toEqual([]);
    const [reasons = ''] = all(watched, /event="graph\.failed",reason=~"([^"]+)"/g);
    const unknown = reasons.split('\\|').filter((reason) => !GRAPH_PROBLEMS.some((one) => one === reason));
    expect(unknown).toEqual([]);
    const ours = all(watched, /(flagman_\w+?)(?:_count|_bucket)?[{[]/g);
    expect(ours.filter((metric) => !code.includes(`'${metric}'`))).toEqual([]);
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
