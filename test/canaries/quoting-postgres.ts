import { createServer } from 'node:net';
import { listenOnLoopback } from '../../src/lib/loopback.ts';

/** A PostgreSQL that nobody gets into, and that repeats the password it was given. */
export interface QuotingPostgres {
  readonly port: number;
  readonly heard: readonly string[];
  close(): void;
}

const message = (kind: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(kind), length, body]);
};

/** AuthenticationCleartextPassword. */
const WANTS_PASSWORD = message('R', Buffer.from([0, 0, 0, 3]));

const refusal = (password: string): Buffer => {
  const said = `password authentication failed for "flagman" with ${password}`;
  const fields = ['SFATAL', 'C28P01', `M${said}`, `DDATA=postgres://flagman:${password}@127.0.0.1/flagman`];
  return message('E', Buffer.from(`${fields.join('\0')}\0\0`));
};

export const startQuotingPostgres = async (): Promise<QuotingPostgres> => {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(WANTS_PASSWORD);
      socket.once('data', (sent) => {
        const password = sent.subarray(5, -1).toString();
        heard.push(password);
        socket.end(refusal(password));
      });
    });
  });
  return { port: await listenOnLoopback(server), heard, close: () => void server.close() };
};
