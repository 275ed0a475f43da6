import { afterAll, describe, expect, test } from '@jest/globals';
import { createWindow, REAL_LIMITS } from '../../src/demo/graph/throttle.ts';
import { closeAll, NOW, open, TENANT } from './graph-client.ts';

afterAll(closeAll);

const LIST = '/beta/auditLogs/signIns?$top=1';
const STEP = 1000;

describe('the window', () => {
  test('lets five through in any ten seconds, and not a sixth', () => {
    const arrive = createWindow(5, 10 * STEP);
    expect([0, 1, 2, 3, 4].map((second) => arrive(second * STEP))).toEqual([0, 0, 0, 0, 0]);
    expect(arrive(9999)).toBe(1001);
  });

  test('slides: the first leaves after exactly ten seconds', () => {
    const arrive = createWindow(5, 10 * STEP);
    for (const second of [0, 1, 2, 3, 4]) arrive(second * STEP);
    expect(arrive(10_000)).toBe(0);
    // This one counts too, so two have to leave.
    expect(arrive(10_500)).toBe(1500);
  });

  test('counts what it refuses, so whoever keeps asking keeps waiting', () => {
    const arrive = createWindow(5, 10 * STEP);
    const refused = Array.from({ length: 40 }, (_, second) => arrive(second * STEP)).filter(
      (wait) => wait > 0,
    );
    expect(refused.length).toBe(35);
  });

  test('is right about when to come back', () => {
    const arrive = createWindow(5, 10 * STEP);
    for (const second of [0, 0, 0, 3, 4]) arrive(second * STEP);
    const wait = arrive(5 * STEP);
    expect(arrive(5 * STEP + wait)).toBe(0);
  });

  test('is as long as it is told', () => {
    const arrive = createWindow(1, STEP / 2);
    expect([arrive(0), arrive(499), arrive(1000)]).toEqual([0, 500, 0]);
  });
});

describe('over the wire', () => {
  test('the sixth request in ten seconds is answered 429 with Retry-After, in either of two codes', async () => {
    let now = NOW;
    const { get, graph } = await open({ clock: () => now, limits: REAL_LIMITS });
    const first = await Promise.all([1, 2, 3, 4, 5].map(() => get(LIST)));
    expect(first.map((reply) => reply.status)).toEqual([200, 200, 200, 200, 200]);
    now += 2500;
    const refused = await Promise.all(Array.from({ length: 30 }, () => get(LIST)));
    expect(new Set(refused.map((reply) => reply.status))).toEqual(new Set([429]));
    expect(new Set(refused.map((reply) => reply.json.error.code))).toEqual(
      new Set(['UnknownError', 'TooManyRequests']),
    );
    expect(refused[0]?.headers.get('retry-after')).toBe('8');
    expect(refused.every((reply) => reply.json.error.message.startsWith('This request is throttled.'))).toBe(
      true,
    );
    now += 10_000;
    expect((await get(LIST)).status).toBe(200);
    expect(graph.requests.filter((request) => request.status === 429).length).toBe(30);
  });

  test('a token that is refused counts too', async () => {
    const { get } = await open({ limits: REAL_LIMITS, token: 'right' });
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => get(LIST)));
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([401]));
    expect((await get(LIST, { authorization: 'Bearer right' })).status).toBe(429);
  });

  test('the directory has its own, far larger budget', async () => {
    const { get } = await open({ limits: { reportsPer10s: 1, speed: 1 } });
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => get(`/v1.0/users/${TENANT.users[0]?.id}`)),
    );
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
  });
});
