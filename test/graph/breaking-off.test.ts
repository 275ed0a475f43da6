import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../src/entra/condition.ts';
import { country, eq } from './support/conditions.ts';
import { holdLimits } from './support/limits.ts';
import { linkTo, numbersOf, pageOf, row } from './support/log.ts';
import { page, refusal, type Seen } from './support/scripted.ts';
import { NOW, PERSON, problemFrom, question, world } from './support/world.ts';

/** A question that is asked in several parts. */
const IN_PARTS: Condition = { op: 'or', of: Array.from({ length: 400 }, (_, index) => country(`X${index}`)) };

describe('when Graph refuses the question', () => {
  const isFlagged = eq('flaggedForReview', true);
  const invalid = refusal(400, 'BadRequest', 'Invalid filter clause');
  const refuses = (word: string) => (seen: Seen) =>
    seen.query.get('$filter')?.includes(word)
      ? invalid
      : page([row(1), row(2, { location: { countryOrRegion: 'US' } })]);

  test('it is asked for the documented core, and the rest is tested here', async () => {
    const { graph } = await world(refuses('location'));
    const where = [isFlagged, country('NO'), eq('userType', 'member')];
    const answer = await graph.readSignIns({ ...question(where), limit: 1 }, PERSON);
    expect(numbersOf(answer)).toEqual([1]);
    expect(answer.filter).toBe('flaggedForReview eq true and createdDateTime ge 2026-11-20T12:00:00Z');
    expect(answer.secondPass).toEqual(['country is NO', 'user type is member']);
    expect(answer.notes[0]).toContain('refused this combination');
  });

  test('the parts of a long question become one', async () => {
    const { graph, server } = await world(refuses('location'));
    const answer = await graph.readSignIns(question([IN_PARTS, isFlagged]), PERSON);
    expect(answer).toMatchObject({ read: 2, dropped: 2, verdict: { finished: true } });
    expect(server.seen).toHaveLength(2);
  });

  test('the kind of events stays in the core: without it Graph gives interactive ones, and none would match', async () => {
    const nonInteractive = {
      op: 'any',
      property: 'signInEventTypes',
      is: 'eq',
      values: ['nonInteractiveUser'],
    } as const;
    const { graph } = await world(refuses('location'));
    const answer = await graph.readSignIns(question([nonInteractive, country('NO')]), PERSON);
    expect(answer.filter).toContain("signInEventTypes/any(t: t eq 'nonInteractiveUser')");
    expect(answer.secondPass).toEqual(['country is NO']);

    const { graph: refusing } = await world(refuses('signInEventTypes'));
    expect(await problemFrom(refusing.readSignIns(question([nonInteractive]), PERSON))).toMatchObject({
      kind: 'invalid-filter',
    });
  });

  test('the core may be everything', async () => {
    const { graph } = await world(refuses('location'));
    const answer = await graph.readSignIns(question([country('NO')]), PERSON);
    expect(answer.filter).toBe('createdDateTime ge 2026-11-20T12:00:00Z');
  });

  test('there is nothing left to try when the core is refused', async () => {
    const { graph, server } = await world(() => invalid);
    expect(await problemFrom(graph.readSignIns(question([isFlagged]), PERSON))).toMatchObject({
      kind: 'invalid-filter',
    });
    expect(server.seen).toHaveLength(1);
    await problemFrom(graph.readSignIns(question([country('NO')]), PERSON));
    expect(server.seen).toHaveLength(3);
  });
});

describe('when reading breaks off', () => {
  test('H114: page 3 of 5 fails for good: what is known, marked as incomplete', async () => {
    const { graph } = await world((seen, root) =>
      pageOf(seen) === 3
        ? refusal(403, 'Authorization_RequestDenied', 'No.')
        : page([row(pageOf(seen))], linkTo(root, pageOf(seen) + 1)),
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(numbersOf(answer)).toEqual([1, 2]);
    expect(answer).toMatchObject({
      pages: 2,
      verdict: { finished: false, why: 'failed' },
      problem: { kind: 'denied', status: 403, requestId: 'r-1' },
    });
  });

  test.each([
    [
      'throttled',
      { finished: false, why: 'throttled' },
      refusal(429, 'TooManyRequests', 'Slow.', { 'retry-after': '1' }),
    ],
    ['timeout', { finished: false, why: 'timeout' }, { status: 504, text: '<html>' }],
  ])('%s is told apart', async (_why, verdict, broken) => {
    const { graph } = await world(
      (seen, root) => (seen.index === 0 ? page([row(1)], linkTo(root, 2)) : broken),
      {
        retries: 1,
      },
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(answer.verdict).toEqual(verdict);
    expect(numbersOf(answer)).toEqual([1]);
  });

  test('the page cap is said', async () => {
    const { graph, server } = await world(
      (seen, root) => page([row(pageOf(seen))], linkTo(root, pageOf(seen) + 1)),
      { maxPages: 3 },
    );
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({
      pages: 3,
      verdict: { finished: false, why: 'capped' },
    });
    expect(server.seen).toHaveLength(3);
  });

  test('the page cap holds for all parts together', async () => {
    const { graph } = await world(() => page([]), { maxPages: 1 });
    expect(await graph.readSignIns(question([IN_PARTS]), PERSON)).toMatchObject({
      pages: 1,
      verdict: { finished: false, why: 'capped' },
    });
  });

  test('a lost skip token begins the window anew, once', async () => {
    const lost = refusal(400, 'BadRequest', 'Invalid Skip Token, skip token is null');
    let losses = 1;
    const { graph } = await world((seen, root) => {
      if (pageOf(seen) === 1) return page([row(1)], linkTo(root, 2));
      losses -= 1;
      return losses >= 0 ? lost : page([row(2)]);
    });
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({
      pages: 3,
      read: 2,
      verdict: { finished: true },
    });
    losses = 2;
    const again = await graph.readSignIns(question(), { ...PERSON, fresh: true });
    expect(again).toMatchObject({
      verdict: { finished: false, why: 'failed' },
      problem: { kind: 'skip-token' },
    });
  });

  test('504 halves the window, newer half first, and says so', async () => {
    const { graph, server } = await world(
      (seen) => {
        const filter = seen.query.get('$filter') ?? '';
        const [from, to] = [...filter.matchAll(/[gl]e (\S+)/g)].map(([, bound]) => Date.parse(bound ?? ''));
        const hours = ((to ?? NOW) - (from ?? 0)) / 3_600_000;
        return hours > 12 ? { status: 504, text: '<html>gateway</html>' } : page([row(seen.index)]);
      },
      { retries: 0 },
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(answer).toMatchObject({ verdict: { finished: true }, pages: 2 });
    expect(answer.notes[0]).toContain('asked in parts');
    expect(server.seen.map(({ query }) => query.get('$filter'))).toEqual([
      'createdDateTime ge 2026-11-20T12:00:00Z',
      'createdDateTime ge 2026-11-21T00:00:00Z',
      'createdDateTime ge 2026-11-20T12:00:00Z and createdDateTime le 2026-11-21T00:00:00Z',
    ]);
  });

  test('halving ends', async () => {
    const { graph, server } = await world(() => ({ status: 504, text: '' }), { retries: 0 });
    const day = {
      from: { at: '2026-11-20T00:00:00Z', inclusive: true },
      to: { at: '2026-11-21T00:00:00Z', inclusive: true },
    };
    expect(await problemFrom(graph.readSignIns(question([], day), PERSON))).toEqual({
      kind: 'gateway-timeout',
      status: 504,
      date: expect.any(String),
    });
    expect(server.seen).toHaveLength(6);
  });

  test('the time for one reading ends it with what is known', async () => {
    const pass = holdLimits();
    const { graph } = await world(
      (seen, root) => {
        if (seen.index === 0) return page([row(1)], linkTo(root, 2));
        pass(300);
        return 'silence';
      },
      { readingTimeout: 300 },
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(answer).toMatchObject({
      verdict: { finished: false, why: 'timeout' },
      problem: { kind: 'timeout' },
    });
    expect(numbersOf(answer)).toEqual([1]);
  });

  test('nothing read in time is a failure', async () => {
    const { graph } = await world(() => 'silence', { readingTimeout: 100 });
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toEqual({ kind: 'timeout' });
  });
});

describe('H104: a clock that is off', () => {
  test.each([
    [15 * 60, 1],
    [-15 * 60, 1],
    [60, 0],
  ])('by %d seconds is said %d times', async (seconds, times) => {
    const { graph, events } = await world(() => ({
      headers: { date: new Date(NOW + seconds * 1000).toUTCString() },
      json: { value: [] },
    }));
    const { notes } = await graph.readSignIns(question(), PERSON);
    expect(notes).toHaveLength(times);
    expect(events.filter(({ event }) => event === 'skewed')).toEqual(
      times === 1 ? [{ event: 'skewed', seconds }] : [],
    );
    if (times === 1) expect(notes[0]).toContain('15 minutes');
  });
});
