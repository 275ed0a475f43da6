import { describe, expect, test } from '@jest/globals';
import { holdLimits } from './support/limits.ts';
import { wireRow } from './support/rows.ts';
import { type Answer, NOW, page, refusal, startScripted } from './support/scripted.ts';
import { PERSON, problemFrom, question, world } from './support/world.ts';

/** Answers in this order, the last one for good. */
const inTurn =
  (...answers: readonly [Answer, ...Answer[]]) =>
  ({ index }: { readonly index: number }): Answer =>
    answers[Math.min(index, answers.length - 1)] ?? answers[0];

const throttled = (headers: Readonly<Record<string, string>> = {}) =>
  refusal(429, 'UnknownError', 'This request is throttled.', headers);

describe('H097: reading is repeated', () => {
  test.each<[string, Answer]>([
    ['503', { status: 503, text: '' }],
    ['504', { status: 504, text: '<html>' }],
    ['429', throttled()],
    ['a reset line', 'drop'],
    ['half an answer', 'half'],
  ])('after %s', async (_what, broken) => {
    const { graph, server, events } = await world(inTurn(broken, page([wireRow()])));
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({
      read: 1,
      verdict: { finished: true },
    });
    expect(server.seen).toHaveLength(2);
    expect(events.some(({ event }) => event === 'failed')).toBe(true);
  });

  test('as long as Graph asks, and everybody in the bucket waits', async () => {
    const { graph, waits } = await world(inTurn(throttled({ 'retry-after': '2' }), page([])));
    await graph.readSignIns(question(), PERSON);
    expect(Math.max(...waits)).toBeGreaterThan(1900);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2000);
  });

  test('until a date, read against Graph’s own clock', async () => {
    const later = new Date(NOW + 3000).toUTCString();
    const { graph, waits } = await world(
      inTurn({ status: 503, headers: { 'retry-after': later }, text: '' }, page([])),
    );
    await graph.readSignIns(question(), PERSON);
    expect(waits).toContain(3000);
  });

  test('with doubling waits and jitter when Graph does not say how long', async () => {
    const { graph, waits, server } = await world(() => ({ status: 503, text: '' }));
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toMatchObject({
      kind: 'server-error',
      status: 503,
    });
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(server.seen).toHaveLength(4);
  });

  test.each(['0', '-5', new Date(NOW - 60_000).toUTCString()])(
    'with a wait of our own when Graph asks for none (%s)',
    async (retryAfter) => {
      const { graph, waits } = await world(inTurn(throttled({ 'retry-after': retryAfter }), page([])));
      await graph.readSignIns(question(), PERSON);
      expect(Math.max(...waits)).toBeGreaterThan(900);
    },
  );

  test('not after a Retry-After that nobody waits for', async () => {
    const { graph, server } = await world(() => throttled({ 'retry-after': '3600' }));
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toMatchObject({
      kind: 'throttled',
      retryAfter: 3600,
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each([400, 404, 409, 500, 502])('not after %d', async (status) => {
    const { graph, server } = await world(() => refusal(status, 'x', 'x'));
    await problemFrom(graph.readSignIns(question(), PERSON));
    expect(server.seen).toHaveLength(1);
  });

  test('ECONNREFUSED and an unknown host end in "unreachable"', async () => {
    const { url, close } = await startScripted(() => page([]));
    await close();
    const { graph } = await world(() => page([]), { retries: 1 }, { graphUrl: url });
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toEqual({ kind: 'unreachable' });
  });

  test('no TLS where TLS is expected ends in "unreachable"', async () => {
    const plain = await startScripted(() => page([]));
    const graphUrl = plain.url.replace('http:', 'https:');
    const { graph } = await world(() => page([]), { retries: 0 }, { graphUrl });
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toEqual({ kind: 'unreachable' });
    await plain.close();
  });

  test('giving up while waiting for a repeat ends at once', async () => {
    const pass = holdLimits();
    const { graph } = await world(
      () => ({ status: 503, text: '' }),
      { readingTimeout: 200 },
      {
        sleep: (_milliseconds, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason));
            pass(200);
          }),
      },
    );
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toMatchObject({ kind: 'server-error' });
  });

  test('429 for longer than a reading may take is called throttled', async () => {
    const pass = holdLimits();
    const { graph } = await world(
      () => throttled({ 'retry-after': '60' }),
      { readingTimeout: 200 },
      {
        sleep: () => {
          pass(200);
          return new Promise(() => undefined);
        },
      },
    );
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toMatchObject({
      kind: 'throttled',
      retryAfter: 60,
    });
  });
});

describe('slips of the service get one more try', () => {
  const noLicence = refusal(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    'no premium license',
  );

  test('a licence that is missing now and then', async () => {
    const { graph } = await world(inTurn(noLicence, page([])));
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({ verdict: { finished: true } });
    const never = await world(() => noLicence);
    expect(await problemFrom(never.graph.readSignIns(question(), PERSON))).toMatchObject({
      kind: 'no-licence',
    });
    expect(never.server.seen).toHaveLength(2);
  });

  test('a refused token is replaced by a fresh one, once, also after another failure', async () => {
    const expired = refusal(401, 'InvalidAuthenticationToken', 'Expired.');
    const { graph, server } = await world(inTurn({ status: 503, text: '' }, expired, page([])));
    await graph.readSignIns(question(), PERSON);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first-token',
      'Bearer first-token',
      'Bearer fresh-token',
    ]);
    const never = await world(() => expired);
    expect(await problemFrom(never.graph.readSignIns(question(), PERSON))).toMatchObject({
      kind: 'token-rejected',
    });
    expect(never.tokens).toEqual([{ fresh: false }, { fresh: true }]);
  });

  test('no token: Graph is not asked, and the reason stays inside', async () => {
    const { graph, server } = await world(
      () => page([]),
      {},
      {
        getToken: () => Promise.reject(new Error('client_secret=hunter2')),
      },
    );
    const problem = await problemFrom(graph.readSignIns(question(), PERSON));
    expect(problem.kind).toBe('token-rejected');
    expect(JSON.stringify(problem)).not.toContain('hunter2');
    expect(server.seen).toHaveLength(0);
  });

  test('no token in time is a time-out', async () => {
    const { graph } = await world(
      () => page([]),
      { readingTimeout: 100 },
      { getToken: () => new Promise(() => undefined) },
    );
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toEqual({ kind: 'timeout' });
  });
});

describe('H099: an answer that is no list is never an all-clear', () => {
  test.each<[string, Answer, string]>([
    ['HTML of a proxy', { text: '<html>Sign in</html>' }, 'not-json'],
    ['nothing', { text: '' }, 'not-json'],
    ['204', { status: 204, text: '' }, 'not-json'],
    ['an array', { json: [] }, 'wrong-shape'],
    ['null', { json: null }, 'wrong-shape'],
    ['no value', { json: {} }, 'wrong-shape'],
    ['value null', page(null), 'wrong-shape'],
    ['value a text', page('none'), 'wrong-shape'],
    ['a link that is no text', page([], 5), 'wrong-shape'],
  ])('%s', async (_what, answer, kind) => {
    const { graph } = await world(() => answer);
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toMatchObject({ kind });
  });

  test('a larger answer than is taken in', async () => {
    const { graph } = await world(() => page([wireRow({ userAgent: 'x'.repeat(5000) })]), { maxBytes: 4096 });
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toMatchObject({ kind: 'wrong-shape' });
  });

  test('a silent server is a time-out', async () => {
    const { graph } = await world(() => 'silence', { requestTimeout: 20 });
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toEqual({ kind: 'timeout' });
  });

  test('a redirect is not followed', async () => {
    const elsewhere = await startScripted(() => page([]));
    const { graph, server } = await world(() => ({
      status: 302,
      headers: { location: elsewhere.url },
      text: '',
    }));
    expect(await problemFrom(graph.readSignIns(question(), PERSON))).toMatchObject({
      kind: 'foreign-link',
      status: 302,
    });
    expect(server.seen).toHaveLength(1);
    expect(elsewhere.seen).toHaveLength(0);
    await elsewhere.close();
  });
});
