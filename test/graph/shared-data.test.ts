import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { GraphProblem, GraphProblemKind } from '../../src/entra/graph-problem.ts';
import { explainGraphProblem } from '../../src/entra/graph-problem-words.ts';
import { type Answer, page, refusal } from './support/scripted.ts';
import { problemFrom, question, world } from './support/world.ts';

const DATA = new URL('../../../shared/data/', import.meta.url);
const there = existsSync(DATA);
const PERSON = { priority: 'person' } as const;

const ErrorsFile = z.object({
  seen: z.array(
    z.object({ status: z.number(), code: z.string().nullable(), message: z.string(), means: z.string() }),
  ),
});

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, DATA), 'utf8'));

const answerFor = ({ status, code, message }: z.infer<typeof ErrorsFile>['seen'][number]): Answer =>
  code === null ? { status, text: '<html>Gateway</html>' } : refusal(status, code, message);

/** What each row of the file, in its order, must be called. */
const KINDS: readonly GraphProblemKind[] = [
  'no-licence',
  'permission-missing',
  'permission-missing',
  'directory-permission-missing',
  'denied',
  'feature-not-licensed',
  'invalid-filter',
  'skip-token',
  'not-risky',
  'too-many-results',
  'advanced-query',
  'not-found',
  'throttled',
  'gateway-timeout',
  'token-rejected',
  'claims-required',
  'conflict',
  'not-applicable',
];

(there ? describe : describe.skip)('every error that people met', () => {
  const rows = there ? ErrorsFile.parse(read('errors.json')).seen : [];

  test.each(rows.map((row, index) => [index, row.code ?? 'no code', row.message, row] as const))(
    '%d: %s %s has a name and words',
    async (index, _code, _message, row) => {
      const { graph } = await world(() => answerFor(row));
      const problem: GraphProblem = await problemFrom(graph.readSignIns(question(), PERSON));
      expect(problem).toMatchObject({ kind: KINDS[index], status: row.status });
      const { what, why, next } = explainGraphProblem(problem);
      for (const words of [what, why, next]) expect(words).toMatch(/\w/);
    },
  );

  test('has a name in this test', () => {
    expect(rows).toHaveLength(KINDS.length);
  });
});

const examples = there
  ? readdirSync(new URL('examples/', DATA)).filter((name) => /signin-(get|list).*response/.test(name))
  : [];

(there ? describe : describe.skip)('Microsoft’s sample answers', () => {
  test('are there', () => {
    expect(examples).toHaveLength(3);
  });

  test.each(examples)('%s goes through the reader', async (name) => {
    const sample = z
      .looseObject({ '@odata.nextLink': z.string().optional() })
      .parse(read(`examples/${name}`));
    const { graph } = await world(
      ({ index }, root) => {
        const nextLink = sample['@odata.nextLink']?.replace('https://graph.microsoft.com', root);
        return index === 0 ? { json: { ...sample, '@odata.nextLink': nextLink } } : page([]);
      },
      {},
      { clock: () => Date.parse('2020-03-14T00:00:00Z') },
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(answer).toMatchObject({ unreadable: 0, dropped: 0, verdict: { finished: true } });
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(answer.rows[0]?.signIn).toMatchObject({
      userPrincipalName: 'testaccount1@contoso.com',
      status: { errorCode: 0 },
    });
    expect(answer.pages).toBe(sample['@odata.nextLink'] === undefined ? 1 : 2);
  });
});
