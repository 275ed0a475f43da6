import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from '@jest/globals';

/**
 * Compares what people read with the file that was reviewed. `GOLDEN=write npm test` writes the files anew; the
 * difference is then read like code.
 */
export const expectGolden = (path: string, text: string): void => {
  if (process.env.GOLDEN === 'write') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `${path} is missing`).toBe(text);
};
