import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Condition } from '../../src/entra/condition.ts';
import { type Filter, toOData, widen } from '../../src/entra/filter.ts';
import { matches } from '../../src/entra/matches.ts';
import { type ListProperty, type Property, ruleOf, SIGN_IN_PROPERTIES } from '../../src/entra/properties.ts';
import { parseFilter, type Tree } from '../graph/support/odata.ts';
import { signIn } from '../graph/support/rows.ts';

const PROPERTIES = Object.keys(SIGN_IN_PROPERTIES) as readonly Property[];

const HOSTILE = fc.constantFrom(
  "o'brien@contoso.com",
  "x') or startswith(userPrincipalName,'a",
  "Azure') and (1 eq 1",
  "' or '' eq '",
  "''",
  "'",
  '%27 or 1 eq 1',
  'a%2527b',
  'a+b#c&d=e?f/g\\h',
  "Saint-Jean-d'Angély",
  '‮admin‬',
  'ａdmin ﬁ K',
  '\u0000\r\n\t',
  '😀👩‍👩‍👧',
  '$\u007bjndi:x}{{y}}',
  '',
);

const words = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), HOSTILE);

const valueFor = (property: Property): fc.Arbitrary<string | number | boolean> => {
  switch (ruleOf(property).kind) {
    case 'number':
      return fc.integer({ min: 0, max: 9_999_999 });
    case 'flag':
      return fc.boolean();
    case 'instant':
      return fc
        .date({ noInvalidDate: true, min: new Date('1970-01-01'), max: new Date('2100-01-01') })
        .map((date) => date.toISOString());
    default:
      return words;
  }
};

const leaf: fc.Arbitrary<Filter> = fc.constantFrom(...PROPERTIES).chain((property): fc.Arbitrary<Filter> => {
  const operators = fc.constantFrom(...ruleOf(property).operators);
  return operators.chain((op): fc.Arbitrary<Filter> => {
    if (op === 'startswith') return words.map((value) => ({ op, property, value }));
    if (op === 'any') {
      return fc
        .tuple(fc.constantFrom('eq' as const, 'ne' as const), fc.array(words, { minLength: 1, maxLength: 4 }))
        .map(([is, values]) => ({ op, property: property as ListProperty, is, values }));
    }
    return valueFor(property).map((value) => ({ op, property, value }));
  });
});

const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('filter'), { minLength: 1, maxLength: 4 }),
    }),
  ),
}));

const unquoted = (property: Property, value: string | number | boolean): string => {
  const { kind } = ruleOf(property);
  if (kind === 'instant') return String(value).replace('.000Z', 'Z');
  return kind === 'number' || kind === 'flag' ? String(value) : `'${quotesDoubled(String(value))}'`;
};

const quotesDoubled = (value: string): string => value.toWellFormed().split("'").join("''");

/** The tree that a filter must come back as: the same conditions, every value one literal. */
const expected = (given: Filter): Tree => {
  switch (given.op) {
    case 'and':
    case 'or': {
      const of = given.of.map(expected);
      const [first] = of;
      if (of.length === 1 && first !== undefined) return first;
      return {
        op: given.op,
        of: of.flatMap((tree) => (tree.op === given.op && 'of' in tree ? tree.of : [tree])),
      };
    }
    case 'any':
      return {
        op: 'any',
        path: given.property,
        tests: given.values.map((value) => ({
          op: given.is,
          path: 't',
          literal: `'${quotesDoubled(value)}'`,
        })),
      };
    default:
      return { op: given.op, path: given.property, literal: unquoted(given.property, given.value) };
  }
};

const leaves = (tree: Tree): readonly { readonly op: string; readonly path: string }[] =>
  'of' in tree ? tree.of.flatMap(leaves) : [tree];

describe('a filter written as OData', () => {
  test('is read back by an independent parser as the same tree, each value one literal', () => {
    fc.assert(
      fc.property(filter, (given) => {
        expect(parseFilter(toOData(given))).toEqual(expected(given));
      }),
      { numRuns: 1500 },
    );
  });

  test('names only documented properties and operators', () => {
    fc.assert(
      fc.property(filter, (given) => {
        for (const { op, path } of leaves(parseFilter(toOData(given)))) {
          expect(ruleOf(path as Property).operators).toContain(op);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const rowText = fc.constantFrom(
  '',
  'US',
  'us',
  'DE',
  '203.0.113.7',
  '203.0.112.9',
  '2001:db8::1',
  'hidden',
  null,
);
const textProperty = fc.constantFrom<Property>(
  'location/countryOrRegion',
  'ipAddress',
  'riskState',
  'clientAppUsed',
);
const smallText = fc.constantFrom('US', 'D', '203.0.113.7', '203.0.11', '2001:db8:0::1', 'hidden');

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    fc.record({ op: fc.constant('eq' as const), property: textProperty, value: smallText }),
    fc.record({ op: fc.constant('startswith' as const), property: textProperty, value: smallText }),
    fc.record({
      op: fc.constant('eq' as const),
      property: fc.constant('userType' as const),
      value: smallText,
    }),
    fc.record({
      op: fc.constant('any' as const),
      property: fc.constantFrom<ListProperty>('riskEventTypes_v2', 'signInEventTypes'),
      is: fc.constantFrom('eq' as const, 'ne' as const),
      values: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
    }),
    fc.record({
      op: fc.constant('within' as const),
      range: fc.constantFrom(
        '203.0.113.0/24',
        '203.0.112.0/20',
        '203.0.113.7/32',
        '0.0.0.0/0',
        '2001:db8::/32',
      ),
    }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('condition'), { maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('not' as const), of: tie('condition') }),
  ),
}));

const row = fc
  .record({
    ipAddress: rowText,
    riskState: rowText,
    clientAppUsed: rowText,
    userType: rowText,
    location: fc.option(fc.record({ countryOrRegion: rowText })),
    riskEventTypes_v2: fc.option(fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 })),
    signInEventTypes: fc.option(fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 })),
  })
  .map(signIn);

/** What Graph would say of a filter: no value, no match. */
const graphHolds = (given: Filter, on: ReturnType<typeof signIn>): boolean => {
  switch (given.op) {
    case 'and':
      return given.of.every((part) => graphHolds(part, on));
    case 'or':
      return given.of.some((part) => graphHolds(part, on));
    case 'ge':
    case 'le':
      throw new Error('No window here.');
    case 'eq':
      return matches({ ...given, op: 'eq' }, on) === 'yes';
    default:
      return matches(given, on) === 'yes';
  }
};

describe('what Graph is asked of a condition', () => {
  test('holds for every row for which the condition holds', () => {
    fc.assert(
      fc.property(condition, row, (asked, on) => {
        const { filter: pushed } = widen(asked);
        fc.pre(pushed !== undefined);
        if (matches(asked, on) === 'yes') expect(graphHolds(pushed, on)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('holds for no other row when it is said to be exact', () => {
    fc.assert(
      fc.property(condition, row, (asked, on) => {
        const { filter: pushed, exact } = widen(asked);
        fc.pre(exact && pushed !== undefined);
        if (graphHolds(pushed, on)) expect(matches(asked, on)).toBe('yes');
      }),
      { numRuns: 2000 },
    );
  });
});
