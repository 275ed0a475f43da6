import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const SRC = resolve('src');

/** What each folder may import from other folders; `type` means types alone. */
const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, 'all' | 'type'>>>> = {
  lib: {},
  entra: { lib: 'all' },
  ledger: { lib: 'all', entra: 'all' },
  policy: { lib: 'all', entra: 'all' },
  actions: { lib: 'all', entra: 'all' },
  cards: { lib: 'all', entra: 'all', policy: 'all', actions: 'all' },
  files: { lib: 'all', entra: 'all', ledger: 'all', policy: 'all', actions: 'all', cards: 'all' },
  commands: { lib: 'all', entra: 'all', policy: 'all', actions: 'all', cards: 'all', files: 'all' },
  bot: {
    lib: 'all',
    entra: 'all',
    policy: 'all',
    actions: 'all',
    cards: 'all',
    commands: 'all',
    files: 'all',
  },
  config: { lib: 'all', entra: 'all', policy: 'all', commands: 'all', bot: 'type' },
  graph: { lib: 'all', entra: 'all' },
  store: { lib: 'all', entra: 'all', ledger: 'type', actions: 'type' },
  teams: { lib: 'all', entra: 'all', cards: 'type' },
  demo: { lib: 'all', entra: 'all', cards: 'type' },
};

/** Packages that only one folder may know. */
const AT_HOME: Readonly<Record<string, string>> = {
  botbuilder: 'teams',
  'botbuilder-core': 'teams',
  'botframework-connector': 'teams',
  restify: 'teams',
  '@microsoft/microsoft-graph-client': 'graph',
  kysely: 'store',
  'better-sqlite3': 'store',
  pg: 'store',
  'adaptivecards-templating': 'cards',
};

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = (readdirSync(SRC, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(SRC, file));

const folderOf = (path: string): string => {
  const [first, second] = relative(SRC, path).split(sep);
  return first !== undefined && second !== undefined ? first : '';
};

const importsOf = (file: string): readonly Import[] => {
  const source = readFileSync(file, 'utf8');
  const found = source.matchAll(
    /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, type, from, bare, dynamic]) => ({
    file: relative(SRC, file),
    folder: folderOf(file),
    target: from ?? bare ?? dynamic ?? '',
    typeOnly: type !== undefined,
  }));
};

const imports = files.flatMap(importsOf);

describe('the house', () => {
  test('has rooms to look at', () => {
    expect(new Set(imports.map(({ folder }) => folder)).size).toBeGreaterThan(8);
  });

  test('each folder imports only from the folders below it', () => {
    const wrong = imports.filter(({ file, folder, target, typeOnly }) => {
      const rules = MAY_IMPORT[folder];
      if (!rules || !target.startsWith('.')) return false;
      const other = folderOf(resolve(SRC, dirname(file), target));
      if (other === folder) return false;
      const allowed = rules[other];
      return allowed === undefined || (allowed === 'type' && !typeOnly);
    });
    expect(wrong).toEqual([]);
  });

  test('every folder has its rule', () => {
    const folders = new Set(files.map(folderOf));
    expect(
      [...folders].filter((folder) => !['', 'cli', ...Object.keys(MAY_IMPORT)].includes(folder)),
    ).toEqual([]);
  });

  test('the README names every file that stands beside the folders, and every folder', () => {
    const readme = readFileSync('README.md', 'utf8');
    const names = readdirSync(SRC).filter((name) => name !== 'cli');
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  test('each outside world is known to one folder', () => {
    const wrong = imports.filter(({ folder, target }) =>
      Object.entries(AT_HOME).some(
        ([name, home]) => (target === name || target.startsWith(`${name}/`)) && folder !== home,
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('only the configuration reads the environment', () => {
    const readers = files.filter((file) => readFileSync(file, 'utf8').includes('process.env'));
    expect(
      readers.map((file) => relative(SRC, file)).filter((file) => !/^(main|config)\.ts$/.test(file)),
    ).toEqual([]);
  });
});
