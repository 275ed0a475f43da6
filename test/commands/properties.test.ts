import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPhrase } from '../../src/commands/read.ts';
import type { Condition } from '../../src/entra/condition.ts';
import type { SIGN_IN_PROPERTIES } from '../../src/entra/properties.ts';
import { context, phrases, understood } from './reading.ts';

const RUNS = { numRuns: 150 };

const conditionsOf = (phrase: string): readonly Condition[] => understood(phrase).query?.where ?? [];

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
const upn = fc
  .tuple(fc.stringMatching(/^[a-z0-9](?:[a-z0-9.'+_-]{0,10}[a-z0-9])?$/), word, word)
  .map(([local, domain, top]) => `${local}@${domain}.${top}`);
const guid = fc.uuid();
const address = fc.ipV4();
const number = fc.integer({ min: 10_000, max: 9_999_999 });

/** Any text that can stand between double quotes; what cleaning changes on purpose is left out. */
const literal = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.replace(/[\p{C}\p{Z}"“”„‟″«»＂‘’‚‛′＇<>&[\]]/gu, ''))
  .filter((text) => text !== '' && !/[\u034f\u061c\u180e\ufff9-\ufffb]/.test(text));

/** A clause with a random value in it, and the one condition that it must become. */
const clause = <Value>(
  values: fc.Arbitrary<Value>,
  say: (value: Value) => string,
  means: (value: Value) => Condition,
): fc.Arbitrary<{ readonly said: string; readonly meant: Condition }> =>
  values.map((value) => ({ said: say(value), meant: means(value) }));

const eq = (property: (Condition & { op: 'eq' })['property'], value: string | number): Condition => ({
  op: 'eq',
  property,
  value,
});
const startswith = (property: keyof typeof SIGN_IN_PROPERTIES, value: string): Condition => ({
  op: 'startswith',
  property,
  value,
});

const CLAUSES = {
  user: clause(
    upn,
    (value) => `for ${value}`,
    (value) => eq('userPrincipalName', value),
  ),
  'user id': clause(
    guid,
    (value) => `for user id ${value}`,
    (value) => eq('userId', value),
  ),
  'user prefix': clause(
    word,
    (value) => `for ${value}*`,
    (value) => startswith('userPrincipalName', value),
  ),
  'display name': clause(
    literal,
    (value) => `for users named "${value}"`,
    (value) => startswith('userDisplayName', value),
  ),
  app: clause(
    literal,
    (value) => `to app "${value}"`,
    (value) => eq('appDisplayName', value),
  ),
  'app prefix': clause(
    literal,
    (value) => `to apps starting with "${value}"`,
    (value) => startswith('appDisplayName', value),
  ),
  'app id': clause(
    guid,
    (value) => `to app ${value}`,
    (value) => eq('appId', value),
  ),
  resource: clause(
    literal,
    (value) => `resource "${value}"`,
    (value) => eq('resourceDisplayName', value),
  ),
  'client app': clause(
    literal,
    (value) => `client app "${value}"`,
    (value) => eq('clientAppUsed', value),
  ),
  address: clause(
    address,
    (value) => `from ${value}`,
    (value) => eq('ipAddress', value),
  ),
  range: clause(
    fc.tuple(address, fc.integer({ min: 0, max: 32 })),
    ([value, bits]) => `from ${value}/${bits}`,
    ([value, bits]) => ({ op: 'within', range: `${value}/${bits}` }),
  ),
  city: clause(
    literal,
    (value) => `from city "${value}"`,
    (value) => eq('location/city', value),
  ),
  state: clause(
    literal,
    (value) => `from state "${value}"`,
    (value) => eq('location/state', value),
  ),
  'user agent': clause(
    literal,
    (value) => `user agent "${value}"`,
    (value) => startswith('userAgent', value),
  ),
  code: clause(
    number,
    (value) => `error ${value}`,
    (value) => eq('status/errorCode', value),
  ),
  network: clause(
    number,
    (value) => `ASN ${value}`,
    (value) => eq('autonomousSystemNumber', value),
  ),
  'sign-in': clause(
    guid,
    (value) => `sign-in ${value}`,
    (value) => eq('id', value),
  ),
  correlation: clause(
    guid,
    (value) => `correlation id ${value}`,
    (value) => eq('correlationId', value),
  ),
};

describe('a random value', () => {
  test.each(Object.entries(CLAUSES))('of the clause "%s" becomes exactly one literal', (_name, sample) => {
    fc.assert(
      fc.property(sample, ({ said, meant }) => {
        expect(conditionsOf(`sign-ins ${said} today`)).toEqual([meant]);
      }),
      RUNS,
    );
  });

  test.each(Object.entries(CLAUSES))('of the clause "%s" can be left out', (_name, sample) => {
    fc.assert(
      fc.property(sample, ({ said, meant }) => {
        expect(conditionsOf(`sign-ins today not ${said}`)).toEqual([{ op: 'not', of: meant }]);
      }),
      { numRuns: 30 },
    );
  });
});

const ORDERED = [
  'flagged',
  'for user@contoso.com',
  'since 2026-11-18 08:00',
  'from Norway or Sweden',
  'to "Azure Portal"',
  'with error 50126',
  'on Windows 10',
  'high risk',
  'top 5',
  'not from 203.0.113.7',
];

/** Conditions in one order, however they were said. */
const sorted = (phrase: string) => {
  const { where, window, limit } = understood(phrase).query ?? { where: [] };
  return { where: where.map((one) => JSON.stringify(one)).sort(), window, limit };
};

test('the order of the clauses does not matter', () => {
  const meant = sorted(ORDERED.join(' '));
  fc.assert(
    fc.property(fc.shuffledSubarray(ORDERED, { minLength: ORDERED.length }), (clauses) => {
      expect(sorted(clauses.join(' '))).toEqual(meant);
    }),
    RUNS,
  );
});

const readable = (text: string): boolean => {
  const reading = readPhrase(text, context);
  return 'problem' in reading ? reading.what !== '' && reading.next !== '' : reading.command.name !== '';
};

const samples = phrases.map(({ phrase }) => phrase);

/** A phrase that somebody might have typed, with a stretch of it replaced by anything. */
const mutated = fc
  .tuple(fc.constantFrom(...samples), fc.nat(60), fc.nat(10), fc.string({ unit: 'binary', maxLength: 12 }))
  .map(([phrase, at, length, put]) => phrase.slice(0, at) + put + phrase.slice(at + length));

describe('no text makes reading throw', () => {
  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), readable), { numRuns: 800 });
  });

  test('phrases with something else in the middle', () => {
    fc.assert(fc.property(mutated, readable), { numRuns: 1500 });
  });

  test('the words of the language in any order', () => {
    const words = [...new Set(samples.flatMap((phrase) => phrase.split(' ')))];
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((some) => some.join(' '));
    fc.assert(fc.property(soup, readable), { numRuns: 1500 });
  });
});

test('a corrected phrase on a button can be said', () => {
  const once = fc
    .tuple(fc.constantFrom(...samples), fc.nat(40))
    .map(([phrase, at]) => phrase.slice(0, at) + phrase.slice(at + 1));
  fc.assert(
    fc.property(once, (phrase) => {
      const reading = readPhrase(phrase, context);
      if (!('problem' in reading) || reading.problem !== 'unknown-word') return;
      for (const { say } of reading.suggestions)
        expect('problem' in readPhrase(say, context) ? say : '').toBe('');
    }),
    { numRuns: 300 },
  );
});
