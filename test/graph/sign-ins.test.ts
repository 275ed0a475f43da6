import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../src/entra/condition.ts';
import { country, eq, not } from './support/conditions.ts';
import { id, linkTo, numbersOf, pageOf, row } from './support/log.ts';
import { type Answer, page, type Seen } from './support/scripted.ts';
import { PERSON, question, world } from './support/world.ts';

describe('reading sign-ins', () => {
  test('asks Graph once and gives rows with scope and verdict', async () => {
    const { graph, server } = await world(() => page([row(2), row(1)]));
    const answer = await graph.readSignIns(question(), PERSON);
    expect(numbersOf(answer)).toEqual([1, 2]);
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
      pageOf(seen) === 1 ? page([], linkTo(root, 2)) : page([row(1)]),
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
      pageOf(seen) === 1
        ? page([row(3), row(1, { riskState: 'none' })], linkTo(root, 2))
        : page([row(1, { riskState: 'atRisk' }), row(2)]),
    );
    const answer = await graph.readSignIns(question(), PERSON);
    expect(numbersOf(answer)).toEqual([1, 2, 3]);
    expect(answer.read).toBe(3);
    expect(answer.rows[0]?.signIn.riskState).toBe('atRisk');
  });

  test('rows of one millisecond are ordered by the digits beyond', async () => {
    const exact = (digits: string) => ({ createdDateTime: `2026-11-21T11:00:00.000${digits}Z` });
    const { graph } = await world(() =>
      page([row(1, exact('1')), row(2, exact('3')), row(3, exact('2')), row(4, exact('2'))]),
    );
    expect(numbersOf(await graph.readSignIns(question(), PERSON))).toEqual([2, 3, 4, 1]);
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
    expect(numbersOf(answer)).toEqual([2]);
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
    expect(numbersOf(answer)).toEqual([1]);
    expect(answer).toMatchObject({ read: 2, dropped: 1, secondPass: ['country is not US'] });
  });

  test('nothing is asked for a time that Graph no longer keeps, and no all-clear is given', async () => {
    const { graph, server } = await world(() => page([]));
    const answer = await graph.readSignIns(
      question([], { to: { at: '2020-01-01T00:00:00Z', inclusive: true } }),
      PERSON,
    );
    expect(answer).toMatchObject({ rows: [], pages: 0, verdict: { finished: false, why: 'retention' } });
    expect(answer.notes[0]).toContain('was not asked');
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
      of: users.map((value) => eq('userPrincipalName', value)),
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
      page([row(pageOf(seen))], linkTo(root, pageOf(seen) + 1)),
    );
    const answer = await graph.readSignIns(top, PERSON);
    expect(numbersOf(answer)).toEqual([1, 2]);
    expect(answer).toMatchObject({ verdict: { finished: true }, pages: 2 });
    expect(answer.notes).toEqual([
      'Reading stopped once the newest 2 were found; older ones were not counted.',
    ]);
    expect(server.seen).toHaveLength(2);
  });

  test('does not stop at repeats or contradicted rows', async () => {
    const rows = [row(1), row(1), row(2, { createdDateTime: '2026-01-01T00:00:00Z' }), row(3)];
    const { graph } = await world((seen, root) =>
      page([rows[pageOf(seen) - 1]], pageOf(seen) < 4 ? linkTo(root, pageOf(seen) + 1) : undefined),
    );
    const answer = await graph.readSignIns(top, PERSON);
    expect(answer.pages).toBe(4);
  });

  test('reads on when Graph does not keep the order', async () => {
    const { graph } = await world((seen, root) =>
      pageOf(seen) === 1 ? page([row(5), row(4), row(9)], linkTo(root, 2)) : page([row(1)]),
    );
    expect(numbersOf(await graph.readSignIns(top, PERSON))).toEqual([1, 4]);
  });

  test('reads all where rows are grouped or tested here', async () => {
    const script = (seen: Seen, root: string): Answer =>
      pageOf(seen) < 4 ? page([row(pageOf(seen))], linkTo(root, pageOf(seen) + 1)) : page([row(4)]);
    const { graph } = await world(script);
    const grouped = await graph.readSignIns({ ...top, groupBy: 'user' }, PERSON);
    expect(numbersOf(grouped)).toEqual([1, 2, 3, 4]);
    const tested = await graph.readSignIns({ ...top, where: [not(country('US'))] }, PERSON);
    expect(tested).toMatchObject({ pages: 4 });
    expect(numbersOf(tested)).toEqual([1, 2]);
  });
});

describe('a pasted error footer', () => {
  const byCorrelation = eq('correlationId', 'd79f5bee-5860-4832-928f-3133e22ae912');
  const footer = { ...question([eq('id', id(1))]), otherwise: question([byCorrelation]) };

  test('is looked for by correlation id when the request id is not in the log', async () => {
    const { graph } = await world((seen) =>
      seen.query.get('$filter')?.includes('correlationId') ? page([row(1)]) : page([]),
    );
    const answer = await graph.readSignIns(footer, PERSON);
    expect(answer).toMatchObject({ query: footer, pages: 2 });
    expect(numbersOf(answer)).toEqual([1]);
    expect(answer.notes).toEqual([
      expect.stringMatching(/^No sign-in matches all of it\. Shown is any whose correlation id is .*\.$/),
    ]);
  });

  test('is not looked for twice when it is there, or when the first answer is not whole', async () => {
    const there = await world(() => page([row(1)]));
    await there.graph.readSignIns(footer, PERSON);
    expect(there.server.seen).toHaveLength(1);
    const broken = await world((seen, root) => (seen.index === 0 ? page([], linkTo(root, 2)) : page(null)));
    const answer = await broken.graph.readSignIns(footer, PERSON);
    expect(answer.verdict).toEqual({ finished: false, why: 'failed' });
    expect(broken.server.seen).toHaveLength(2);
  });
});
