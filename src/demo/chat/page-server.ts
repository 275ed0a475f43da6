import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { type Loopback, listen, parseJson, readText, send, sendJson } from '../http.ts';
import type { DemoPerson } from '../tenant/people.ts';
import { pick, search } from './compose.ts';
import { consent } from './consent.ts';
import { channelOf } from './conversations.ts';
import type { Entra } from './entra.ts';
import { EntraWish } from './entra-wire.ts';
import type { Change } from './messages.ts';
import { readPageFile } from './page-files.ts';
import { invoke } from './press.ts';
import { edit, say } from './say.ts';
import type { Stage } from './stage.ts';
import type { Turn } from './turn.ts';
import { type PageEvent, type PageReply, PageRequest } from './wire.ts';

type Refresh = (personId: string, conversationId: string, cardId: string) => Promise<Turn | null>;

/** Where the page looks at the pretended Microsoft Entra ID, and changes it. */
const ENTRA = '/demo/entra';

/** Where the files stand that somebody took. */
const FILES = '/files/';

/** Nothing but this server's own files; cards may show no picture from anywhere. */
const SAFE = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** A page elsewhere must not steer this one, nor under a name of its own that leads to loopback. */
const isOurs = ({ headers: { host = '', origin } }: IncomingMessage): boolean =>
  /^(127\.0\.0\.1|localhost):\d+$/.test(host) && (origin === undefined || origin === `http://${host}`);

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

const NOTHING: PageReply = { conversationId: null, toast: null };

const reply = (turn: Turn | null): PageReply => ({
  conversationId: turn?.conversationId ?? null,
  toast:
    turn?.toast ??
    ((turn?.status ?? 200) >= 300
      ? `Flagman did not take this (HTTP ${turn?.status}). Please try again.`
      : null),
});

const act = async (stage: Stage, refresh: Refresh, wish: PageRequest): Promise<PageReply> => {
  switch (wish.do) {
    case 'say':
      return reply(await say(stage, wish.as, wish.in, wish.text, { mention: wish.mention }));
    case 'press':
      return reply(await invoke(stage, wish.as, wish.in, wish.card, wish.action, { inputs: wish.inputs }));
    case 'consent':
      return reply(await consent(stage, wish.as, wish.in, wish.card, wish.answer));
    case 'edit':
      return reply(await edit(stage, wish.as, wish.in, wish.message, wish.text));
    case 'refresh':
      return reply(await refresh(wish.as, wish.in, wish.card));
    case 'search':
      return { ...NOTHING, looked: await search(stage, wish.as, wish.in, wish) };
    case 'pick': {
      const picked = await pick(stage, wish.as, wish.in, wish.tap);
      return 'words' in picked
        ? { ...NOTHING, toast: picked.words }
        : { ...NOTHING, conversationId: picked.sent.conversationId };
    }
  }
};

/** A wish of the page, which comes as JSON and as nothing else; answers itself where it is none. */
const wishIn = async <Wish>(
  schema: z.ZodType<Wish>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Wish | undefined> => {
  if (request.headers['content-type'] !== 'application/json') {
    sendJson(response, 415, {}, SAFE);
    return undefined;
  }
  const wanted = schema.safeParse(parseJson(await readText(request)));
  if (!wanted.success) sendJson(response, 400, { toast: 'The page asked for something odd.' }, SAFE);
  return wanted.data;
};

/** What the page shows, and what its wishes act upon. */
export interface PageWorld {
  readonly stage: Stage;
  readonly refresh: Refresh;
  /** Left out: the page steers nothing but the chat. */
  readonly entra?: Entra;
}

const post = async (
  { stage, refresh, entra }: PageWorld,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (pathname === '/do') {
    const wish = await wishIn(PageRequest, request, response);
    if (wish !== undefined) sendJson(response, 200, await act(stage, refresh, wish), SAFE);
    return;
  }
  if (pathname !== ENTRA || entra === undefined) return send(response, 405);
  const wish = await wishIn(EntraWish, request, response);
  if (wish !== undefined) sendJson(response, entra.change(wish) ? 200 : 404, entra.state(), SAFE);
};

/** A file of the pretended OneDrive, to be kept and not to be shown: it holds what a tenant says. */
const sendFile = ({ rooms }: Stage, id: string, response: ServerResponse): void => {
  const file = rooms.files.find(id);
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${file?.name}"`,
  };
  send(response, file ? 200 : 404, { ...(file && headers), ...SAFE }, file?.body);
};

/** Serves the page, its live updates and its wishes. */
export const startPage = (world: PageWorld, port = 0): Promise<Loopback> =>
  listen(async (request, response, { pathname, searchParams }) => {
    if (!isOurs(request)) return send(response, 403);
    if (request.method === 'POST') return post(world, pathname, request, response);
    if (request.method !== 'GET') return send(response, 405);
    if (pathname === '/events') {
      const { people } = world.stage.rooms;
      const me = people.find(({ oid }) => oid === searchParams.get('as')) ?? people[0];
      return me === undefined ? send(response, 404) : stream(world.stage, me, response);
    }
    if (pathname === ENTRA && world.entra !== undefined)
      return sendJson(response, 200, world.entra.state(), SAFE);
    if (pathname.startsWith(FILES)) return sendFile(world.stage, pathname.slice(FILES.length), response);
    const file = await readPageFile(pathname);
    if (file === null) return send(response, 404, SAFE);
    return send(response, 200, { 'content-type': file.type, ...SAFE }, file.body);
  }, port);
