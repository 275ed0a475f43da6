import { expect } from '@jest/globals';
import type { Edge } from './edge.ts';

/** What stands in the Authorization header; null leaves it out. */
type Authorization = string | string[] | null;

/** Posts a good message under this header. */
export const under = async (edge: Edge, authorization: Authorization, more: Record<string, unknown> = {}) =>
  edge.post(edge.message('help', more), { authorization });

/** The message is refused with a bare 401, and nobody hears of it. */
export const expectRefused = async (
  edge: Edge,
  authorization: Authorization,
  more: Record<string, unknown> = {},
): Promise<void> => {
  const answer = await under(edge, authorization, more);
  expect(answer.status).toBe(401);
  expect(answer.text).toBe('');
  expect(answer.headers.server).toBeUndefined();
  expect(edge.messages).toEqual([]);
};
