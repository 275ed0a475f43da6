import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { listenOnLoopback } from '../lib/loopback.ts';

/** Answers one request; what it throws becomes a 500 with the error's message (this is a test bench, not a service). */
export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

/** A server on 127.0.0.1. */
export interface Loopback {
  /** Origin without a trailing slash, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  close(): Promise<void>;
}

/** What a server proves itself with, as PEM. */
export interface TlsIdentity {
  readonly certPem: string;
  readonly keyPem: string;
}

/** Starts a server on the loopback address only, with TLS if it has an identity. Port 0 lets the system choose. */
export const listen = async (answer: Answer, port = 0, tls?: TlsIdentity): Promise<Loopback> => {
  const onRequest: RequestListener = (request, response) => {
    Promise.resolve()
      .then(() => answer(request, response, new URL(request.url ?? '/', 'http://loopback')))
      .catch((error: unknown) => {
        if (!response.headersSent)
          sendJson(response, 500, { error: { code: 'Crash', message: String(error) } });
        else response.destroy();
      });
  };
  const server = tls
    ? createSecureServer({ cert: tls.certPem, key: tls.keyPem }, onRequest)
    : createServer(onRequest);
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${await listenOnLoopback(server, port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** The whole body as text. */
export const readText = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** Parsed JSON, or null where there is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Ends the response. Nothing is chained to `writeHead`: restify, in the same process, makes it return nothing. */
export const send = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Buffer = '',
): void => {
  response.writeHead(status, headers);
  response.end(body);
};

/** Ends the response with a JSON body. */
export const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  send(
    response,
    status,
    { 'content-type': 'application/json; charset=utf-8', ...headers },
    JSON.stringify(body),
  );
};
