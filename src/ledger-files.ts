import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { access, constants, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, fileError } from './lib/file-error.ts';
import { linesOf } from './lib/lines.ts';

const CHECKPOINT = 'LEDGER_CHECKPOINT_FILE';

/** The secret in a file that is readable by its owner alone; made when there is none. For trying Flagman only. */
export const secretBeside = (path: string): Uint8Array => {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
    return Buffer.from(readFileSync(path, 'utf8'), 'hex');
  } catch (error) {
    throw fileError('The file with the key of the ledger', 'read', path, error);
  }
};

/** Throws a sentence where the file, of which `name` tells who named it, cannot be read. */
export const needFile = async (name: string, path: string): Promise<void> => {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw fileError(name, 'read', path, error);
  }
};

/** The text of a file; throws a sentence where there is none. */
export const loadText = async (name: string, path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileError(name, 'read', path, error);
  }
};

/** The lines of a file as bytes, some of them in memory at once. Throws a sentence where it cannot be read. */
export async function* loadLines(name: string, path: string): AsyncGenerator<Buffer, void> {
  try {
    // In Latin 1 every byte is a character, so that none is lost that is no text.
    for await (const line of linesOf(createReadStream(path, 'latin1'))) yield Buffer.from(line, 'latin1');
  } catch (error) {
    throw fileError(name, 'read', path, error);
  }
}

/** Makes a file that was not there; throws a sentence where it is: it may be somebody's evidence. */
export const makeFile = async (name: string, path: string): Promise<FileHandle> => {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    throw fileError(name, 'written', path, error);
  }
};

/** The newest checkpoint's note; undefined when none was written yet. Throws a sentence where it cannot be read. */
export const loadCheckpoint = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // Only what certainly is not there counts as absent: a note out of reach must not pass for none.
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw fileError(CHECKPOINT, 'read', path, error);
  }
};

/** Forgets a note whose ledger is gone. */
export const dropCheckpoint = (path: string): Promise<void> => rm(path, { force: true });

const replaceFile = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  // Replicas may share the file, and none may write into what another is about to rename.
  const fresh = `${path}.${randomUUID()}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
};

/** Puts a note in the place of the one before: whenever the process is killed, one of both is there, whole. */
export const saveCheckpoint = async (path: string, note: string): Promise<void> => {
  try {
    await replaceFile(path, note);
  } catch (error) {
    throw fileError(CHECKPOINT, 'written', path, error);
  }
};
