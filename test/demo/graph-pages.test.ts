import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Client, closeAll, type Json, open, signInsPath, TENANT } from './graph-client.ts';

const shared: Promise<Client> = open();
afterAll(closeAll);

const FILTERS = [
  "signInEventTypes/any(t: t ne 'somethingElse')",
  "conditionalAccessStatus eq 'failure'",
  "riskState eq 'atRisk'",
  "userPrincipalName eq 'user@contoso.com'",
  "userPrincipalName eq 'nobody@contoso.com'",
  "appDisplayName eq 'Bob''s Expense Tool' or startswith(userPrincipalName,'d''arcy')",
] as const;

describe('paging', () => {
  test('gives every row once, whatever the page size', async () => {
    const { signIns } = await shared;
    const ids = (rows: readonly Json[]): readonly string[] => rows.map((row) => row.id);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILTERS),
        fc.integer({ min: 100, max: 1000 }),
        async (filter, top) => {
          const [small, large] = await Promise.all([
            signIns(filter, `&$top=${top}&$select=id`),
            signIns(filter, '&$select=id'),
          ]);
          expect(ids(small)).toEqual(ids(large));
        },
      ),
      { numRuns: 15 },
    );
    const all = await signIns(FILTERS[0], '&$select=id');
    expect(ids(all)).toEqual(ids(TENANT.signIns.filter((row) => Array.isArray(row.signInEventTypes))));
  });

  test('ends without a link', async () => {
    const { get } = await shared;
    const { json } = await get(signInsPath("riskState eq 'atRisk'"));
    expect(json).not.toHaveProperty('@odata.nextLink');
  });

  test("links to the service itself, with the query's own options and a token", async () => {
    const { graph, get } = await shared;
    const { json } = await get(`${signInsPath("startsWith(appDisplayName,'Micro')")}&$top=10`);
    const link = new URL(json['@odata.nextLink']);
    expect(link.origin).toBe(graph.url);
    expect([...link.searchParams.keys()]).toEqual(['$filter', '$top', '$skiptoken']);
    expect(link.searchParams.get('$filter')).toBe("startsWith(appDisplayName,'Micro')");
  });

  const firstLink = async (): Promise<URL> => {
    const { get } = await shared;
    return new URL((await get(`${signInsPath(FILTERS[1])}&$top=10`)).json['@odata.nextLink']);
  };

  test.each([
    ['of another filter', (link: URL) => link.searchParams.set('$filter', FILTERS[3])],
    ['of another page size', (link: URL) => link.searchParams.set('$top', '20')],
    ['without its filter', (link: URL) => link.searchParams.delete('$filter')],
    [
      'with another offset',
      (link: URL) => link.searchParams.set('$skiptoken', `${link.searchParams.get('$skiptoken')}0`),
    ],
  ])('refuses a skip token %s', async (_what, change) => {
    const { get } = await shared;
    const link = await firstLink();
    change(link);
    const { status, json } = await get(link.href);
    expect([status, json.error.message]).toEqual([400, 'Invalid Skip Token']);
  });
});
