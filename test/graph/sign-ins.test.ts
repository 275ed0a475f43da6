import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../src/entra/condition.ts';
import { wireRow } from './support/rows.ts';
import { type Answer, page, refusal, type Seen } from './support/scripted.ts';
import { NOW, problemFrom, question, world } from './support/world.ts';

const PERSON = { priority: 'person' } as const;
const GUID = '00000000-0000-0000-0000-0000000000';

const id = (number: number): string => `${GUID}${String(number).padStart(2, '0')}`;
const at = (minutesAgo: number): string => new Date(NOW - minutesAgo * 60_000).toISOString();
const row = (number: number, changes: Readonly<Record<string, unknown>> = {}) =>
  wireRow({ id: id(number), createdDateTime: at(number), ...changes });
const ids = ({ rows }: { readonly rows: readonly { readonly signIn: { readonly id: string } }[] }) =>
  rows.map(({ signIn }) => Number(signIn.id.slice(-2)));

const link = (root: string, number: number): string => `${root}/beta/auditLogs/signIns?$skiptoken=${number}`;
/** Pages by their number in the link, from 1. */
const number = ({ query }: Seen): number => Number(query.get('$skiptoken') ?? 1);

const country = (value: string): Condition => ({ op: 'eq', property: 'location/countryOrRegion', value });
const not = (of: Condition): Condition => ({ op: 'not', of });

describe('reading sign-ins', () => {
  test('asks Graph once and gives rows with scope and verdict', async () => {
    const { graph, server } = await world(() => page([row(2), row(1)]));
    const answer = await graph.readSignIns(question(), PERSON);
    expect(ids(answer)).toEqual([1, 2]);
    expect(answer).toMatchObject({
      readingId: 'id-1',
      read: 2,
      dropped: 0,
      unreadable: 0,
      verdict: { finished: true },
      filter: 'createdDateTime ge 2026-11-20T12:00:00Z',
      scope: { from: '2026-11-20T12:00:00Z', untilNow: true },
      fetchedAt: '2026-11-21T12:00:00Z',
      pages: 1,
      notes: [],
    });
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method: 'GET', path: '/beta/auditLogs/signIns' });
    expect(server.seen[0]?.query.get('$orderby')).toBe('createdDateTime desc');
  });

  test('goes on after an empty page', async () => {
    const { graph } = await world((seen, root) =>
      number(seen) === 1 ? page([], link(root, 2)) : page([row(1)]),
    );
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({
      pages: 2,
      verdict: { finished: true },
    });
  });

  test('every page carries token, Prefer and a request id, and the link unchanged', async () => {
    const odd = '&$skiptoken=2&x=1&x=2&y=https://z/%2F%20+';
    const { graph, server } = await world((seen, root) =>
      seen.index === 0 ? page([row(1)], `${root}/beta/auditlogs/signins?a='b'${odd}`) : page([row(2)]),
    );
    await graph.readSignIns(question(), PERSON);
    for (const { headers } of server.seen) {
      expect(headers).toMatchObject({
        authorization: 'Bearer first-token',
        prefer: 'include-unknown-enum-members',
        'client-request-id': 'id-1',
      });
    }
    expect(`&${server.seen[1]?.query}`).toBe(`&${new URLSearchParams(`a='b'${odd}`)}`);
  });

  test('H113: an id on two pages counts once, the last version wins, and rows are newest first', async () => {
    const { graph } = await world((seen, root) =>
      number(seen) === 1
        ? page([row(3), row(1, { riskState: 'none' })], link(root, 2))
        : page([row(1, { riskState: 'atRisk' }), row(2)]),
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(ids(answer)).toEqual([1, 2, 3]);
    expect(answer.read).toBe(3);
    expect(answer.rows[0]?.signIn.riskState).toBe('atRisk');
  });

  test('rows of one millisecond are ordered by the digits beyond', async () => {
    const exact = (digits: string) => ({ createdDateTime: `2026-11-21T11:00:00.000${digits}Z` });
    const { graph } = await world(() =>
      page([row(1, exact('1')), row(2, exact('3')), row(3, exact('2')), row(4, exact('2'))]),
    );
    expect(ids(await graph.readSignIns(question(), PERSON))).toEqual([2, 3, 4, 1]);
  });

  test('foreign rows are dropped and counted, silent ones kept and marked', async () => {
    const { graph } = await world(() =>
      page([row(1), row(2, { location: { countryOrRegion: 'US' } }), row(3, { location: null })]),
    );
    const answer = await graph.readSignIns(question([country('NO')]), PERSON);
    expect(answer.rows.map(({ confirmed }) => confirmed)).toEqual([true, false]);
    expect(answer).toMatchObject({ read: 3, dropped: 1 });
  });

  test('rows outside of the window are dropped', async () => {
    const { graph } = await world(() => page([row(1), row(2, { createdDateTime: '2026-01-01T00:00:00Z' })]));
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({ read: 2, dropped: 1 });
  });

  test('"before" leaves out the row at the boundary', async () => {
    const boundary = '2026-11-20T00:00:00Z';
    const { graph } = await world(() =>
      page([
        row(1, { createdDateTime: boundary }),
        row(2, { createdDateTime: '2026-11-19T23:59:59.9999999Z' }),
      ]),
    );
    const answer = await graph.readSignIns(question([], { to: { at: boundary, inclusive: false } }), PERSON);
    expect(ids(answer)).toEqual([2]);
    expect(answer.secondPass).toEqual(['before 2026-11-20T00:00:00Z']);
  });

  test('H101: rows that cannot be read are counted, odd ones are kept as they are', async () => {
    const odd = row(1, {
      riskState: 'newThing',
      riskDetail: 'unknownFutureValue',
      extra: { a: 1 },
      userAgent: null,
    });
    const { graph } = await world(() =>
      page([odd, { id: '' }, 'text', null, { ...row(2), createdDateTime: 'soon' }]),
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(answer).toMatchObject({ read: 1, unreadable: 4 });
    expect(answer.rows[0]?.signIn).toMatchObject({ riskState: 'newThing', extra: { a: 1 }, userAgent: null });
  });

  test('what Graph cannot test is tested here, and said', async () => {
    const { graph } = await world(() => page([row(1), row(2, { location: { countryOrRegion: 'US' } })]));
    const answer = await graph.readSignIns(question([not(country('US'))]), PERSON);
    expect(ids(answer)).toEqual([1]);
    expect(answer).toMatchObject({ read: 2, dropped: 1, secondPass: ['country is not US'] });
  });

  test('nothing is asked for a time that Graph no longer keeps, and no all-clear is given', async () => {
    const { graph, server } = await world(() => page([]));
    const answer = await graph.readSignIns(
      question([], { to: { at: '2020-01-01T00:00:00Z', inclusive: true } }),
      PERSON,
    );
    expect(answer).toMatchObject({ rows: [], pages: 0, verdict: { finished: false, why: 'retention' } });
    expect(answer.notes[0]).toContain('nothing can be there');
    expect(server.seen).toHaveLength(0);
  });

  test('H094: a question in parts is one answer', async () => {
    const users = Array.from({ length: 500 }, (_, index) => `user.number${index}@contoso.com`);
    const { graph, server } = await world((seen) => {
      const asked = /eq '([^']*)'/.exec(seen.query.get('$filter') ?? '')?.[1];
      return page([
        row(seen.index + 1, { userPrincipalName: asked }),
        row(50, { userPrincipalName: users[0] }),
      ]);
    });
    const where: Condition = {
      op: 'or',
      of: users.map((value) => ({ op: 'eq', property: 'userPrincipalName', value })),
    };
    const answer = await graph.readSignIns(question([where]), PERSON);
    expect(answer.pages).toBe(server.seen.length);
    expect(answer.rows).toHaveLength(server.seen.length + 1);
    expect(answer.verdict).toEqual({ finished: true });
  });
});

describe('"top 5"', () => {
  const top = { ...question(), limit: 2 };

  test('stops when the newest are there and Graph keeps the order', async () => {
    const { graph, server } = await world((seen, root) =>
      page([row(number(seen))], link(root, number(seen) + 1)),
    );
    const answer = await graph.readSignIns(top, PERSON);
    expect(ids(answer)).toEqual([1, 2]);
    expect(answer).toMatchObject({ verdict: { finished: true }, pages: 2 });
    expect(answer.notes).toEqual(['Reading stopped at the newest 2; older ones were not counted.']);
    expect(server.seen).toHaveLength(2);
  });

  test('does not stop at repeats or contradicted rows', async () => {
    const rows = [row(1), row(1), row(2, { createdDateTime: '2026-01-01T00:00:00Z' }), row(3)];
    const { graph } = await world((seen, root) =>
      page([rows[number(seen) - 1]], number(seen) < 4 ? link(root, number(seen) + 1) : undefined),
    );
    const answer = await graph.readSignIns(top, PERSON);
    expect(answer.pages).toBe(4);
  });

  test('reads on when Graph does not keep the order', async () => {
    const { graph } = await world((seen, root) =>
      number(seen) === 1 ? page([row(5), row(4), row(9)], link(root, 2)) : page([row(1)]),
    );
    expect(ids(await graph.readSignIns(top, PERSON))).toEqual([1, 4]);
  });

  test('reads all where rows are grouped or tested here', async () => {
    const script = (seen: Seen, root: string): Answer =>
      number(seen) < 4 ? page([row(number(seen))], link(root, number(seen) + 1)) : page([row(4)]);
    const { graph } = await world(script);
    const grouped = await graph.readSignIns({ ...top, groupBy: 'user' }, PERSON);
    expect(ids(grouped)).toEqual([1, 2, 3, 4]);
    const tested = await graph.readSignIns({ ...top, where: [not(country('US'))] }, PERSON);
    expect(tested).toMatchObject({ pages: 4 });
    expect(ids(tested)).toEqual([1, 2]);
  });
});

describe('a pasted error footer', () => {
  const byId: Condition = { op: 'eq', property: 'id', value: id(1) };
  const byCorrelation: Condition = {
    op: 'eq',
    property: 'correlationId',
    value: 'd79f5bee-5860-4832-928f-3133e22ae912',
  };
  const footer = { ...question([byId]), otherwise: question([byCorrelation]) };

  test('is looked for by correlation id when the request id is not in the log', async () => {
    const { graph } = await world((seen) =>
      seen.query.get('$filter')?.includes('correlationId') ? page([row(1)]) : page([]),
    );
    const answer = await graph.readSignIns(footer, PERSON);
    expect(answer).toMatchObject({ query: footer, pages: 2 });
    expect(ids(answer)).toEqual([1]);
    expect(answer.notes).toEqual([
      expect.stringMatching(/^No sign-in matches all of it\. Shown is any whose correlation id is .*\.$/),
    ]);
  });

  test('is not looked for twice when it is there, or when the first answer is not whole', async () => {
    const there = await world(() => page([row(1)]));
    await there.graph.readSignIns(footer, PERSON);
    expect(there.server.seen).toHaveLength(1);
    const broken = await world((seen, root) => (seen.index === 0 ? page([], link(root, 2)) : page(null)));
    const answer = await broken.graph.readSignIns(footer, PERSON);
    expect(answer.verdict).toEqual({ finished: false, why: 'failed' });
    expect(broken.server.seen).toHaveLength(2);
  });
});

describe('when Graph refuses the question', () => {
  const isFlagged: Condition = { op: 'eq', property: 'flaggedForReview', value: true };
  const invalid = refusal(400, 'BadRequest', 'Invalid filter clause');
  const refuses = (word: string) => (seen: Seen) =>
    seen.query.get('$filter')?.includes(word)
      ? invalid
      : page([row(1), row(2, { location: { countryOrRegion: 'US' } })]);

  test('it is asked for the documented core, and the rest is tested here', async () => {
    const { graph } = await world(refuses('location'));
    const where = [isFlagged, country('NO'), { op: 'eq', property: 'userType', value: 'member' } as const];
    const answer = await graph.readSignIns({ ...question(where), limit: 1 }, PERSON);
    expect(ids(answer)).toEqual([1]);
    expect(answer.filter).toBe('flaggedForReview eq true and createdDateTime ge 2026-11-20T12:00:00Z');
    expect(answer.secondPass).toEqual(['country is NO', 'user type is member']);
    expect(answer.notes[0]).toContain('refused this combination');
  });

  test('the parts of a long question become one', async () => {
    const { graph, server } = await world(refuses('location'));
    const where: Condition = {
      op: 'or',
      of: Array.from({ length: 400 }, (_, index) => country(`X${index}`)),
    };
    const answer = await graph.readSignIns(question([where, isFlagged]), PERSON);
    expect(answer).toMatchObject({ read: 2, dropped: 2, verdict: { finished: true } });
    expect(server.seen).toHaveLength(2);
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
      number(seen) === 3
        ? refusal(403, 'Authorization_RequestDenied', 'No.')
        : page([row(number(seen))], link(root, number(seen) + 1)),
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(ids(answer)).toEqual([1, 2]);
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
      (seen, root) => (seen.index === 0 ? page([row(1)], link(root, 2)) : broken),
      {
        retries: 1,
      },
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(answer.verdict).toEqual(verdict);
    expect(ids(answer)).toEqual([1]);
  });

  test('the page cap is said', async () => {
    const { graph, server } = await world(
      (seen, root) => page([row(number(seen))], link(root, number(seen) + 1)),
      { maxPages: 3 },
    );
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({
      pages: 3,
      verdict: { finished: false, why: 'capped' },
    });
    expect(server.seen).toHaveLength(3);
  });

  test('the page cap holds for all parts together', async () => {
    const where: Condition = {
      op: 'or',
      of: Array.from({ length: 400 }, (_, index) => country(`X${index}`)),
    };
    const { graph } = await world(() => page([]), { maxPages: 1 });
    expect(await graph.readSignIns(question([where]), PERSON)).toMatchObject({
      pages: 1,
      verdict: { finished: false, why: 'capped' },
    });
  });

  test('a lost skip token begins the window anew, once', async () => {
    const lost = refusal(400, 'BadRequest', 'Invalid Skip Token, skip token is null');
    let losses = 1;
    const { graph } = await world((seen, root) => {
      if (number(seen) === 1) return page([row(1)], link(root, 2));
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
    const { graph } = await world(
      (seen, root) => (seen.index === 0 ? page([row(1)], link(root, 2)) : 'silence'),
      {
        readingTimeout: 300,
      },
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(answer).toMatchObject({
      verdict: { finished: false, why: 'timeout' },
      problem: { kind: 'timeout' },
    });
    expect(ids(answer)).toEqual([1]);
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
