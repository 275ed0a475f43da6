import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { meaningOf } from './reading.ts';

/** What people may say and what it means, read and judged by people. UPDATE_GOLDEN=1 writes it anew. */
const file = new URL('./golden/phrases.json', import.meta.url);
const golden: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(file, 'utf8'));

if (process.env.UPDATE_GOLDEN) {
  const anew = Object.fromEntries(Object.keys(golden).map((phrase) => [phrase, meaningOf(phrase)]));
  writeFileSync(file, `${JSON.stringify(anew, null, 1)}\n`);
}

test.each(Object.entries(golden))('"%s" means what it meant when it was judged', (phrase, meaning) => {
  expect(JSON.parse(JSON.stringify(meaningOf(phrase)))).toEqual(meaning);
});
