import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../src/entra/condition.ts';
import type { Query } from '../../src/entra/query.ts';
import { compile } from '../../src/graph/compile.ts';
import { compiled, from, OPTIONS, to } from './support/compiled.ts';
import { eq } from './support/conditions.ts';
import { parseFilter } from './support/odata.ts';
import { question } from './support/world.ts';

describe('the request', () => {
  test('is the one of Microsoft’s example, encoded once', () => {
    const { url } = compiled(
      [eq('userPrincipalName', "o'brien+a&b#c%@contoso.com")],
      from('2026-11-20T00:00:00Z'),
    );
    expect(url).toBe(
      'https://graph.microsoft.com/beta/auditLogs/signIns?$filter=createdDateTime%20ge%202026-11-20T00%3A00%3A00Z' +
        '%20and%20userPrincipalName%20eq%20%27o%27%27brien%2Ba%26b%23c%25%40contoso.com%27' +
        '&$top=1000&$orderby=createdDateTime%20desc',
    );
  });

  test.each([
    ["o'brien@contoso.com", 'H086'],
    ["x') or startswith(userPrincipalName,'a", 'H088'],
    ["Azure') and (1 eq 1", 'H090'],
    ["Saint-Jean-d'Angély &$top=1#é %27", 'H082'],
  ])('%s comes back from the URL as one literal (%s)', (value) => {
    const { url, sent } = compiled([eq('userPrincipalName', value)], from('2026-11-20T00:00:00Z'));
    const filter = new URL(url ?? '').searchParams.get('$filter') ?? '';
    expect(filter).toBe(sent);
    expect(parseFilter(filter)).toMatchObject({
      of: [{}, { path: 'userPrincipalName', literal: `'${value.replaceAll("'", "''")}'` }],
    });
  });

  test('H091: an address with a zone or other text in it is one literal', () => {
    for (const value of ['1.2.3.4 or 1 eq 1', '::1%eth0', '01.02.03.04']) {
      const filter = new URL(compiled([eq('ipAddress', value)]).url ?? '').searchParams.get('$filter');
      expect(filter).toContain(`ipAddress eq '${value}'`);
    }
  });

  test('asks for few rows for "top 5", if Graph can test all of it', () => {
    const top = (query: Query) => new URL(compile(query, OPTIONS)[0].url ?? '').searchParams.get('$top');
    const isMember = eq('userType', 'member');
    expect(top({ ...question(), limit: 5 })).toBe('5');
    expect(top({ ...question(), limit: 5000 })).toBe('1000');
    expect(top({ ...question([isMember]), limit: 5 })).toBe('1000');
    expect(top({ ...question(), limit: 5, groupBy: 'user' })).toBe('1000');
  });

  test('H094: 500 users are asked for in parts that fit, each user once', () => {
    const users = Array.from({ length: 500 }, (_, index) => `user.number${index}@contoso.com`);
    const parts = compile(
      question([{ op: 'or', of: users.map((user) => eq('userPrincipalName', user)) }]),
      OPTIONS,
    );
    expect(parts.length).toBeGreaterThan(1);
    for (const { url } of parts) expect(url?.length).toBeLessThan(8000);
    const asked = parts.flatMap(({ sent }) =>
      [...(sent ?? '').matchAll(/eq '([^']*)'/g)].map((found) => found[1]),
    );
    expect(asked).toEqual(users);
    expect(parts[0].notes).toEqual([`Asked in ${parts.length} parts, because the question is long.`]);
  });

  test('a long list of event types is asked for in parts; one long name cannot be', () => {
    const values = Array.from({ length: 300 }, (_, index) => `some-rather-long-event-type-${index}`);
    const isFlagged = eq('flaggedForReview', true);
    const any = { op: 'any', property: 'riskEventTypes_v2', is: 'eq', values } as const;
    expect(compile(question([isFlagged, any]), OPTIONS).length).toBeGreaterThan(1);
    expect(compile(question([eq('userAgent', 'x'.repeat(9000))]), OPTIONS)).toHaveLength(1);
  });
});

describe('what Graph cannot test is said in words', () => {
  const words = (condition: Condition) => compiled([condition]).secondPass[0];
  const us = eq('location/countryOrRegion', 'US');
  const isMember = eq('userType', 'member');
  const any = (is: 'eq' | 'ne') =>
    ({ op: 'any', property: 'riskEventTypes_v2', is, values: ['a', 'b'] }) as const;

  test.each<[string, Condition]>([
    ['country is not US', { op: 'not', of: us }],
    ['country is US', { op: 'not', of: { op: 'not', of: { op: 'or', of: [us] } } }],
    ['user type is member', isMember],
    ['(country is US or user type is member)', { op: 'or', of: [us, isMember] }],
    ['country is not US and user type is not member', { op: 'not', of: { op: 'or', of: [us, isMember] } }],
    ['(country is not US or user type is not member)', { op: 'not', of: { op: 'and', of: [us, isMember] } }],
    ['IP address is in 198.51.96.0/20', { op: 'within', range: '198.51.96.0/20' }],
    ['IP address is not in 198.51.96.0/24', { op: 'not', of: { op: 'within', range: '198.51.96.0/24' } }],
    ['client app starts with x', { op: 'startswith', property: 'clientAppUsed', value: 'x' }],
    [
      'app does not start with x',
      { op: 'not', of: { op: 'startswith', property: 'appDisplayName', value: 'x' } },
    ],
    ['risk event types include something other than a or b', any('ne')],
    ['risk event types do not include a or b', { op: 'not', of: any('eq') }],
  ])('%s', (text, condition) => {
    expect(words(condition)).toBe(text);
  });

  test('long lists are cut', () => {
    const codes = Array.from({ length: 12 }, (_, index) => eq('status/errorCode', index));
    expect(words({ op: 'not', of: { op: 'or', of: codes } })).toBe(
      'error code is not 0 and error code is not 1 and error code is not 2 and error code is not 3 and error code is not 4 and 7 more',
    );
  });

  test('an end that is not part of the window is asked for and then tested', () => {
    const { sent, secondPass } = compiled([], {
      ...from('2026-11-01T00:00:00Z', false),
      ...to('2026-11-10T00:00:00Z', false),
    });
    expect(sent).toBe('createdDateTime ge 2026-11-01T00:00:00Z and createdDateTime le 2026-11-10T00:00:00Z');
    expect(secondPass).toEqual(['after 2026-11-01T00:00:00Z', 'before 2026-11-10T00:00:00Z']);
  });

  test('a question with no clause has no literal translation', () => {
    expect(compiled([isMember]).literal).toBeNull();
  });
});

describe('the scope names the event types', () => {
  const scope = (...where: readonly Condition[]) => compiled(where).scope.eventTypes;
  const types = (is: 'eq' | 'ne', ...values: readonly string[]) =>
    ({ op: 'any', property: 'signInEventTypes', is, values }) as const;

  test('interactive only, unless others are asked for', () => {
    expect(scope(eq('flaggedForReview', true))).toEqual(['interactiveUser']);
    expect(scope(types('eq', 'servicePrincipal'))).toEqual(['servicePrincipal']);
    expect(scope(types('ne', 'interactiveUser'))).toEqual([
      'nonInteractiveUser',
      'servicePrincipal',
      'managedIdentity',
    ]);
  });

  test('one of several alternatives is enough', () => {
    const either = [types('eq', 'servicePrincipal'), types('eq', 'managedIdentity')];
    expect(scope({ op: 'or', of: either })).toEqual(['servicePrincipal', 'managedIdentity']);
  });

  test('several demands must all hold', () => {
    const both = types('eq', 'interactiveUser', 'nonInteractiveUser');
    expect(scope({ op: 'and', of: [both, types('ne', 'interactiveUser')] })).toEqual(['nonInteractiveUser']);
    expect(scope(both, eq('flaggedForReview', true))).toEqual(['interactiveUser', 'nonInteractiveUser']);
  });
});
