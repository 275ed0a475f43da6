import { createServer, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../src/lib/loopback.ts';

/** An activity as it arrived on the wire. */
export interface Arrived {
  readonly activity: Record<string, unknown>;
  readonly authorization: string;
}

/** A bot that believes everything, says what a script tells it to, and keeps what it heard. */
export interface ScriptedBot {
  readonly url: string;
  readonly heard: Arrived[];
  close(): Promise<void>;
}

/** What the script may do with an activity: speak through the Connector, then answer the HTTP turn. */
export type Script = (
  activity: Record<string, unknown>,
  connector: (method: string, path: string, body?: unknown) => Promise<Response>,
  response: ServerResponse,
) => Promise<void>;

/** Ends an answer. restify, in the same process, changes what writeHead returns, so nothing is chained to it. */
export const ended = (response: ServerResponse, status: number, body = ''): void => {
  response.writeHead(status);
  response.end(body);
};

/** Answers every turn with 200 and no body. */
export const quiet: Script = async (_activity, _connector, response) => ended(response, 200);

/** Replies to messages with one activity. */
export const replyWith =
  (body: unknown): Script =>
  async (activity, connector, response) => {
    const { id } = activity.conversation as { id: string };
    const path = `/${encodeURIComponent(id)}/activities/${encodeURIComponent(String(activity.id))}`;
    if (activity.type === 'message') await connector('POST', path, body);
    ended(response, 200);
  };

/** Starts the bot on loopback. */
export const startScriptedBot = async (script: Script): Promise<ScriptedBot> => {
  const heard: Arrived[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const activity = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    heard.push({ activity, authorization: request.headers.authorization ?? '' });
    await script(
      activity,
      (method, path, body) =>
        fetch(new URL(`v3/conversations${path}`, activity.serviceUrl), {
          method,
          headers: { authorization: 'Bearer opaque', 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      response,
    );
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
