/**
 * `npm run test:soak [-- kills]`: the long forms of this folder, all or those named, one after the other. Each is
 * told its seed in `SEED` and prints it too: `SEED=17 npm run test:soak -- kills` does the same once more.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const SELF = basename(import.meta.filename);
const { SEED = String(randomInt(2 ** 31)) } = process.env;

const named = process.argv.slice(2).map((name) => `${name}.ts`);
const there = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && file !== SELF);
const unknown = named.filter((file) => !there.includes(file));
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}; there is ${there.join(', ')}.`);

/** Whether it went well. */
const run = (file: string): boolean => {
  const start = performance.now();
  process.stdout.write(`== ${file}, SEED=${SEED}\n`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, join(import.meta.dirname, file)], {
    stdio: 'inherit',
    env: { ...process.env, SEED },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(`== ${file}, SEED=${SEED}: ${status === 0 ? 'ok' : 'FAILED'} after ${seconds} s\n`);
  return status === 0;
};

const failed = (named.length > 0 ? named : there).filter((file) => !run(file));
process.exitCode = failed.length > 0 ? 1 : 0;
