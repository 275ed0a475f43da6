import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASLEEP, type Orders, READY } from './orders.ts';

const CHILD = new URL('./child.ts', import.meta.url).pathname;

/** Shared by all children of this run and those to come. */
const CACHE = join(tmpdir(), 'flagman-kills-cache');

/** One process that carries out. */
export interface Child {
  /** Resolves when it is there. */
  readonly ready: Promise<void>;
  readonly asleep: Promise<void>;
  /** Resolves with the signal that killed it. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** What it logged as an error. */
  errors(): string;
  signal(name: 'SIGKILL' | 'SIGCONT'): void;
}

const linesOf = (process: ChildProcess, ended: Promise<unknown>) => {
  let out = '';
  process.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  const { stdout } = process;
  return async (line: string): Promise<void> => {
    while (!out.includes(line) && stdout)
      if ((await Promise.race([once(stdout, 'data'), ended.then(() => 'ended')])) === 'ended') return;
  };
};

/** Starts `child.ts` with its orders. */
export const startChild = (orders: Orders): Child => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CHILD, JSON.stringify(orders)],
    { env: { PATH: process.env.PATH, KILLS_CACHE: CACHE }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(child, 'close').then(([, signal]) => signal as NodeJS.Signals | null);
  const written = linesOf(child, ended);
  return {
    ready: written(READY),
    asleep: written(ASLEEP),
    ended,
    errors: () => errors,
    signal: (name) => void child.kill(name),
  };
};
