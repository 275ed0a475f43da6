import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../../src/lib/loopback.ts';

/** Epoch milliseconds at which all of this takes place. */
export const NOW = Date.parse('2026-11-21T12:00:00Z');

/** A request as the scripted Graph saw it. */
export interface Seen {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Where the request stands in the order of arrival, from 0. */
  readonly index: number;
}

/** What it answers: JSON by default, or exactly this text; or it drops the line, or says nothing, or anything else. */
export type Answer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly json: unknown }
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly text: string }
  | 'drop'
  | 'half'
  | 'silence'
  | ((response: ServerResponse) => void);

export type Script = (seen: Seen, root: string) => Answer | Promise<Answer>;

export interface Scripted {
  /** Root of this Graph, without version or trailing slash. */
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

const send = (answer: Answer, response: ServerResponse): void => {
  if (answer === 'silence') return;
  if (typeof answer === 'function') {
    answer(response);
    return;
  }
  if (answer === 'drop') {
    response.destroy();
    return;
  }
  if (answer === 'half') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"value":[', () => response.destroy());
    return;
  }
  const isJson = 'json' in answer;
  response.writeHead(answer.status ?? 200, {
    date: new Date(NOW).toUTCString(),
    'content-type': isJson ? 'application/json' : 'text/html',
    ...answer.headers,
  });
  response.end(isJson ? JSON.stringify(answer.json) : answer.text);
};

/** A Graph on loopback that answers by script. */
export const startScripted = async (script: Script): Promise<Scripted> => {
  const seen: Seen[] = [];
  const server = createServer({ maxHeaderSize: 64 * 1024 }, async (request, response) => {
    const url = new URL(request.url ?? '', root);
    const { method, headers } = request;
    let body = '';
    try {
      for await (const part of request) body += part;
    } catch {
      // Who asked has gone before it was all there.
      return;
    }
    const one = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      body,
      index: seen.length,
    };
    seen.push(one);
    send(await script(one, root), response);
  });
  const root = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return {
    url: root,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** A page of a list, with the link to the next one if there is one. */
export const page = (value: unknown, nextLink?: unknown): Answer => ({
  json: { value, ...(nextLink !== undefined && { '@odata.nextLink': nextLink }) },
});

/** An error as Graph words it. */
export const refusal = (
  status: number,
  code: string | null,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers,
  json: {
    error: { code, message, innerError: { 'request-id': 'r-1', 'client-request-id': 'c-1', date: 'd-1' } },
  },
});
