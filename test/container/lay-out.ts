import { spawnSync } from 'node:child_process';
import { constants, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { chmod, chown, copyFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execForm, healthCommand, type Instruction, readDockerfile, textsOf } from './dockerfile.ts';
import { buildFiles } from './ignored.ts';

/** What an image would hold, in a folder of its own, and how it would be started. */
export interface Laid {
  /** Where the bot would stand in the image. */
  readonly home: string;
  /** The folder that its VOLUME would be. */
  readonly volume: string;
  /** The folder with the runtime, and nothing else. */
  readonly programs: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly health: readonly string[];
  /** The account that owns nothing but the volume; absent where this machine lets us be nobody else. */
  readonly account?: { readonly uid: number; readonly gid: number };
  remove(): Promise<void>;
}

interface Locked {
  readonly dev?: boolean;
}

/** The packages that `npm ci --omit=dev` would bring, as far as they are installed here. */
export const productionPackages = (checkout: string): readonly string[] => {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(join(checkout, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true && existsSync(join(checkout, path)))
    .map(([path]) => path);
};

const copyPackage = (from: string, to: string): void => {
  // What stands inside a package has an entry of its own in the lock.
  const filter = (path: string): boolean => basename(path) !== 'node_modules';
  cpSync(from, to, { recursive: true, filter, mode: constants.COPYFILE_FICLONE });
};

const copy = (checkout: string, home: string, { flags, text }: Instruction): void => {
  const words = text.split(/\s+/);
  if (flags.from !== undefined) {
    for (const path of productionPackages(checkout)) copyPackage(join(checkout, path), join(home, path));
    return;
  }
  for (const file of words.slice(0, -1).flatMap((source) => buildFiles(checkout, source))) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    cpSync(join(checkout, file), join(home, file));
  }
};

const setOff = (mode: string, ...paths: readonly string[]): void => {
  const { status } = spawnSync('chmod', ['-R', mode, ...paths]);
  if (status !== 0) throw new Error(`chmod ${mode} failed.`);
};

/** An account of this machine that can do nothing. */
const NOBODY = 65_534;

/** Does what the last stage of the Dockerfile says, as far as it is about files. */
export const layOut = async (checkout: string): Promise<Laid> => {
  const stage = readDockerfile(readFileSync(join(checkout, 'Dockerfile'), 'utf8')).at(-1);
  if (!stage) throw new Error('The Dockerfile is empty.');
  const root = mkdtempSync(join(tmpdir(), 'flagman-image-'));
  const [workdir = ''] = textsOf(stage, 'WORKDIR').slice(-1);
  const home = join(root, workdir);
  const volume = join(root, textsOf(stage, 'VOLUME').join());
  const programs = join(root, 'bin');
  mkdirSync(volume, { recursive: true });
  mkdirSync(programs);
  for (const instruction of stage.instructions)
    if (instruction.name === 'COPY') copy(checkout, home, instruction);
  await copyFile(process.execPath, join(programs, 'node'), constants.COPYFILE_FICLONE);
  setOff('a-w,a+rX', root);
  await chmod(volume, 0o700);
  const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
  if (account) await chown(volume, account.uid, account.gid);
  return {
    home,
    volume,
    programs,
    environment: Object.fromEntries(textsOf(stage, 'ENV').map((text) => text.split('=', 2))),
    command: execForm(textsOf(stage, 'CMD').join()) ?? [],
    health: healthCommand(stage) ?? [],
    ...(account && { account }),
    async remove() {
      setOff('u+w', root);
      await rm(root, { recursive: true });
    },
  };
};
