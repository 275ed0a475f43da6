import { type Answer, type Loopback, listen, parseJson, readText, sendJson } from '../http.ts';
import { Faults } from './faults.ts';
import { type Call, carryOut, type Rooms } from './rooms.ts';

/** One request of the bot, for tests to look at. */
export interface Post {
  readonly method: string;
  /** As sent, percent-encoded. */
  readonly path: string;
  /** Whether one person alone sees it. */
  readonly isTargeted: boolean;
  readonly body: unknown;
  readonly authorization: string | null;
}

/** The running Connector. */
export interface Connector extends Loopback {
  readonly faults: Faults;
  /** The newest thousand requests, oldest first. */
  readonly posts: readonly Post[];
}

const ROOT = '/v3/conversations';
const KEPT_POSTS = 1000;

/** Starts the part of Teams' Connector REST interface that bots use. The bot's service URL is this address. */
export const startConnector = async (rooms: Rooms): Promise<Connector> => {
  const posts: Post[] = [];
  const faults = new Faults();
  const answer: Answer = async (request, response, { pathname, searchParams }) => {
    const method = request.method ?? 'GET';
    const authorization = request.headers.authorization ?? null;
    const body = parseJson(await readText(request));
    const isTargeted = searchParams.get('isTargetedActivity') === 'true';
    posts.push({ method, path: pathname, isTargeted, body, authorization });
    if (posts.length > KEPT_POSTS) posts.shift();
    if (authorization === null)
      return sendJson(response, 401, { message: 'Authorization has been denied for this request.' });
    if (!pathname.startsWith(ROOT)) return sendJson(response, 404, { message: 'No such resource.' });

    const path = pathname.slice(ROOT.length).split('/').filter(Boolean).map(decodeURIComponent);
    const call: Call = { method, path, body, isTargeted };
    const fault = faults.take(method, isTargeted ? 'targeted' : path.length === 0 ? 'new-chat' : 'other');
    if (fault === undefined) {
      const reply = carryOut(rooms, call);
      return sendJson(response, reply.status, reply.body);
    }
    if (fault.carriedOut) carryOut(rooms, call);
    if (fault.answer === 'cut') return void response.destroy();
    return sendJson(
      response,
      fault.answer,
      {
        error: {
          code: fault.answer === 429 ? 'TooManyRequests' : 'ServiceError',
          message: 'Try again later.',
        },
      },
      fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) },
    );
  };
  return { ...(await listen(answer)), faults, posts };
};
