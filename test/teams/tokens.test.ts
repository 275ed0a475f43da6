import { afterEach, expect, test } from '@jest/globals';
import { type Edge, startEdge } from './support/edge.ts';

let edge: Edge | undefined;
afterEach(() => edge?.close());

test('what the bot says carries a token that is asked for anew each time: whoever gives it keeps it', async () => {
  let asked = 0;
  edge = await startEdge({
    doors: { onMessage: (_, chat) => chat.say('hello') },
    getToken: async () => {
      asked += 1;
      return `token-${asked}`;
    },
  });
  await edge.post(edge.message('help'));
  await edge.post(edge.message('help'));
  expect(edge.connector.sent.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer token-1',
    'Bearer token-2',
  ]);
});
