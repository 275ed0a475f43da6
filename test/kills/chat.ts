import type { Chat } from '../../src/bot/ports.ts';
import { listen, parseJson, readText, send } from '../../src/demo/http.ts';
import { NO_FILES } from '../support/files.ts';

/** What stands in the pretend chat. */
export interface Posted {
  readonly id: string;
  /** The card as it was posted, and after every edit: its JSON and the line of its notification. */
  readonly shown: string[];
}

/** A chat on loopback that outlives whoever posts into it. */
export interface PretendChat {
  readonly url: string;
  readonly posts: readonly Posted[];
  close(): Promise<void>;
}

/** Starts one: POST posts, PUT edits. */
export const startChat = async (): Promise<PretendChat> => {
  const posts: Posted[] = [];
  const { url, close } = await listen(async (request, response, { pathname }) => {
    const text = await readText(request);
    if (parseJson(text) === null) return send(response, 400);
    if (request.method === 'POST') {
      const id = String(posts.length);
      posts.push({ id, shown: [text] });
      return send(response, 200, {}, id);
    }
    posts.find(({ id }) => `/${id}` === pathname)?.shown.push(text);
    send(response, 200);
  });
  return { url, posts, close };
};

const call = async (method: string, url: string, body: unknown): Promise<string> => {
  const response = await fetch(url, { method, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`The chat answered ${response.status}.`);
  return response.text();
};

/** A chat on the wire, without Teams. */
export const chatAt = (url: string): Chat => ({
  send: (card, summary) => call('POST', url, { card, summary }),
  update: async (id, card, summary) => {
    await call('PUT', `${url}/${id}`, { card, summary });
  },
  say: async () => undefined,
  typing: async () => undefined,
  ...NO_FILES,
});
