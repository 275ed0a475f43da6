import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** How the files of a SQLite store stand on the disk. */
export interface StoreFiles {
  readonly path: string;
  readonly exists: boolean;
  /** Whether it is a folder or a device, where a file should be. */
  readonly isFile: boolean;
  /** Whether the file, where there is one, can be written to. */
  readonly isWritable: boolean;
  /** The folder: what is written first stands beside the file. Where it is missing the start makes it. */
  readonly folder: string;
  readonly folderExists: boolean;
  /** Whether files can be made in the folder, or where it is missing the folder itself. */
  readonly folderIsWritable: boolean;
  /** Megabytes that are left on the disk of the folder. */
  readonly freeMb: number;
  /** Permissions of the file, such as 0o600. */
  readonly mode: number;
}

const isAllowed = (path: string, what: number): boolean => {
  try {
    accessSync(path, what);
    return true;
  } catch {
    return false;
  }
};

/** The next folder above that is there. */
const standing = (folder: string): string => {
  if (existsSync(folder) || dirname(folder) === folder) return folder;
  return standing(dirname(folder));
};

const MEGABYTE = 2 ** 20;

/** Unlimited where the file system does not say how large it is. */
const freeMbAt = (folder: string): number => {
  const { blocks, bavail, bsize } = statfsSync(folder);
  return blocks === 0 ? Number.POSITIVE_INFINITY : Math.floor((bavail * bsize) / MEGABYTE);
};

/** Looks at the files of a store without touching them. */
export const lookAtFiles = (path: string): StoreFiles => {
  const found = statSync(path, { throwIfNoEntry: false });
  const folder = dirname(resolve(path));
  const base = standing(folder);
  const isFolder = statSync(base).isDirectory();
  return {
    path,
    exists: found !== undefined,
    isFile: found?.isFile() ?? true,
    isWritable: found !== undefined && isAllowed(path, constants.R_OK | constants.W_OK),
    folder,
    folderExists: base === folder && isFolder,
    folderIsWritable: isFolder && isAllowed(base, constants.W_OK | constants.X_OK),
    freeMb: freeMbAt(base),
    mode: (found?.mode ?? 0o600) & 0o777,
  };
};
