import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

interface Locked {
  readonly version?: string;
  readonly name?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
  readonly overrides?: Versions;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked & Partial<Manifest>>>;
}

/** Everything that decides what `npm ci` brings onto a machine. */
interface Supply {
  readonly lock: Lock;
  readonly manifest: Manifest;
  /** The text of `.npmrc`; empty where there is none. */
  readonly npmrc: string;
  readonly hasShrinkwrap: boolean;
}

/** The packages that carry install scripts; of these, `node` alone may run its own. */
const SCRIPTED = [
  'node_modules/@parcel/watcher',
  'node_modules/dtrace-provider',
  'node_modules/node',
  'node_modules/unrs-resolver',
];

/** The packages that stand under another name, because some package wants two majors of them. */
const ALIASED: Versions = {
  'node_modules/@jest/react-is-18': 'react-is',
  'node_modules/@jest/react-is-19': 'react-is',
  'node_modules/string-width-cjs': 'string-width',
  'node_modules/strip-ansi-cjs': 'strip-ansi',
  'node_modules/wrap-ansi-cjs': 'wrap-ansi',
};

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

const packageFaults = (path: string, locked: Locked): readonly string[] => [
  ...(locked.hasInstallScript && !SCRIPTED.includes(path) ? [`${path} carries an install script.`] : []),
  ...(locked.resolved !== undefined ? [`${path} comes from ${locked.resolved}.`] : []),
  // 64 bytes; a second, weaker hash beside it would do for npm as well.
  ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(locked.integrity ?? '')
    ? []
    : [`${path} has no SHA-512 of its own.`]),
  ...(EXACT.test(locked.version ?? '') ? [] : [`${path} is of no version of a registry.`]),
  ...(locked.name !== ALIASED[path] ? [`${path} stands for ${locked.name}.`] : []),
  ...(locked.link ? [`${path} is a link.`] : []),
];

const manifestFaults = ({ lock, manifest }: Supply): readonly string[] => {
  const { dependencies, devDependencies, overrides = {}, allowScripts } = manifest;
  const root = lock.packages[''];
  const wanted = { dependencies, devDependencies };
  const locked = { dependencies: root?.dependencies, devDependencies: root?.devDependencies };
  const loose = Object.entries({ ...dependencies, ...devDependencies, ...overrides });
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name] && name !== 'node');
  return [
    ...(JSON.stringify(wanted) === JSON.stringify(locked) ? [] : ['The lock is of another package.json.']),
    ...loose.filter(([, version]) => !EXACT.test(version)).map(([name]) => `${name} is not pinned.`),
    ...allowed.map((name) => `${name} may run its install script.`),
  ];
};

/** What is wrong with the supply of packages, as sentences. */
const supplyFaults = (supply: Supply): readonly string[] => [
  ...manifestFaults(supply),
  ...Object.entries(supply.lock.packages).flatMap(([path, locked]) =>
    path === '' ? [] : packageFaults(path, locked),
  ),
  ...(supply.lock.lockfileVersion === 3 ? [] : ['The lock is of another npm.']),
  ...(supply.hasShrinkwrap ? ['npm-shrinkwrap.json would replace the lock.'] : []),
  ...(/registry|\/\/|auth/i.test(supply.npmrc) ? ['.npmrc names a registry.'] : []),
];

const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const ours: Supply = {
  lock: JSON.parse(read('package-lock.json')),
  manifest: JSON.parse(read('package.json')),
  npmrc: read('.npmrc'),
  hasShrinkwrap: existsSync('npm-shrinkwrap.json'),
};

const paths = Object.keys(ours.lock.packages).filter((path) => path !== '');

/** Our supply with one package that is locked otherwise. */
const withPackage = (path: string, locked: Locked): Supply => ({
  ...ours,
  lock: {
    ...ours.lock,
    packages: { ...ours.lock.packages, [path]: { ...ours.lock.packages[path], ...locked } },
  },
});

const withManifest = (change: Partial<Manifest>): Supply => ({
  ...ours,
  manifest: { ...ours.manifest, ...change },
});

const REGISTRY = 'https://registry.npmjs.org/pg/-/pg-8.23.1.tgz';

describe('the packages', () => {
  test('break no rule', () => {
    expect(paths.length).toBeGreaterThan(300);
    expect(supplyFaults(ours)).toEqual([]);
  });

  test('H183: those that are named as scripted still are, and only node may run its own', () => {
    expect(paths.filter((path) => ours.lock.packages[path]?.hasInstallScript).sort()).toEqual(SCRIPTED);
    expect(Object.entries(ours.manifest.allowScripts).filter(([, may]) => may)).toEqual([['node', true]]);
  });

  test('H183: a package that suddenly carries an install script is refused, old or new', () => {
    const evil: Locked = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
    expect(supplyFaults(withPackage('node_modules/evil', evil))).toEqual([]);
    for (const path of ['node_modules/evil', 'node_modules/pg', 'node_modules/zod/node_modules/node'])
      expect(supplyFaults(withPackage(path, { ...evil, hasInstallScript: true }))).toEqual([
        `${path} carries an install script.`,
      ]);
  });

  test('H183: permission for another script is refused, a ban is not', () => {
    const { allowScripts } = ours.manifest;
    expect(supplyFaults(withManifest({ allowScripts: { ...allowScripts, 'unrs-resolver': false } }))).toEqual(
      [],
    );
    expect(supplyFaults(withManifest({ allowScripts: { ...allowScripts, 'unrs-resolver': true } }))).toEqual([
      'unrs-resolver may run its install script.',
    ]);
  });

  test.each<[string, Locked]>([
    [
      'H184: another registry host',
      { resolved: REGISTRY.replace('registry.npmjs.org', 'registry.example.com') },
    ],
    ['H184: http', { resolved: REGISTRY.replace('https', 'http') }],
    ['H184: an address at all, since the lock keeps none', { resolved: REGISTRY }],
    ['H184: a repository', { resolved: 'git+ssh://git@github.com/brianc/node-postgres.git#0123456' }],
    ['H184: a file', { resolved: 'file:../pg.tgz' }],
    ['H184: no integrity', { integrity: '' }],
    ['H184: a weak hash', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['H184: a weak hash beside a strong one', { integrity: `sha512-${'A'.repeat(86)}== sha1-2jmj7l5rSw0=` }],
    ['H184: half a hash', { integrity: 'sha512-AAAA' }],
    ['another package in its place', { name: 'pq' }],
    ['a version that is an address', { version: 'https://example.com/pg.tgz' }],
    ['a folder of this machine', { link: true }],
  ])('a locked package with %s is refused', (_what, damage) => {
    const faults = supplyFaults(withPackage('node_modules/pg', damage));
    expect(faults).toEqual([expect.stringMatching(/^node_modules\/pg /)]);
  });

  test('H184: whichever package it is, and wherever it would come from, it is named', () => {
    const damage = fc.oneof(
      fc.webUrl().map((resolved) => ({ resolved })),
      fc.base64String().map((hash) => ({ integrity: `sha1-${hash}` })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), damage, (path, locked) => {
        expect(supplyFaults(withPackage(path, locked))).toEqual([expect.stringContaining(`${path} `)]);
      }),
      { numRuns: 50 },
    );
  });

  test.each<[string, Supply]>([
    ['a range', withManifest({ overrides: { 'unrs-resolver': '^1.12.2' } })],
    ['a dependency that the lock does not know', withManifest({ dependencies: { evil: '1.0.0' } })],
    ['a lock that takes precedence', { ...ours, hasShrinkwrap: true }],
    ['a registry of its own', { ...ours, npmrc: 'registry=https://registry.example.com' }],
    ['a registry for some', { ...ours, npmrc: '@azure:registry=http://registry.example.com' }],
    ['a lock of an older npm', { ...ours, lock: { ...ours.lock, lockfileVersion: 1 } }],
  ])('%s is refused', (_what, supply) => {
    expect(supplyFaults(supply)).toHaveLength(1);
  });
});
