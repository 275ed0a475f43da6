import { afterEach, expect, test } from '@jest/globals';
import { type Edge, startEdge } from './support/edge.ts';
import { watchPrototype } from './support/watch.ts';

watchPrototype();

let edge: Edge;
afterEach(() => edge.close());

test('there are three addresses, and everything else is an empty 404', async () => {
  edge = await startEdge();
  const get = (path: string, method = 'GET') => edge.post('', { method, path });
  expect(await get('/healthz')).toMatchObject({ status: 200, text: '' });
  expect(await get('/readyz')).toMatchObject({ status: 200, text: '' });
  const wrong = [
    await get('/'),
    await get('/api/messages'),
    await get('/api/messages', 'PUT'),
    await get('/api/messages', 'OPTIONS'),
    await get('/api/messages/', 'POST'),
    await get('/healthz', 'POST'),
    await get('/%zz'),
    await get('/metrics'),
  ];
  for (const answer of wrong) {
    expect(answer).toMatchObject({ status: 404, text: '' });
    expect(answer.headers.server).toBeUndefined();
  }
  expect(edge.events).toEqual(['keys.fetched']);
});

test('it is ready only when the bot is', async () => {
  let isReady = false;
  edge = await startEdge({ ready: () => isReady });
  const ready = () => edge.post('', { method: 'GET', path: '/readyz' });
  expect((await ready()).status).toBe(503);
  isReady = true;
  expect((await ready()).status).toBe(200);
});

test('a taken port is said, not thrown at the process', async () => {
  edge = await startEdge();
  const second = await startEdge();
  await second.teams.close();
  await expect(second.teams.listen(edge.teams.port, '127.0.0.1')).rejects.toThrow('EADDRINUSE');
  await second.close();
});
