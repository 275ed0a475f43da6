import { createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { listenOnLoopback } from '../../src/lib/loopback.ts';

const servers = [createServer(), createServer()] as const;

afterEach(() => {
  for (const server of servers) server.close();
});

test('a server is opened for this machine alone, and its port is known', async () => {
  const [server] = servers;
  const port = await listenOnLoopback(server);
  expect(server.address()).toMatchObject({ address: '127.0.0.1', port });
});

test('a port that is taken is an error', async () => {
  const [first, second] = servers;
  const port = await listenOnLoopback(first);
  await expect(listenOnLoopback(second, port)).rejects.toThrow('EADDRINUSE');
});
