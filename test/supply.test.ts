import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('the packages', () => {
  test('H183: only these carry install scripts, and only node may run its own', () => {
    const scripted = packages.filter(([, locked]) => locked.hasInstallScript).map(([path]) => path);
    expect(scripted.sort()).toEqual([
      'node_modules/@parcel/watcher',
      'node_modules/dtrace-provider',
      'node_modules/node',
      'node_modules/unrs-resolver',
    ]);
    expect(manifest.allowScripts).toEqual({ node: true });
  });

  test('H184: the lock names no download address, and every package has its integrity', () => {
    expect(packages.length).toBeGreaterThan(300);
    for (const [path, locked] of packages) {
      expect([path, locked.resolved]).toEqual([path, undefined]);
      expect([path, locked.integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    }
  });

  test('every version is pinned exactly', () => {
    const versions: string[] = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
