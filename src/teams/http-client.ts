import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectorClientOptions } from 'botframework-connector/lib/connectorApi/models/index.js';
import type { Cloud } from '../entra/clouds.ts';
import { ConnectorFailure, type ConnectorProblem } from '../entra/connector-problem.ts';
import { readAll } from '../lib/read-all.ts';
import { fail, ok, type Result } from '../lib/result.ts';
import type { Limits } from './limits.ts';
import { isServiceUrl } from './service-url.ts';

/** What botbuilder calls to send one request. */
export type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;
type Outbound = Parameters<HttpClient['sendRequest']>[0];
type Answer = Awaited<ReturnType<HttpClient['sendRequest']>>;

export interface HttpClientOptions {
  readonly cloud: Cloud;
  readonly limits: Limits;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

const ATTEMPTS = 4;
const MAX_REPLY_BYTES = 1024 * 1024;
const MAX_PAUSE_MS = 15_000;
const FIRST_PAUSE_MS = 250;

// Idle connections are given up before the other side does it, else a message would be lost on a dead one.
const AGENT = { keepAlive: true, maxSockets: 64, timeout: 20_000 };

const problemOf = (status: number): ConnectorProblem => {
  if (status === 403 || status === 404) return 'gone';
  if (status === 413) return 'too-big';
  if (status === 429) return 'throttled';
  return status >= 300 && status < 500 && status !== 412 ? 'refused' : 'ambiguous';
};

const read = async (response: IncomingMessage): Promise<Reply> => {
  const body = await readAll(response, MAX_REPLY_BYTES);
  if (!body) throw new RangeError('The answer is too long.');
  return { status: response.statusCode ?? 0, headers: response.headers, text: body.toString('utf8') };
};

/** Milliseconds until the next attempt, or undefined if there shall be none. */
const pauseBefore = (method: string, reply: Reply | undefined, attempt: number): number | undefined => {
  if (attempt >= ATTEMPTS) return undefined;
  const seconds = reply?.status === 429 ? reply.headers['retry-after'] : undefined;
  if (seconds !== undefined && /^\d+$/.test(seconds)) {
    const told = Number(seconds) * 1_000;
    return told <= MAX_PAUSE_MS ? told : undefined;
  }
  // An edit may be repeated, a post may not: it has no key by which Teams would know it again.
  const isRepeatable =
    method === 'PUT' && (!reply || reply.status >= 500 || /^(412|429)$/.test(`${reply.status}`));
  return isRepeatable ? FIRST_PAUSE_MS * 2 ** (attempt - 1) : undefined;
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

const answerOf = (request: Outbound, reply: Reply): Answer => {
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  headers.set('content-type', reply.headers['content-type'] ?? 'application/json');
  return { request, headers, status: reply.status, bodyAsText: reply.text };
};

/**
 * The HTTP client of all the bot's calls to Teams: known hosts only, a time-out, no redirects. A post is repeated
 * only after 429 with Retry-After, an edit also after doubt. Whatever is not 2xx is thrown as a `ConnectorFailure` of
 * the last attempt, which keeps botbuilder's own retries out.
 */
export const createHttpClient = ({ cloud, limits }: HttpClientOptions): HttpClient & { close(): void } => {
  const plain = new HttpAgent(AGENT);
  const secure = new HttpsAgent(AGENT);

  const send = (request: Outbound): Promise<Result<Reply, ConnectorFailure>> =>
    new Promise((resolve) => {
      const isPlain = request.url.startsWith('http:');
      const body = Buffer.from(typeof request.body === 'string' ? request.body : '');
      const call = (isPlain ? requestHttp : requestHttps)(request.url, {
        method: request.method,
        agent: isPlain ? plain : secure,
        headers: {
          ...request.headers.rawHeaders(),
          accept: 'application/json',
          'accept-encoding': 'identity',
          'content-length': body.length,
        },
        signal: AbortSignal.timeout(limits.callMs),
      });
      const mayHaveLeft = departureOf(call, isPlain ? 'connect' : 'secureConnect');
      const end = (cause: unknown): void => {
        const problem = mayHaveLeft() ? 'ambiguous' : 'unreachable';
        resolve(fail(new ConnectorFailure(problem, undefined, { cause })));
      };
      call.on('error', end);
      call.on('response', (response) => read(response).then((reply) => resolve(ok(reply)), end));
      call.end(body);
    });

  const sendRequest = async (request: Outbound): Promise<Answer> => {
    if (!isServiceUrl(cloud, request.url)) throw new ConnectorFailure('foreign-host');
    for (let attempt = 1; ; attempt += 1) {
      const sent = await send(request);
      const reply = sent.ok ? sent.value : undefined;
      if (reply && reply.status >= 200 && reply.status < 300) return answerOf(request, reply);
      const waitMs = pauseBefore(request.method, reply, attempt);
      if (waitMs === undefined)
        throw sent.ok ? new ConnectorFailure(problemOf(sent.value.status), sent.value.status) : sent.error;
      await pause(waitMs);
    }
  };

  const close = (): void => {
    plain.destroy();
    secure.destroy();
  };
  return { sendRequest, close };
};
