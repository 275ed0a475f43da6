import { Agent, createServer, request } from 'node:http';
import { listenOnLoopback } from '../../src/lib/loopback.ts';

/** A pretend Connector that takes every post and keeps nothing. */
export interface Sink {
  readonly serviceUrl: string;
  /** Cards posted or edited that bring an answer, so without those that only say that work is going on. */
  answers(): number;
  close(): void;
}

/** Starts the Connector on loopback; it answers as soon as a post is read. Cards that say `working` do not count. */
export const startSink = async (working: string): Promise<Sink> => {
  let answers = 0;
  const server = createServer((incoming, outgoing) => {
    let isCard = false;
    let isWorking = false;
    incoming.on('data', (chunk: Buffer) => {
      isCard ||= chunk.includes('vnd.microsoft.card.adaptive');
      isWorking ||= chunk.includes(working);
    });
    incoming.on('end', () => {
      if (isCard && !isWorking) answers += 1;
      outgoing.setHeader('content-type', 'application/json');
      outgoing.end('{"id":"1"}');
    });
  });
  const port = await listenOnLoopback(server);
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    answers: () => answers,
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
