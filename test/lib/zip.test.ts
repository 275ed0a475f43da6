import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { zip } from '../../src/lib/zip.ts';
import { unzip } from './unzip.ts';

const FILES = [
  { name: 'manifest.json', bytes: Buffer.from('{"name":"Flagman"}\n') },
  { name: 'empty', bytes: Buffer.alloc(0) },
  { name: 'Zoë.png', bytes: Buffer.from([0, 255, 0x50, 0x4b, 3, 4]) },
];

const files = fc.array(
  fc.record({
    name: fc.string({ unit: 'grapheme', minLength: 1 }),
    bytes: fc.uint8Array({ maxLength: 300 }),
  }),
  { maxLength: 5 },
);

const hasUnzip = spawnSync('unzip', ['-v']).status === 0;

describe('an archive', () => {
  test('gives back every file, whatever its name and bytes', () => {
    fc.assert(
      fc.property(files, (packed) => {
        const found = unzip(zip(packed)).map(({ name, bytes }) => ({ name, bytes: [...bytes] }));
        expect(found).toEqual(
          packed.map(({ name, bytes }) => ({ name: name.toWellFormed(), bytes: [...bytes] })),
        );
      }),
    );
  });

  test('tells nothing of when it was made', () => {
    expect(unzip(zip(FILES)).map(({ written }) => written)).toEqual([0x210000, 0x210000, 0x210000]);
    expect(zip(FILES).equals(zip(FILES))).toBe(true);
  });

  test('of no files is one, too', () => {
    expect(unzip(zip([]))).toEqual([]);
  });

  test('is refused where the format has no room for it', () => {
    expect(() => zip([{ name: 'n'.repeat(65_536), bytes: Buffer.alloc(0) }])).toThrow(/out of range/);
  });

  (hasUnzip ? test : test.skip)('is one that unzip reads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'flagman-zip-'));
    try {
      writeFileSync(join(folder, 'some.zip'), zip(FILES));
      const { status, stdout } = spawnSync('unzip', ['-t', 'some.zip'], { cwd: folder, encoding: 'utf8' });
      expect(stdout).toMatch(/No errors detected/);
      expect(status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
