import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;

/** `src/main.ts` in a process of its own, in an empty folder, with these variables and no others. */
export interface MainProcess {
  /** Everything written so far, standard output and standard error. */
  readonly out: () => string;
  readonly errors: () => string;
  /** Resolves with the match once it was written; rejects when the process ends before. */
  written(what: RegExp): Promise<RegExpExecArray>;
  /** Sends SIGTERM. */
  stop(): void;
  /** Sends SIGKILL. */
  kill(): void;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

export const startMain = (variables: Readonly<Record<string, string>>): MainProcess => {
  const child = spawn(process.execPath, [MAIN], {
    cwd: mkdtempSync(join(tmpdir(), 'flagman-main-')),
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    out += chunk;
    errors += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    out: () => out,
    errors: () => errors,
    async written(what) {
      for (;;) {
        const match = what.exec(out);
        if (match) return match;
        const data = [once(child.stdout, 'data'), once(child.stderr, 'data')];
        if ((await Promise.race([...data, ended.then(() => 'ended')])) === 'ended' && !what.test(out))
          throw new Error(`It ended without ${what}:\n${out}`);
      }
    },
    stop: () => void child.kill('SIGTERM'),
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
};
