import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { documents } from '../../src/cli/documents.ts';
import { VARIABLES } from '../../src/config/variables.ts';

describe('the documents', () => {
  test.each(documents())('$path is what the declarations say (npm run docs)', ({ path, text }) => {
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(text);
  });

  test('.env.sample names every variable', () => {
    const sample = readFileSync('.env.sample', 'utf8');
    const named = [...sample.matchAll(/^(?:# )?(\w+)=/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(VARIABLES).sort());
  });
});
