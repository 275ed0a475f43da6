import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { chmod, chown, copyFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import {
  execForm,
  healthCommand,
  type Instruction,
  readDockerfile,
  type Stage,
  textsOf,
} from './dockerfile.ts';
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

const setOff = (mode: string, ...paths: readonly string[]): void => {
  const { status } = spawnSync('chmod', ['-R', mode, ...paths]);
  if (status !== 0) throw new Error(`chmod ${mode} failed.`);
};

/** Copies of a checkout what the build gets to see of it, with the modes that it has there. */
const copyIn = (checkout: string, source: string, to: string): void => {
  const files = buildFiles(checkout, source);
  const filter = (path: string): boolean => {
    const name = relative(checkout, path);
    return files.some((file) => file === name || file.startsWith(`${name}/`));
  };
  const isFile = statSync(join(checkout, source)).isFile();
  cpSync(join(checkout, source), isFile ? join(to, source) : to, { recursive: true, filter });
};

const copy = ({ checkout, roots }: Build, folder: string, { flags: { from }, text }: Instruction): void => {
  const words = text.split(/\s+/);
  const to = join(folder, words.at(-1) ?? '');
  for (const source of words.slice(0, -1)) {
    if (from === undefined) copyIn(checkout, source, to);
    // Moved, not copied: nobody needs the stage any more.
    else renameSync(join(roots.get(from) ?? '', source), to.endsWith('/') ? join(to, basename(source)) : to);
  }
};

/** Does of a RUN what is about the files of the bot: their packages, and their modes. */
const run = (checkout: string, folder: string, text: string): void => {
  if (text.startsWith('npm ci '))
    for (const path of productionPackages(checkout)) copyPackage(join(checkout, path), join(folder, path));
  const [, mode] = /^chmod -R (\S+) \.$/.exec(text) ?? [];
  if (mode !== undefined) setOff(mode, folder);
};

interface Build {
  readonly checkout: string;
  /** The root of each stage by its name. */
  readonly roots: Map<string, string>;
}

/** A folder that anybody may look into, as Docker makes them. */
const makeFolder = (path: string): void => {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
};

/** Does what a stage says about files, under a root of its own. */
const make = (build: Build, root: string, { alias, instructions }: Stage): void => {
  let folder = root;
  makeFolder(root);
  for (const instruction of instructions) {
    if (instruction.name === 'WORKDIR') {
      folder = join(root, instruction.text);
      makeFolder(folder);
    }
    if (instruction.name === 'COPY') copy(build, folder, instruction);
    if (instruction.name === 'RUN') run(build.checkout, folder, instruction.text);
  }
  if (alias !== undefined) build.roots.set(alias, root);
};

/** A copy of a checkout as somebody has it who cloned it under umask 077: what the build needs of it, and its packages. */
export const cloneStrictly = (checkout: string): string => {
  const clone = mkdtempSync(join(tmpdir(), 'flagman-clone-'));
  for (const path of ['Dockerfile', '.dockerignore', 'package.json', 'package-lock.json', 'cards', 'src'])
    cpSync(join(checkout, path), join(clone, path), { recursive: true });
  setOff('go=', clone);
  symlinkSync(resolve(checkout, 'node_modules'), join(clone, 'node_modules'));
  return clone;
};

/** An account of this machine that can do nothing. */
const NOBODY = 65_534;

/** Does what the Dockerfile says, as far as it is about files. */
export const layOut = async (checkout: string): Promise<Laid> => {
  const stages = readDockerfile(readFileSync(join(checkout, 'Dockerfile'), 'utf8'));
  const last = stages.at(-1);
  if (!last) throw new Error('The Dockerfile is empty.');
  const root = mkdtempSync(join(tmpdir(), 'flagman-image-'));
  makeFolder(root);
  const build = { checkout, roots: new Map<string, string>() };
  for (const [index, stage] of stages.entries()) make(build, join(root, `stage-${index}`), stage);
  const image = join(root, `stage-${stages.length - 1}`);
  const home = join(image, textsOf(last, 'WORKDIR').at(-1) ?? '');
  const volume = join(image, textsOf(last, 'VOLUME').join());
  const programs = join(root, 'bin');
  makeFolder(programs);
  await copyFile(process.execPath, join(programs, 'node'), constants.COPYFILE_FICLONE);
  const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
  mkdirSync(volume, { recursive: true });
  // In the image everything belongs to root; where we are the bot ourselves, it must not be ours to write.
  if (!account) setOff('a-w', home);
  await chmod(volume, 0o700);
  if (account) await chown(volume, account.uid, account.gid);
  return {
    home,
    volume,
    programs,
    environment: Object.fromEntries(textsOf(last, 'ENV').map((text) => text.split('=', 2))),
    command: execForm(textsOf(last, 'CMD').join()) ?? [],
    health: healthCommand(last) ?? [],
    ...(account && { account }),
    async remove() {
      setOff('u+w', root);
      await rm(root, { recursive: true });
    },
  };
};
