import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../src/entra/condition.ts';
import { allOf, isCore, literalFilter, toOData, widen } from '../../src/entra/filter.ts';
import type { Window } from '../../src/entra/query.ts';

const literal = (where: readonly Condition[], window: Window = {}): string | undefined => {
  const filter = literalFilter({ entity: 'signIns', where, window });
  return filter && toOData(filter);
};

const user = (value: string): Condition => ({ op: 'eq', property: 'userPrincipalName', value });
const country = (value: string): Condition => ({ op: 'eq', property: 'location/countryOrRegion', value });
const isFlagged = { op: 'eq', property: 'flaggedForReview', value: true } as const;
const isMember: Condition = { op: 'eq', property: 'userType', value: 'member' };

const since = (at: string) => ({ from: { at, inclusive: true } });

describe('the literal translation', () => {
  test('of the flagged sign-ins of a user is the example of Microsoft', () => {
    expect(literal([user('user@contoso.com'), isFlagged], since('2021-10-01T00:00:00Z'))).toBe(
      "flaggedForReview eq true and createdDateTime ge 2021-10-01T00:00:00Z and userPrincipalName eq 'user@contoso.com'",
    );
  });

  test('H086: doubles an apostrophe in a name', () => {
    expect(literal([user("o'brien@contoso.com")])).toBe("userPrincipalName eq 'o''brien@contoso.com'");
  });

  test.each([
    ['H088', "x') or startswith(userPrincipalName,'a", "'x'') or startswith(userPrincipalName,''a'"],
    ['H090', "Azure') and (1 eq 1", "'Azure'') and (1 eq 1'"],
    ['H082', 'ａdmin e\u0301 ﬁ \u212A', "'ａdmin e\u0301 ﬁ \u212A'"],
  ])('%s: keeps hostile text as one literal of the same characters', (_id, value, written) => {
    expect(literal([{ op: 'startswith', property: 'appDisplayName', value }])).toBe(
      `startswith(appDisplayName,${written})`,
    );
  });

  test('replaces a lone surrogate, which no URL can carry', () => {
    expect(literal([user('a\ud800b')])).toBe("userPrincipalName eq 'a\ufffdb'");
  });

  test.each([
    ['2026-11-03T23:59:59.999Z', '2026-11-03T23:59:59.999Z'],
    ['2026-11-03T00:00:00.000Z', '2026-11-03T00:00:00Z'],
    ['2026-11-03T02:00:00+02:00', '2026-11-03T00:00:00Z'],
  ])('H093: writes the instant %s in UTC without quotes', (at, written) => {
    expect(literal([], { to: { at, inclusive: true } })).toBe(`createdDateTime le ${written}`);
  });

  test('refuses to write an instant that is none', () => {
    expect(() => literal([], since("2026-01-01' or 1 eq 1"))).toThrow(RangeError);
  });

  test('writes numbers and flags without quotes', () => {
    expect(literal([{ op: 'eq', property: 'status/errorCode', value: 50126 }])).toBe(
      'status/errorCode eq 50126',
    );
    expect(literal([{ op: 'eq', property: 'flaggedForReview', value: false }])).toBe(
      'flaggedForReview eq false',
    );
  });

  test('puts a choice into parentheses, also alone', () => {
    expect(literal([{ op: 'or', of: [country('CN'), country('KP')] }])).toBe(
      "(location/countryOrRegion eq 'CN' or location/countryOrRegion eq 'KP')",
    );
  });

  test('needs no parentheses for a choice of one', () => {
    expect(literal([{ op: 'or', of: [country('CN')] }])).toBe("location/countryOrRegion eq 'CN'");
  });

  test('keeps a pair inside a choice together', () => {
    const pair: Condition = { op: 'and', of: [country('CN'), user('a@b.c')] };
    expect(literal([{ op: 'or', of: [pair, country('KP')] }])).toBe(
      "((location/countryOrRegion eq 'CN' and userPrincipalName eq 'a@b.c') or location/countryOrRegion eq 'KP')",
    );
  });

  test('puts a choice of users where the user stands', () => {
    expect(literal([country('NO'), { op: 'or', of: [user('a@b.c'), user('d@e.f')] }])).toBe(
      "(userPrincipalName eq 'a@b.c' or userPrincipalName eq 'd@e.f') and location/countryOrRegion eq 'NO'",
    );
  });

  test('asks lists with any', () => {
    const values = ['interactiveUser', 'nonInteractiveUser'];
    expect(literal([{ op: 'any', property: 'signInEventTypes', is: 'eq', values }])).toBe(
      "signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')",
    );
    expect(
      literal([{ op: 'any', property: 'signInEventTypes', is: 'ne', values: ['interactiveUser'] }]),
    ).toBe("signInEventTypes/any(t: t ne 'interactiveUser')");
  });

  test('of a question that Graph can test nothing of is empty', () => {
    expect(literal([isMember])).toBeUndefined();
    expect(allOf([])).toBeUndefined();
  });
});

describe('what is pushed down', () => {
  const pushed = (condition: Condition) => {
    const { filter, exact } = widen(condition);
    return [filter === undefined ? null : toOData(filter), exact];
  };

  test.each<[string, string | null, boolean]>([
    ['203.0.113.0/24', "startswith(ipAddress,'203.0.113.')", true],
    ['198.51.96.0/20', "startswith(ipAddress,'198.51.')", false],
    ['10.0.0.0/8', "startswith(ipAddress,'10.')", true],
    ['203.0.113.7/32', "ipAddress eq '203.0.113.7'", true],
    ['203.0.113.0/25', "startswith(ipAddress,'203.0.113.')", false],
    ['128.0.0.0/1', null, false],
    ['2001:db8::/32', null, false],
    ['no range', null, false],
  ])('of the range %s is %s', (range, filter, exact) => {
    expect(pushed({ op: 'within', range })).toEqual([filter, exact]);
  });

  test.each<[string, Condition]>([
    ['a negation', { op: 'not', of: country('US') }],
    ['a property that Graph cannot filter', isMember],
    ['a choice with a part that Graph cannot test', { op: 'or', of: [country('US'), isMember] }],
    ['a choice of nothing', { op: 'or', of: [] }],
    [
      'a prefix where only equality is documented',
      { op: 'startswith', property: 'clientAppUsed', value: 'x' },
    ],
    ['equality of a list', { op: 'eq', property: 'riskEventTypes_v2', value: 'x' }],
    ['ne where it is not documented', { op: 'any', property: 'riskEventTypes_v2', is: 'ne', values: ['x'] }],
    ['any of nothing', { op: 'any', property: 'signInEventTypes', is: 'eq', values: [] }],
    ['a name that every object has', { op: 'eq', property: 'toString' as 'userType', value: 'x' }],
  ])('of %s is nothing', (_what, condition) => {
    expect(pushed(condition)).toEqual([null, false]);
  });

  test('of a conjunction is what can be', () => {
    expect(pushed({ op: 'and', of: [country('US'), isMember] })).toEqual([
      "location/countryOrRegion eq 'US'",
      false,
    ]);
    expect(pushed({ op: 'and', of: [] })).toEqual([null, true]);
  });

  test('is asked in any case when it chooses the events: without it Graph means other ones', () => {
    const chosen = widen({ op: 'any', property: 'signInEventTypes', is: 'eq', values: ['servicePrincipal'] });
    expect(chosen.filter !== undefined && isCore(chosen.filter)).toBe(true);
    const risks = widen({ op: 'any', property: 'riskEventTypes_v2', is: 'eq', values: ['unlikelyTravel'] });
    expect(risks.filter !== undefined && isCore(risks.filter)).toBe(false);
  });

  test('is documented together when it is flag, dates or one user', () => {
    const clauses = [isFlagged, user('a@b.c'), country('US')].map((condition) => widen(condition).filter);
    expect(clauses.map((clause) => clause !== undefined && isCore(clause))).toEqual([true, true, false]);
    const notFlagged = widen({ ...isFlagged, value: false }).filter;
    expect(notFlagged !== undefined && isCore(notFlagged)).toBe(false);
    const choice = widen({ op: 'or', of: [user('a@b.c'), user('d@e.f')] }).filter;
    expect(choice !== undefined && isCore(choice)).toBe(false);
  });
});
