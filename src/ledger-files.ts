import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The secret in a file that is readable by its owner alone; made when there is none. For trying Flagman only. */
export const secretBeside = (path: string): Uint8Array => {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  return Buffer.from(readFileSync(path, 'utf8'), 'hex');
};

/** The newest checkpoint's note; undefined when none was written yet. */
export const loadCheckpoint = async (path: string): Promise<string | undefined> =>
  existsSync(path) ? readFile(path, 'utf8') : undefined;

/** Forgets a note whose ledger is gone. */
export const dropCheckpoint = (path: string): Promise<void> => rm(path, { force: true });

/** Puts a note in the place of the one before: whenever the process is killed, one of both is there, whole. */
export const saveCheckpoint = async (path: string, note: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.writeFile(note);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
};
