/** `npm run check`: format, lint, types, then tests with coverage (the tests hold the docs to the declarations). */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The file that the package's command starts. */
const commandOf = (name: string, command: string): string => {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin }: { bin: string | Record<string, string> } = require(manifest);
  return join(dirname(manifest), typeof bin === 'string' ? bin : (bin[command] ?? ''));
};

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

const STEPS: readonly (readonly [name: string, ...args: string[]])[] = [
  ['format and lint', commandOf('@biomejs/biome', 'biome'), 'ci', '.'],
  ['types', commandOf('typescript', 'tsc')],
  ['tests', ...jest, commandOf('jest', 'jest'), '--coverage'],
];

for (const [name, ...args] of STEPS) {
  const start = Date.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  process.stdout.write(`-- ${name}: ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  if (status !== 0) process.exit(1);
}
