import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A bot in a process of its own. */
export interface BotProcess {
  readonly url: string;
  /** Milliseconds from the start of the process until `/readyz` answered 200. */
  readonly startedIn: number;
  /** Resident memory in bytes. */
  memory(): number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 20_000;

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`)).status === 200;
  } catch {
    return false;
  }
};

const untilReady = async (url: string, child: ChildProcess, start: number): Promise<number> => {
  while (performance.now() - start < READY_WITHIN_MS) {
    if (child.exitCode !== null)
      throw new Error(`The bot exited with ${child.exitCode} before it was ready.`);
    if (await isReady(url)) return performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('The bot was not ready in time.');
};

/** The flags of Node with which `npm start` runs: a bot is measured as it is run. */
const FLAGS: readonly string[] = JSON.parse(readFileSync('package.json', 'utf8'))
  .scripts.start.split(' ')
  .filter((word: string) => word.startsWith('--'));

/** Starts a script as a bot on the given port and waits until it is ready. */
export const startBot = async (
  script: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): Promise<BotProcess> => {
  const url = `http://127.0.0.1:${port}`;
  const start = performance.now();
  const child = spawn(process.execPath, [...FLAGS, script], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', PORT: String(port), ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = once(child, 'exit');
  const startedIn = await untilReady(url, child, start);
  return {
    url,
    startedIn,
    memory() {
      const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      return Number(rss?.[1]) * 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
};
