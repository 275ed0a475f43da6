import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Loopback, listen, readText, send, sendJson } from '../http.ts';
import type { DemoPerson } from '../tenant/people.ts';
import { channelOf } from './conversations.ts';
import type { Change } from './messages.ts';
import { readPageFile } from './page-files.ts';
import { invoke } from './press.ts';
import { edit, say } from './say.ts';
import type { Stage } from './stage.ts';
import type { Turn } from './turn.ts';
import { type PageEvent, type PageReply, PageRequest } from './wire.ts';

type Refresh = (personId: string, conversationId: string, cardId: string) => Promise<Turn | null>;

/** Nothing but this server's own files; cards may show no picture from anywhere. */
const SAFE = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** A page elsewhere must not steer this one under a name of its own that leads to loopback. */
const isOurs = ({ headers }: IncomingMessage): boolean =>
  /^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '');

/** What a change means on one person's screen; null when nothing. */
const eventFor = ({ rooms }: Stage, personId: string, change: Change): PageEvent | null => {
  if (change.kind !== 'message') return change;
  if (change.onlyFor !== undefined && change.onlyFor !== personId) return null;
  const message = rooms.messages.list(change.conversationId, personId).find(({ id }) => id === change.id);
  return message === undefined ? null : { kind: 'message', message };
};

const stream = (stage: Stage, me: DemoPerson, response: ServerResponse): void => {
  const { people, conversations, messages } = stage.rooms;
  const mine = conversations.filter(({ memberIds }) => memberIds.includes(me.oid));
  const isMine = (conversationId: string): boolean => mine.some(({ id }) => id === channelOf(conversationId));
  const tell = (event: PageEvent): void => void response.write(`data: ${JSON.stringify(event)}\n\n`);

  response.writeHead(200, { 'content-type': 'text/event-stream', ...SAFE });
  tell({
    kind: 'everything',
    me,
    people,
    conversations: mine,
    messages: mine.flatMap(({ id }) => messages.list(id, me.oid)),
  });
  const stop = messages.listen((change) => {
    const event = isMine(change.conversationId) ? eventFor(stage, me.oid, change) : null;
    if (event !== null) tell(event);
  });
  response.on('close', stop);
};

const act = (stage: Stage, refresh: Refresh, wish: PageRequest): Promise<Turn | null> => {
  switch (wish.do) {
    case 'say':
      return say(stage, wish.as, wish.in, wish.text, { mention: wish.mention });
    case 'press':
      return invoke(stage, wish.as, wish.in, wish.card, wish.action, { inputs: wish.inputs });
    case 'edit':
      return edit(stage, wish.as, wish.in, wish.message, wish.text);
    case 'refresh':
      return refresh(wish.as, wish.in, wish.card);
  }
};

const reply = (turn: Turn | null): PageReply => ({
  conversationId: turn?.conversationId ?? null,
  toast:
    turn?.toast ??
    ((turn?.status ?? 200) >= 300
      ? `Flagman did not take this (HTTP ${turn?.status}). Please try again.`
      : null),
});

const wish = async (stage: Stage, refresh: Refresh, request: IncomingMessage, response: ServerResponse) => {
  if (request.headers['content-type'] !== 'application/json') return sendJson(response, 415, {}, SAFE);
  const wanted = PageRequest.safeParse(JSON.parse(await readText(request)));
  if (!wanted.success) return sendJson(response, 400, { toast: 'The page asked for something odd.' }, SAFE);
  return sendJson(response, 200, reply(await act(stage, refresh, wanted.data)), SAFE);
};

/** Serves the page, its live updates and its wishes. */
export const startPage = (stage: Stage, refresh: Refresh, port = 0): Promise<Loopback> =>
  listen(async (request, response, url) => {
    if (!isOurs(request)) return send(response, 403);
    if (request.method === 'POST' && url.pathname === '/do') return wish(stage, refresh, request, response);
    if (request.method !== 'GET') return send(response, 405);
    if (url.pathname === '/events') {
      const { people } = stage.rooms;
      const me = people.find(({ oid }) => oid === url.searchParams.get('as')) ?? people[0];
      return me === undefined ? send(response, 404) : stream(stage, me, response);
    }
    const file = await readPageFile(url.pathname);
    if (file === null) return send(response, 404, SAFE);
    return send(response, 200, { 'content-type': file.type, ...SAFE }, file.body);
  }, port);
