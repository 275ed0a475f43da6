import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { ConnectorFailure } from '../entra/connector-problem.ts';
import { readAll } from '../lib/read-all.ts';
import { fail, ok, type Result } from '../lib/result.ts';

/** One request, as it goes over the wire. */
export interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What came back, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** Sends one request and reads its answer, once, following no redirect. */
export interface Exchange {
  send(request: Request, timeoutMs: number): Promise<Result<Reply, ConnectorFailure>>;
  close(): void;
}

const MAX_REPLY_BYTES = 1024 * 1024;

// Idle connections are given up before the other side does it, else a message would be lost on a dead one.
const AGENT = { keepAlive: true, maxSockets: 64, timeout: 20_000 };

const read = async (response: IncomingMessage): Promise<Reply> => {
  const body = await readAll(response, MAX_REPLY_BYTES);
  if (!body) throw new RangeError('The answer is too long.');
  return { status: response.statusCode ?? 0, headers: response.headers, text: body.toString('utf8') };
};

/**
 * Tells whether a byte of the request may have left: only on a connection that was there before, or since it is. Until
 * then everything that goes wrong (no such host, connection refused, a certificate that is not trusted) is harmless.
 */
const departureOf = (call: ClientRequest, connected: 'connect' | 'secureConnect'): (() => boolean) => {
  let mayHaveLeft = false;
  const leave = (): void => {
    mayHaveLeft = true;
  };
  call.on('socket', (socket) => (socket.connecting ? socket.once(connected, leave) : leave()));
  return () => mayHaveLeft;
};

/** Connections of its own; the failure of a send says whether anything may have left. */
export const createExchange = (): Exchange => {
  const plain = new HttpAgent(AGENT);
  const secure = new HttpsAgent(AGENT);
  return {
    send: ({ url, method, headers, body }, timeoutMs) =>
      new Promise((resolve) => {
        const isPlain = url.startsWith('http:');
        const call = (isPlain ? requestHttp : requestHttps)(url, {
          method,
          agent: isPlain ? plain : secure,
          headers: {
            ...headers,
            accept: 'application/json',
            'accept-encoding': 'identity',
            'content-length': body.length,
          },
          signal: AbortSignal.timeout(timeoutMs),
        });
        const mayHaveLeft = departureOf(call, isPlain ? 'connect' : 'secureConnect');
        const end = (cause: unknown): void => {
          const problem = mayHaveLeft() ? 'ambiguous' : 'unreachable';
          resolve(fail(new ConnectorFailure(problem, undefined, { cause })));
        };
        call.on('error', end);
        call.on('response', (response) => read(response).then((reply) => resolve(ok(reply)), end));
        call.end(body);
      }),
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
};
