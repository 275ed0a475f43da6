import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectorClientOptions } from 'botframework-connector/lib/connectorApi/models/index.js';
import type { Cloud } from '../entra/clouds.ts';
import { ConnectorFailure, type ConnectorProblem } from '../entra/connector-problem.ts';
import { createExchange, type Reply, type Request } from './exchange.ts';
import type { Limits } from './limits.ts';
import { isServiceUrl } from './service-url.ts';

/** What botbuilder calls to send one request. */
type SdkClient = NonNullable<ConnectorClientOptions['httpClient']>;
type Outbound = Parameters<SdkClient['sendRequest']>[0];
type Answer = Awaited<ReturnType<SdkClient['sendRequest']>>;

/** The one way out to Teams: for botbuilder, and for what botbuilder does not know. */
export interface HttpClient extends SdkClient {
  /** Sends one request; gives its answer, which is 2xx. */
  call(request: Request): Promise<Reply>;
}

export interface HttpClientOptions {
  readonly cloud: Cloud;
  readonly limits: Limits;
}

const ATTEMPTS = 4;
const MAX_PAUSE_MS = 15_000;
const FIRST_PAUSE_MS = 250;

/** What a status that is not 2xx means. */
export const problemOf = (status: number): ConnectorProblem => {
  if (status === 403 || status === 404) return 'gone';
  if (status === 413) return 'too-big';
  if (status === 429) return 'throttled';
  return status >= 300 && status < 500 && status !== 412 ? 'refused' : 'ambiguous';
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
  const exchange = createExchange();

  const call = async (request: Request): Promise<Reply> => {
    if (!isServiceUrl(cloud, request.url)) throw new ConnectorFailure('foreign-host');
    for (let attempt = 1; ; attempt += 1) {
      const sent = await exchange.send(request, limits.callMs);
      const reply = sent.ok ? sent.value : undefined;
      if (reply && reply.status >= 200 && reply.status < 300) return reply;
      const waitMs = pauseBefore(request.method, reply, attempt);
      if (waitMs === undefined)
        throw sent.ok ? new ConnectorFailure(problemOf(sent.value.status), sent.value.status) : sent.error;
      await pause(waitMs);
    }
  };

  const sendRequest = async (request: Outbound): Promise<Answer> => {
    const { url, method, headers, body } = request;
    const bytes = Buffer.from(typeof body === 'string' ? body : '');
    return answerOf(request, await call({ url, method, headers: headers.rawHeaders(), body: bytes }));
  };

  return { call, sendRequest, close: exchange.close };
};
