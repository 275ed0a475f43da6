import { Agent, createServer, request } from 'node:http';
import { listenOnLoopback } from '../../src/lib/loopback.ts';

/** A pretend Connector that takes every post and keeps nothing. */
export interface Sink {
  readonly serviceUrl: string;
  /** Cards posted or edited that bring an answer, so without those that only say that work is going on. */
  answers(): number;
  /** Cards that were posted or edited so that they say this, by their ids. */
  saying(text: string): number;
  close(): void;
}

/**
 * Starts the Connector on loopback; it answers as soon as a post is read. Cards that say `working` do not count.
 * Summaries are all that is kept of cards.
 */
export const startSink = async (working: string): Promise<Sink> => {
  let answers = 0;
  let posts = 0;
  const summaries = new Map<string, string>();
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      posts += 1;
      const body = Buffer.concat(chunks);
      const isCard = body.includes('vnd.microsoft.card.adaptive');
      if (isCard && !body.includes(working)) answers += 1;
      const id = incoming.method === 'PUT' ? (incoming.url?.split('/').at(-1) ?? '') : String(posts);
      const summary = /"summary":"([^"]*)"/.exec(body.toString('utf8'))?.[1];
      if (isCard && summary !== undefined) summaries.set(id, summary);
      outgoing.setHeader('content-type', 'application/json');
      outgoing.end(JSON.stringify({ id }));
    });
  });
  const port = await listenOnLoopback(server);
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    answers: () => answers,
    saying: (text) => [...summaries.values()].filter((summary) => summary.includes(text)).length,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Posts one activity to the bot; gives the HTTP status. */
export const post = (botUrl: string, token: string, activity: unknown): Promise<number> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify(activity);
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const outgoing = request(`${botUrl}/api/messages`, { method: 'POST', headers, agent }, (incoming) => {
      incoming.resume();
      incoming.on('end', () => resolve(incoming.statusCode ?? 0));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** Does `count` pieces of work, so many at a time. */
export const inParallel = async (
  count: number,
  width: number,
  work: (index: number) => Promise<void>,
): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
};
