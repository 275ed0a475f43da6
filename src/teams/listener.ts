import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { createServer, type Server as RestifyServer, type ServerOptions } from 'restify';
import type { Log } from '../lib/log.ts';
import type { TurnResult } from './adapter.ts';
import type { Limits } from './limits.ts';

export interface ListenerOptions {
  /** Decides about a POST to /api/messages and says what it is answered with. */
  readonly onActivity: (request: IncomingMessage) => Promise<TurnResult>;
  readonly isReady: () => Promise<boolean>;
  readonly limits: Limits;
  readonly log: Log;
}

/** The HTTP server while it runs. */
export interface Listener {
  listen(port: number, host?: string): Promise<void>;
  /** Closes once `idle` resolves, or when the drain time is over. */
  close(idle: () => Promise<void>): Promise<void>;
  readonly port: number;
}

// How often node looks for connections that are over their time; its own default would triple our limits.
const CONNECTION_CHECK_MS = 1_000;
// Longer than the idle time of the proxies that stand before a bot.
const KEEP_ALIVE_MS = 65_000;

const limit = (server: Server, { headersMs, requestMs }: Limits): void => {
  Object.assign(server, {
    connectionsCheckingInterval: Math.min(CONNECTION_CHECK_MS, headersMs, requestMs),
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
};

const addRoutes = (
  server: RestifyServer,
  respond: (response: ServerResponse, result: TurnResult) => void,
  { onActivity, isReady, log }: ListenerOptions,
): void => {
  server.post('/api/messages', async (request: IncomingMessage, response: ServerResponse) =>
    respond(response, await onActivity(request)),
  );
  server.get('/healthz', async (_request: IncomingMessage, response: ServerResponse) =>
    respond(response, { status: 200 }),
  );
  server.get('/readyz', async (_request: IncomingMessage, response: ServerResponse) =>
    respond(response, { status: (await isReady()) ? 200 : 503 }),
  );
  server.on('restifyError', (_request, response: ServerResponse, error: unknown) => {
    // The callback that restify passes is not called: it would send restify's own error.
    // Only restify's own errors carry a status: no such path, or no such method on it.
    const isOurs = !(error instanceof Error && 'statusCode' in error);
    if (isOurs) log.error('http.failed', { error });
    if (!response.headersSent) respond(response, { status: isOurs ? 500 : 404 });
  });
  // restify listens for upgrades, so node would leave such a connection open for ever.
  server.on('upgrade', (_request: IncomingMessage, socket: Socket) => {
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
};

/** A restify server that says nothing about itself: no name, no error texts, empty bodies unless there is an answer. */
export const createListener = (options: ListenerOptions): Listener => {
  const { limits } = options;
  // restify's types know an older pino.
  const silent = pino({ enabled: false }) as unknown as NonNullable<ServerOptions['log']>;
  const server = createServer({ name: '', log: silent });
  limit(server.server as Server, limits);
  let port = 0;
  let isClosing = false;

  const respond = (response: ServerResponse, { status, body }: TurnResult): void => {
    // What is left of a refused body is not waited for.
    const isLast = isClosing || (status >= 400 && status < 500);
    const content = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, {
      'Content-Length': Buffer.byteLength(content),
      ...(content === '' ? {} : { 'Content-Type': 'application/json' }),
      ...(isLast ? { Connection: 'close' } : {}),
    });
    response.end(content);
  };

  addRoutes(server, respond, options);

  return {
    listen: async (wanted, host) => {
      server.listen(wanted, host);
      await once(server, 'listening');
      port = server.address().port;
    },
    close: async (idle) => {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const drained = idle().then(() => closed);
      await Promise.race([drained, pause(limits.drainMs, undefined, { ref: false })]);
      (server.server as Server).closeAllConnections();
    },
    get port() {
      return port;
    },
  };
};
