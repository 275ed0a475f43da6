import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { listenOnLoopback } from '../../../src/lib/loopback.ts';

/** A key pair of the pretend channel. */
export interface KeyPair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export const makeKey = async (
  kid: string,
  endorsements: readonly string[] = ['msteams'],
): Promise<KeyPair> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', endorsements: [...endorsements] };
  return { kid, privateKey, jwk };
};

/** What the bot sent to the Connector. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

/** An answer of the Connector; `hang` never answers, `reset` cuts the connection. */
export type ConnectorAnswer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | 'hang'
  | 'reset';

const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const readAll = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
};

/** The pretend OpenID side: a configuration and its keys. */
export interface Keys {
  readonly openIdUrl: string;
  readonly fetches: () => number;
  /** What the key document holds: text is sent as it is. */
  publish(keys: readonly JWK[] | string): void;
  /** What the configuration names instead of the own key document. */
  pointTo(keysUrl: string | undefined): void;
  fail(isFailing: boolean): void;
  close(): Promise<void>;
}

export const startKeys = async (first: readonly JWK[]): Promise<Keys> => {
  let document: readonly JWK[] | string = first;
  let keysUrl: string | undefined;
  let isFailing = false;
  let fetches = 0;
  const server = createServer((request, response) => {
    // restify's patch of writeHead returns nothing, so calls are not chained.
    response.statusCode = isFailing ? 503 : 200;
    if (isFailing) return void response.end();
    if (request.url === '/openid') {
      fetches += 1;
      return void response.end(JSON.stringify({ jwks_uri: keysUrl ?? `${url}/keys` }));
    }
    if (request.url === '/moved') {
      response.statusCode = 302;
      response.setHeader('location', '/keys');
      return void response.end();
    }
    return void response.end(typeof document === 'string' ? document : JSON.stringify({ keys: document }));
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return {
    openIdUrl: `${url}/openid`,
    fetches: () => fetches,
    publish: (keys) => {
      document = keys;
    },
    pointTo: (other) => {
      keysUrl = other;
    },
    fail: (failing) => {
      isFailing = failing;
    },
    close: () => shut(server),
  };
};

/** The pretend Connector: keeps what the bot sends and answers as told. */
export interface Connector {
  readonly serviceUrl: string;
  readonly sent: Sent[];
  /** Answers to the next calls, in order; after them every call is answered with a new id. */
  readonly answers: ConnectorAnswer[];
  /** Resolves when that many calls have arrived. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export const startConnector = async (): Promise<Connector> => {
  const sent: Sent[] = [];
  const answers: ConnectorAnswer[] = [];
  const server = createServer(async (request, response) => {
    const text = await readAll(request).catch(() => undefined);
    // Who asked has gone before it was all there.
    if (text === undefined) return;
    const body = JSON.parse(text || '{}');
    sent.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    const answer = answers.shift() ?? { status: 200, body: { id: `posted-${sent.length}` } };
    if (answer === 'hang') return;
    if (answer === 'reset') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return {
    serviceUrl: `${url}/teams/`,
    sent,
    answers,
    arrived: async (count) => {
      while (sent.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: () => shut(server),
  };
};

/** Claims and header of a token; `undefined` leaves a claim out. */
export interface TokenParts {
  readonly claims: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
}

export const signToken = (key: KeyPair, { claims, header = {} }: TokenParts): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT', ...header })
    .sign(key.privateKey);
