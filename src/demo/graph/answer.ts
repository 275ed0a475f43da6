import type { IncomingMessage } from 'node:http';
import { type Call, noSegment, type Posted, queryOf } from './call.ts';
import type { Effect, Struck } from './faults.ts';
import { errorBody, notAllowed, Refusal } from './refusal.ts';
import type { Router } from './routes.ts';
import type { Throttled } from './throttle.ts';

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What stands around a request when it is answered. */
export interface Situation {
  readonly origin: string;
  readonly now: number;
  /** Set if the request is one too many. */
  readonly throttled: Throttled | undefined;
  readonly token: string | undefined;
  readonly requestId: string;
  readonly route: Router;
  readonly struck: Struck;
  /** The request's body; undefined: longer than is read. */
  readonly body: string | undefined;
}

/** Web servers commonly take no longer request line. */
const LONGEST_URL = 8192;

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8';

/** Answers a request: scripted faults first, then token, throttling, the resource, and the faults after it. */
export const answerTo = (request: IncomingMessage, situation: Situation): Answer => {
  const { requestId } = situation;
  const date = new Date(situation.now);
  const clientRequestId = String(request.headers['client-request-id'] ?? requestId);
  const bare = {
    'OData-Version': '4.0',
    'request-id': requestId,
    'client-request-id': clientRequestId,
    Date: date.toUTCString(),
  };
  const usual = { ...bare, 'Content-Type': JSON_TYPE };
  try {
    const { before, done } = situation.struck;
    const early = scriptedAnswer(before);
    const body = early?.body ?? rewritten(bodyFor(request, situation, clientRequestId), request, situation);
    const scripted = early ?? scriptedAnswer(done);
    if (scripted !== undefined) return { ...scripted, headers: { ...usual, ...scripted.headers } };
    return body.length === 0 ? { status: 204, headers: bare, body } : { status: 200, headers: usual, body };
  } catch (error) {
    // Whoever writes a test should read what went wrong in here.
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'InternalServerError', String(error));
    const body = errorBody(refusal, { date: date.toISOString(), requestId, clientRequestId });
    return { status: refusal.status, headers: { ...usual, ...refusal.headers }, body: Buffer.from(body) };
  }
};

const scriptedAnswer = (effects: readonly Effect[]): Answer | undefined => {
  const effect = effects.find((candidate) => candidate.kind === 'answer');
  if (effect === undefined) return undefined;
  const { status, code = 'UnknownError', message = '', headers = {}, body } = effect;
  if (body === undefined) throw new Refusal(status, code, message, headers);
  return { status, headers, body: Buffer.from(body) };
};

const bodyFor = (request: IncomingMessage, situation: Situation, clientRequestId: string): Buffer => {
  if ((request.url ?? '').length > LONGEST_URL)
    throw new Refusal(414, 'RequestUriTooLong', 'The URI is too long.');
  authenticate(request, situation.token);
  if (situation.throttled !== undefined) throw tooMany(situation.throttled, situation.requestId);
  const call = callOf(request, situation);
  if (request.method === 'GET') return situation.route(call);
  if (request.method !== 'POST') throw notAllowed();
  const contentType = request.headers['content-type'] ?? '';
  const posted: Posted = { body: situation.body, contentType, clientRequestId };
  return situation.route({ ...call, posted });
};

const authenticate = (request: IncomingMessage, token: string | undefined): void => {
  const sent = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (sent !== undefined && (token === undefined || token === sent)) return;
  const message =
    sent === undefined ? 'Access token is empty.' : 'Access token validation failure. Invalid audience.';
  throw new Refusal(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate': 'Bearer realm="", client_id="00000003-0000-0000-c000-000000000000"',
  });
};

/** The service uses either code for the same thing; only the status tells. */
const tooMany = ({ retryAfter }: Throttled, requestId: string): Refusal =>
  new Refusal(
    429,
    /^[0-7]/.test(requestId) ? 'UnknownError' : 'TooManyRequests',
    'This request is throttled. Please try again after the value specified in the Retry-After header.',
    retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfter / 1000)) },
  );

const callOf = (request: IncomingMessage, { origin, now }: Situation): Call => {
  const [path = '', ...search] = (request.url ?? '').split('?');
  const [version = '', ...segments] = path.split('/').slice(1).map(decoded);
  if (version !== 'v1.0' && version !== 'beta') throw new Refusal(400, 'BadRequest', 'Invalid version.');
  if (segments.length === 0) throw noSegment(version);
  return {
    origin,
    version,
    segments,
    query: queryOf(search.join('?')),
    includeUnknownMembers: hasPreference(request, 'include-unknown-enum-members'),
    eventual: String(request.headers.consistencylevel).toLowerCase() === 'eventual',
    now,
  };
};

const hasPreference = (request: IncomingMessage, preference: string): boolean =>
  String(request.headers.prefer ?? '')
    .split(',')
    .some((part) => part.trim().toLowerCase() === preference);

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, 'BadRequest', 'The path is not well encoded.');
  }
};

const rewritten = (body: Buffer, request: IncomingMessage, { struck, origin }: Situation): Buffer =>
  [...struck.before, ...struck.done].reduce((bytes, effect) => {
    if (bytes.length === 0 || (effect.kind !== 'rewrite' && effect.kind !== 'nextLink')) return bytes;
    const json: Record<string, unknown> = JSON.parse(bytes.toString());
    if (effect.kind === 'rewrite') return Buffer.from(JSON.stringify(effect.change(json)));
    const link = effect.to === 'self' ? `${origin}${request.url}` : effect.to;
    return Buffer.from(JSON.stringify({ ...json, '@odata.nextLink': link }));
  }, body);
