import { describe, expect, test } from '@jest/globals';
import { createFresh } from '../../src/graph/fresh.ts';
import { wireRow } from './support/rows.ts';
import { page, refusal } from './support/scripted.ts';
import { PERSON, problemFrom, question, world } from './support/world.ts';

const rolling = (at: string, secondsAgo = 3600) =>
  question([], { from: { at, inclusive: true, secondsAgo } });

describe('equal questions', () => {
  test('100 at once are one request and one reading', async () => {
    const { graph, server } = await world(() => page([wireRow()]));
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => graph.readSignIns(question(), PERSON)),
    );
    expect(server.seen).toHaveLength(1);
    expect(new Set(answers.map(({ readingId }) => readingId)).size).toBe(1);
  });

  test('are equal before "now" is filled in, and share the first one’s window', async () => {
    const { graph, server } = await world(() => page([]));
    const first = await graph.readSignIns(rolling('2026-11-21T11:00:00Z'), PERSON);
    const second = await graph.readSignIns(rolling('2026-11-21T11:00:09Z'), PERSON);
    expect(second).toBe(first);
    await graph.readSignIns(rolling('2026-11-21T11:00:00Z', 7200), PERSON);
    await graph.readSignIns(question([], { from: { at: '2026-11-21T11:00:00Z', inclusive: true } }), PERSON);
    await graph.readSignIns(question([], { from: { at: '2026-11-21T11:00:09Z', inclusive: true } }), PERSON);
    expect(server.seen).toHaveLength(4);
  });

  test('are asked again when the answer is no longer fresh, or when it must be', async () => {
    let now = 0;
    const { graph, server } = await world(() => page([]), { freshness: 50 }, { steady: () => now });
    await graph.readSignIns(question(), PERSON);
    await graph.readSignIns(question(), { ...PERSON, fresh: true });
    expect(server.seen).toHaveLength(2);
    now = 50;
    await graph.readSignIns(question(), PERSON);
    expect(server.seen).toHaveLength(3);
  });

  test('are asked again after a failure, or when the answer was not whole', async () => {
    const { graph, server } = await world(({ index }, root) => {
      if (index === 0) return refusal(403, 'Authorization_RequestDenied', 'No.');
      return index === 1 ? page([], `${root}/x`) : page(index === 2 ? null : []);
    });
    await problemFrom(graph.readSignIns(question(), PERSON));
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({
      verdict: { finished: false, why: 'failed' },
    });
    expect(await graph.readSignIns(question(), PERSON)).toMatchObject({ verdict: { finished: true } });
    expect(server.seen).toHaveLength(4);
  });

  test('an answer cut at the page cap serves others too', async () => {
    const { graph, server } = await world((_seen, root) => page([], `${root}/x`), { maxPages: 1 });
    const first = await graph.readSignIns(question(), PERSON);
    expect(await graph.readSignIns(question(), PERSON)).toBe(first);
    expect(server.seen).toHaveLength(1);
  });

  test('one who gives up leaves the reading to the others', async () => {
    const { graph, server } = await world(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return page([wireRow()]);
    });
    const controller = new AbortController();
    const left = graph.readSignIns(question(), { ...PERSON, signal: controller.signal });
    const stays = graph.readSignIns(question(), { ...PERSON, signal: new AbortController().signal });
    controller.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    expect(await stays).toMatchObject({ read: 1 });
    expect(server.seen).toHaveLength(1);
  });

  test('when the last one has given up, so does the reading', async () => {
    const { graph, server } = await world(
      () => page([]),
      {
        limits: {
          reports: { requests: 1, milliseconds: 60_000 },
          identityProtection: { requests: 1, milliseconds: 1 },
          directory: { requests: 1, milliseconds: 1 },
        },
      },
      { steady: () => 0, sleep: () => new Promise(() => undefined) },
    );
    await graph.readSignIns(question(), PERSON);
    const controller = new AbortController();
    const left = graph.readSignIns(rolling('2026-11-21T11:00:00Z'), { ...PERSON, signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    await expect(
      graph.readSignIns(question(), { ...PERSON, fresh: true, signal: controller.signal }),
    ).rejects.toThrow('enough');
    expect(server.seen).toHaveLength(1);
  });
});

describe('what is remembered', () => {
  const create = (freshness = 1000) => {
    let now = 0;
    const reads: string[] = [];
    const memory = createFresh<number>({
      clock: () => now,
      freshness,
      keeps: () => true,
      weigh: (value) => value,
      room: 10,
    });
    const get = (key: string, weight: number) =>
      memory.get(
        key,
        async () => {
          reads.push(key);
          return weight;
        },
        {},
      );
    return {
      get,
      reads,
      at: (time: number) => {
        now = time;
      },
    };
  };

  test('is bounded: the oldest goes first', async () => {
    const { get, reads } = create();
    await get('a', 6);
    await get('b', 4);
    await get('a', 6);
    await get('c', 3);
    await get('b', 4);
    await get('a', 6);
    expect(reads).toEqual(['a', 'b', 'c', 'a']);
  });

  test('goes when it is old', async () => {
    const { get, reads, at } = create();
    await get('a', 1);
    at(1000);
    await get('a', 1);
    await get('b', 1);
    expect(reads).toEqual(['a', 'a', 'b']);
  });

  test('is nothing at all when the time is 0', async () => {
    const { get, reads } = create(0);
    await get('a', 1);
    await get('a', 1);
    expect(reads).toEqual(['a', 'a']);
  });
});
