import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const HERE = new URL('./', import.meta.url);
const SHARED = new URL('../../shared/data/hostile.json', import.meta.url);
const there = existsSync(SHARED);

const Cases = z.object({
  cases: z.array(
    z.object({ id: z.string(), area: z.string(), expected: z.string(), issue: z.string().optional() }),
  ),
});
const { cases } = Cases.parse(JSON.parse(readFileSync(new URL('data/hostile.json', HERE), 'utf8')));

/** Areas that reading, answering, changing and sharing must withstand; `watch` is about watches, which there are none of. */
const AREAS = new Set(
  `auth activity identity card-action role command odata unicode time paging graph-http render config dos secret
  store crash replica delivery ledger export supply`.split(/\s+/),
);

const sources = readdirSync(HERE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && path !== 'hostile.test.ts')
  .map((path) => readFileSync(new URL(path, HERE), 'utf8'))
  .join('\n');

// An id begins the name of a test, or of a row of its table.
const tested = new Set(Array.from(sources.matchAll(/['"`](H\d{3})\b/g), ([, id]) => id));

describe('hostile cases', () => {
  const due = cases.filter(
    ({ area, issue }) => issue === 'approvals' || (issue === undefined && AREAS.has(area)),
  );

  test('are many', () => {
    expect(due.length).toBeGreaterThan(90);
  });

  test.each(due.map(({ id, area, expected }) => [id, area, expected]))('%s (%s) has a test: %s', (id) => {
    expect(tested).toContain(id);
  });

  (there ? test : test.skip)('are those of the shared file', () => {
    expect(readFileSync(new URL('data/hostile.json', HERE), 'utf8')).toBe(readFileSync(SHARED, 'utf8'));
  });
});
