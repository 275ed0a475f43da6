import { type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import { listen, readText, send, type TlsIdentity } from '../../src/demo/http.ts';
import type { Canary } from './scan.ts';

/** An error with this status, 200 with something that is no JSON, or something that is no HTTP. */
export type Trouble = 401 | 403 | 500 | 'no-json' | 'no-http';

/** What stands between the bot and something of the pretend Microsoft: it sees every secret, and can say all of them. */
export interface Quoting {
  readonly url: string;
  /** Where requests go; known once the other side is there. Until then, and where it is nowhere, they are done. */
  target: string | undefined;
  /** Answers everything with an error that quotes whatever came with the request. */
  trouble: Trouble | undefined;
  /** Only where the address of the request holds this text. */
  only: string;
  /** How often it did. */
  quoted: number;
  /** All secrets that passed, there or back. */
  readonly secrets: Canary[];
  /** The bodies that passed there, unless they bring secrets. */
  readonly bodies: string[];
  /** Forgets what passed until now. */
  forget(): void;
  close(): Promise<void>;
}

interface Relayed {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

const endToEnd = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      HOP_BY_HOP.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );

const relay = ({ method = 'GET', url, headers }: IncomingMessage, target: string, body: string) =>
  new Promise<Relayed>((resolve, reject) => {
    const open = target.startsWith('https:') ? requestHttps : requestHttp;
    const call = open(target + url, { method, headers: endToEnd(headers) }, (response) => {
      const { statusCode = 502, headers: given } = response;
      readText(response).then((text) => resolve({ status: statusCode, headers: given, text }), reject);
    });
    call.on('error', reject);
    call.end(body);
  });

const PROOFS = ['client_secret', 'client_assertion'] as const;

/** The secrets of a request, by what they are. */
const secretsIn = ({ url = '', headers }: IncomingMessage, body: string): Record<string, string> => {
  const { authorization = '', 'x-identity-header': identity } = headers;
  const form = new URLSearchParams(body);
  const proofs = PROOFS.map((name) => [name, form.get(name) ?? ''] as const);
  const token = authorization.replace(/^Bearer /, '');
  const tempauth = new URL(url, 'http://a').searchParams.get('tempauth') ?? '';
  const found: readonly (readonly [string, string])[] = [
    ...proofs,
    ['access token', token],
    ['identity header', String(identity ?? '')],
    ['upload address', tempauth],
  ];
  return Object.fromEntries(found.filter(([, secret]) => secret !== ''));
};

/** Says all of it in every place where errors of Microsoft say something. */
const quote = (secrets: Record<string, string>): { headers: Record<string, string>; body: string } => {
  const all = Object.entries(secrets).map(([name, secret]) => `${name}=${secret}`);
  const said = `Authorization: Bearer ${all.join(' ')}`;
  const [first = ''] = Object.values(secrets);
  const header = said.replace(/[^\x20-\x7e]/g, '?');
  const innerError = { message: said, 'request-id': first, 'client-request-id': first, date: first };
  return {
    headers: {
      'content-type': 'application/json',
      'www-authenticate': `Bearer error="invalid_token", error_description="${header}"`,
      'x-ms-diagnostics': header,
      'request-id': header,
    },
    body: JSON.stringify({
      error: { code: first, message: said, innerError },
      error_description: `AADSTS50000: ${said}`,
      error_codes: [50000],
      suberror: said,
      message: said,
      trace_id: first,
      correlation_id: first,
    }),
  };
};

const complain = (response: ServerResponse, trouble: Trouble, secrets: Record<string, string>): void => {
  const { headers, body } = quote(secrets);
  const [first = ''] = Object.values(secrets);
  switch (trouble) {
    case 'no-http':
      response.socket?.end(`${first}\r\n\r\n${body}`);
      break;
    case 'no-json':
      // What cannot be parsed is quoted by the message of the exception, from its beginning.
      send(response, 200, headers, first);
      break;
    default:
      send(response, trouble, headers, body);
  }
};

/** @param tls where the other side is one with TLS */
export const startQuoting = async (tls?: TlsIdentity): Promise<Quoting> => {
  const quoting = {
    target: undefined as string | undefined,
    trouble: undefined as Trouble | undefined,
    only: '',
    quoted: 0,
    secrets: [] as Canary[],
    bodies: [] as string[],
  };
  const keep = (secrets: Record<string, string>): void => {
    for (const [name, secret] of Object.entries(secrets))
      if (!quoting.secrets.some((one) => one.secret === secret)) quoting.secrets.push({ name, secret });
  };
  const server = await listen(
    async (request, response) => {
      const body = await readText(request);
      const secrets = secretsIn(request, body);
      keep(secrets);
      if (!PROOFS.some((name) => name in secrets)) quoting.bodies.push(body);
      if (quoting.trouble !== undefined && request.url?.includes(quoting.only)) {
        quoting.quoted += 1;
        return complain(response, quoting.trouble, secrets);
      }
      if (quoting.target === undefined) return send(response, 201);
      const { status, headers, text } = await relay(request, quoting.target, body);
      const token = /"access_token":"([^"]+)"/.exec(text)?.[1];
      if (token !== undefined) keep({ 'access token': token });
      send(response, status, endToEnd(headers), text.replaceAll(quoting.target, server.url));
    },
    0,
    tls,
  );
  const forget = (): void => {
    Object.assign(quoting, { quoted: 0, trouble: undefined, only: '' });
    quoting.secrets.length = 0;
    quoting.bodies.length = 0;
  };
  return Object.assign(quoting, { url: server.url, forget, close: server.close });
};
