import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

// Unlike in a shell, a star also stands for names that begin with a dot.
const matches = (path: string, pattern: string): boolean => {
  const source = pattern
    .replace(/[^\w*/-]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('[^/]*[^/]*', '.*');
  return new RegExp(`^${source}$`).test(path);
};

/** Whether `.dockerignore` lets a path into the build: the last line that names it or a folder above it decides. */
export const isLetIn = (ignoreFile: string, path: string): boolean => {
  const parts = path.split('/');
  const above = parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
  let isIn = true;
  for (const line of ignoreFile.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/, '').replace(/^\/|\/$/g, '');
    if (above.some((one) => matches(one, pattern))) isIn = line.startsWith('!');
  }
  return isIn;
};

/** The files at or under a path of a checkout that a build gets to see, relative to the checkout. */
export const buildFiles = (checkout: string, path: string): readonly string[] => {
  const ignoreFile = readFileSync(join(checkout, '.dockerignore'), 'utf8');
  const start = join(checkout, path);
  const files = statSync(start).isFile()
    ? [path]
    : readdirSync(start, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(checkout, join(entry.parentPath, entry.name)));
  return files.filter((file) => isLetIn(ignoreFile, file));
};
