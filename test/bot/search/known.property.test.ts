import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answerFrom, narrows } from '../../../src/bot/search/known.ts';
import type { Condition } from '../../../src/entra/condition.ts';
import { isWithin, matches } from '../../../src/entra/matches.ts';
import type { Query, SignInAnswer, Window } from '../../../src/entra/query.ts';
import type { SignIn } from '../../../src/entra/sign-in.ts';
import { isoOf } from '../../../src/lib/time.ts';
import { signIn } from '../../graph/support/rows.ts';
import { answerWith } from '../../support/answer.ts';

const NOW = Date.parse('2026-11-21T12:00:00.400Z');
const HOUR = 3_600_000;
const floor = (ms: number): number => Math.floor(ms / 1_000) * 1_000;

const eq = (property: 'userPrincipalName' | 'riskState' | 'id', value: string): Condition => ({
  op: 'eq',
  property,
  value,
});
const code = (value: number): Condition => ({ op: 'eq', property: 'status/errorCode', value });
const events = (...values: string[]): Condition => ({
  op: 'any',
  property: 'signInEventTypes',
  is: 'eq',
  values,
});

const CONDITIONS: readonly Condition[] = [
  eq('userPrincipalName', 'a@contoso.com'),
  eq('userPrincipalName', 'B@contoso.com'),
  eq('riskState', 'atRisk'),
  code(0),
  { op: 'not', of: code(0) },
  { op: 'eq', property: 'flaggedForReview', value: true },
  { op: 'or', of: [eq('riskState', 'atRisk'), code(50126)] },
  { op: 'startswith', property: 'userPrincipalName', value: 'a' },
  { op: 'within', range: '203.0.113.0/24' },
  eq('id', 'id-1'),
  events('nonInteractiveUser'),
  events('interactiveUser', 'nonInteractiveUser'),
  { op: 'or', of: [events('nonInteractiveUser'), code(0)] },
];

/** "last so many hours", as the language reads it at this moment. */
const last = (hours: number, now: number): Window => {
  const secondsAgo = hours * 3_600;
  return { from: { at: isoOf(floor(now) - secondsAgo * 1_000), inclusive: true, secondsAgo } };
};

type Span = 'none' | 'last 6h' | 'last 20h' | 'since 5am';

const windowOf = (span: Span, now: number): Window => {
  switch (span) {
    case 'none':
      return {};
    case 'last 6h':
      return last(6, now);
    case 'last 20h':
      return last(20, now);
    case 'since 5am':
      return { from: { at: '2026-11-21T05:00:00Z', inclusive: true } };
  }
};

interface Asked {
  readonly where: readonly Condition[];
  readonly span: Span;
  readonly limit?: number | undefined;
}

const queryAt = ({ where, span, limit }: Asked, now: number): Query => ({
  entity: 'signIns',
  where,
  window: windowOf(span, now),
  ...(limit !== undefined && { limit }),
});

const namesEvents = (condition: Condition): boolean => JSON.stringify(condition).includes('signInEventTypes');

/** What Graph and the edge to it make of a question, in plain words: the whole truth about this log. */
const readAt = (log: readonly SignIn[], query: Query, now: number): SignInAnswer => {
  const byId = query.where.some((one) => one.op === 'eq' && one.property === 'id');
  const hours = byId ? 720 : 24;
  const from = query.window.from?.at ?? isoOf(floor(now) - hours * HOUR);
  const isInteractive = ({ signInEventTypes }: SignIn) => signInEventTypes?.includes('interactiveUser');
  const rows = log
    .filter((row) => isWithin({ from: { at: from, inclusive: true } }, row.createdDateTime))
    .filter((row) => query.where.some(namesEvents) || isInteractive(row))
    .filter((row) => query.where.every((condition) => matches(condition, row) !== 'no'));
  const why = query.window.from ? 'asked' : byId ? 'id' : 'default';
  const answer = answerWith(rows.slice(0, query.limit), { query, fetchedAt: isoOf(now), read: log.length });
  return { ...answer, scope: { ...answer.scope, from, to: isoOf(now), why } };
};

const row = fc
  .record({
    userPrincipalName: fc.constantFrom('a@contoso.com', 'b@contoso.com', 'ab@contoso.com', null),
    riskState: fc.constantFrom('atRisk', 'none', 'hidden', null),
    errorCode: fc.constantFrom(0, 50126, 53003, null),
    flaggedForReview: fc.constantFrom(true, false, null),
    ipAddress: fc.constantFrom('203.0.113.7', '198.51.100.9', ''),
    signInEventTypes: fc.constantFrom(['interactiveUser'], ['nonInteractiveUser']),
    secondsAgo: fc.integer({ min: 0, max: 30 * 3_600 }),
  })
  .map(({ errorCode, secondsAgo, ...more }) => ({
    ...more,
    status: { errorCode },
    createdDateTime: isoOf(floor(NOW) - secondsAgo * 1_000),
  }));

const logs = fc
  .array(row, { maxLength: 40 })
  .map((rows) =>
    rows
      .map((more, index) => signIn({ ...more, id: `id-${index}` }))
      .sort((one, other) => Date.parse(other.createdDateTime) - Date.parse(one.createdDateTime)),
  );

const asked: fc.Arbitrary<Asked> = fc.record({
  where: fc.subarray([...CONDITIONS], { maxLength: 3 }),
  span: fc.constantFrom<Span>('none', 'none', 'last 6h', 'last 20h', 'since 5am'),
  limit: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined, freq: 4 }),
});

/** A question, and mostly one that says the same and more. */
const pairs = fc.tuple(asked, asked).chain(([known, other]) =>
  fc.constantFrom<readonly [Asked, Asked]>(
    [known, other],
    [known, known],
    [
      { ...known, limit: undefined },
      { ...known, where: [...known.where, ...other.where], limit: other.limit },
    ],
  ),
);

const passed = fc.integer({ min: 0, max: 59_999 });

const ids = ({ rows }: SignInAnswer): readonly string[] => rows.map((found) => found.signIn.id);

describe('what is known of a question', () => {
  test('is all that Graph would say of the time that was read, and not a row more', () => {
    fc.assert(
      fc.property(logs, pairs, passed, (log, [known, next], later) => {
        const before = readAt(log, queryAt(known, NOW), NOW);
        const query = queryAt(next, NOW + later);
        const answer = answerFrom(before, query, NOW + later);
        if (answer) expect(ids(answer)).toEqual(ids(readAt(log, query, NOW + later)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is often something: a longer question is mostly answered from the shorter one', () => {
    let known = 0;
    fc.assert(
      fc.property(pairs, ([first, next]) => {
        if (narrows(queryAt(next, NOW), queryAt(first, NOW))) known += 1;
      }),
      { numRuns: 500, seed: 7 },
    );
    expect(known).toBeGreaterThan(100);
  });

  test('is never more complete than what was read', () => {
    fc.assert(
      fc.property(logs, pairs, passed, (log, [known, next], later) => {
        const whole = readAt(log, queryAt(known, NOW), NOW);
        const verdict = { finished: false, why: 'capped' } as const;
        const answer = answerFrom({ ...whole, verdict, unreadable: 3 }, queryAt(next, NOW), NOW + later);
        if (!answer) return;
        expect(answer.verdict).toEqual(verdict);
        expect(answer.unreadable).toBe(3);
        expect(answer.query.where).toEqual(whole.query.where);
      }),
      { numRuns: 500 },
    );
  });

  test('says from when to when was read, not what would be read now', () => {
    fc.assert(
      fc.property(logs, pairs, passed, (log, [known, next], later) => {
        const before = readAt(log, queryAt(known, NOW), NOW);
        const answer = answerFrom(before, queryAt(next, NOW + later), NOW + later);
        if (!answer) return;
        expect(answer.scope.to).toBe(before.scope.to);
        expect(answer.fetchedAt).toBe(before.fetchedAt);
        expect(Date.parse(answer.scope.from)).toBeGreaterThanOrEqual(Date.parse(before.scope.from));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a question is not answered from another one', () => {
  const known = (change: Partial<Asked>): Query =>
    queryAt({ where: [code(0)], span: 'none', ...change }, NOW);
  const asks = (change: Partial<Asked>): Query =>
    queryAt({ where: [code(0), eq('riskState', 'atRisk')], span: 'none', ...change }, NOW);

  test('unless it says the same and more', () => {
    expect(narrows(asks({}), known({}))).toBe(true);
    expect(narrows(known({}), asks({}))).toBe(false);
  });

  test('that showed only the newest', () => expect(narrows(asks({}), known({ limit: 5 }))).toBe(false));

  test('over another time', () => expect(narrows(asks({ span: 'last 6h' }), known({}))).toBe(false));

  test('about other kinds of sign-in, which are no part of the usual ones', () => {
    const where = [code(0), { op: 'not', of: events('interactiveUser') } as const];
    expect(narrows(asks({ where }), known({}))).toBe(false);
  });

  test('by an id, which is looked for as far back as there is', () => {
    expect(narrows(asks({ where: [code(0), eq('id', 'id-1')] }), known({}))).toBe(false);
  });

  test('that had another question for where it found nothing', () => {
    expect(narrows(asks({}), { ...known({}), otherwise: known({}) })).toBe(false);
    expect(narrows({ ...asks({}), otherwise: known({}) }, known({}))).toBe(false);
  });

  test('and the answer to a trace id stands, though its rows were found by the correlation id', () => {
    const query = { ...known({ where: [eq('id', 'gone')] }), otherwise: known({}) };
    const before = answerWith([signIn({ status: { errorCode: 0 } })], { query });
    expect(answerFrom(before, query, NOW)?.rows).toHaveLength(1);
  });
});
