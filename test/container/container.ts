import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Laid } from './lay-out.ts';

type Variables = Readonly<Record<string, string>>;

/** The bot as the image runs it. */
export interface Container {
  /** Everything that it wrote so far. */
  out(): string;
  /** Resolves once that was written; rejects when it ends before. */
  written(what: RegExp): Promise<void>;
  /** The exit code of the health check. */
  health(): Promise<number | null>;
  /** Sends SIGTERM and gives the exit code. */
  stop(): Promise<number | null>;
  /** Ends it, whatever it does; nothing where it has ended. */
  kill(): void;
}

const exitOf = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};

const watch = (child: ChildProcess): Pick<Container, 'out' | 'written'> => {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
    });
  }
  return {
    out: () => text,
    async written(what) {
      while (!what.test(text)) {
        if (child.exitCode !== null)
          throw new Error(`It ended with ${child.exitCode} before ${what}:\n${text}`);
        await sleep(20);
      }
    },
  };
};

/** Starts a program of the laid out image in its home, as its account, with what it would find around it. */
export const startInside = (
  { home, programs, environment, account }: Laid,
  [program = '', ...args]: readonly string[],
  variables: Variables,
): ChildProcess =>
  spawn(`${programs}/${program}`, args, {
    cwd: home,
    env: { PATH: programs, HOME: '/nonexistent', ...environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  });

/** Starts what was laid out. */
export const startLaid = (laid: Laid, variables: Variables): Container => {
  const child = startInside(laid, laid.command, variables);
  return {
    ...watch(child),
    health: () => exitOf(startInside(laid, laid.health, variables)),
    stop() {
      child.kill('SIGTERM');
      return exitOf(child);
    },
    kill: () => void child.kill('SIGKILL'),
  };
};

const docker = (...args: readonly string[]): number | null =>
  spawnSync('docker', args, { stdio: 'ignore', timeout: 600_000 }).status;

/** Whether there is a Docker engine, not only the command. */
export const hasEngine = (): boolean => docker('version', '--format', '{{.Server.Version}}') === 0;

/** What compose.yaml demands of a container, and the network of this machine, where the pretend Microsoft stands. */
const CONFINED =
  '--network=host --read-only --tmpfs=/tmp --cap-drop=ALL --security-opt=no-new-privileges:true --memory=1536m';

/** Builds the image and runs it. */
export const startBuilt = (checkout: string, health: readonly string[], variables: Variables): Container => {
  const name = `flagman-test-${randomUUID()}`;
  if (docker('build', '--tag', name, checkout) !== 0) throw new Error('The image cannot be built.');
  const given = Object.entries(variables).flatMap(([variable, value]) => ['--env', `${variable}=${value}`]);
  const child = spawn('docker', ['run', '--rm', '--name', name, ...CONFINED.split(' '), ...given, name], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    ...watch(child),
    health: async () => docker('exec', name, ...health),
    async stop() {
      docker('kill', '--signal=TERM', name);
      return exitOf(child);
    },
    kill() {
      docker('rm', '--force', '--volumes', name);
      docker('image', 'rm', name);
    },
  };
};
