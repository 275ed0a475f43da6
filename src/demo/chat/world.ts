import type { DemoPerson } from '../tenant/people.ts';
import type { EarlierThread } from '../tenant/shift.ts';
import type { CardAction } from './actions.ts';
import { type Looked, pick, type Sent, search, type Typing } from './compose.ts';
import { type Post, startConnector } from './connector.ts';
import { type ConsentOptions, consent } from './consent.ts';
import { type Conversation, layOut } from './conversations.ts';
import { type Line, type Patience, TEAMS_PATIENCE } from './deliver.ts';
import { recall } from './earlier.ts';
import type { Entra } from './entra.ts';
import type { Faults } from './faults.ts';
import { type Files, startFiles } from './files.ts';
import { type Keys, makeKeys, startOpenId } from './keys.ts';
import { Messages, type Seen } from './messages.ts';
import { startPage } from './page-server.ts';
import { invoke, makeRefresh, type PressOptions, press } from './press.ts';
import type { Rooms } from './rooms.ts';
import { edit, install, type SayOptions, say } from './say.ts';
import type { Stage } from './stage.ts';
import type { Turn } from './turn.ts';

/** What the pretended Teams needs to know. */
export interface ChatOptions {
  readonly people: readonly DemoPerson[];
  readonly tenantId: string;
  /** The bot's application id. */
  readonly appId: string;
  /** Epoch milliseconds; also the time that tokens are signed for. */
  readonly clock?: () => number;
  /** Of the page; 0 or absent: any. */
  readonly port?: number;
  /** Absent: as Teams. */
  readonly patience?: Patience;
  /** What the page can do to the pretended Microsoft Entra ID; absent: nothing. */
  readonly entra?: Entra;
  /** What people had said in the channel; absent: nothing. */
  readonly earlier?: readonly EarlierThread[];
}

/** A running pretence of Teams. Stories drive the bot through it; the page shows it. */
export interface Chat {
  readonly pageUrl: string;
  readonly serviceUrl: string;
  readonly openIdUrl: string;
  readonly keys: Keys;
  readonly faults: Faults;
  /** Everybody's OneDrive. */
  readonly files: Files;
  /** What the bot asked the Connector, the newest thousand requests. */
  readonly posts: readonly Post[];
  /** The id of a person's chat with the bot. */
  personal(personId: string): string;
  readonly group: Conversation;
  readonly channel: Conversation;
  /** Names the bot (its origin) and adds it to every conversation, so that it greets. */
  connect(botUrl: string): Promise<void>;
  say(personId: string, conversationId: string, text: string, options?: SayOptions): Promise<Turn>;
  edit(personId: string, conversationId: string, messageId: string, text: string): Promise<Turn>;
  press(
    personId: string,
    conversationId: string,
    cardId: string,
    button: string | ((action: CardAction) => boolean),
    options?: PressOptions,
  ): Promise<Turn>;
  invoke(
    personId: string,
    conversationId: string,
    cardId: string,
    action: CardAction,
    options?: PressOptions,
  ): Promise<Turn>;
  refresh(personId: string, conversationId: string, cardId: string): Promise<Turn | null>;
  /** Takes the file that a message offers, or declines it. */
  consent(
    personId: string,
    conversationId: string,
    cardId: string,
    answer: 'accept' | 'decline',
    options?: ConsentOptions,
  ): Promise<Turn>;
  /** What stands in the search of the compose box; Teams sends it with every letter. */
  search(personId: string, conversationId: string, typing: Typing): Promise<Looked>;
  /** Picks a result by its tap, and sends what the bot gives for it. */
  pick(personId: string, conversationId: string, tap: unknown): Promise<Sent>;
  /** Everything in a chat, channel or thread as one person sees it, oldest first. */
  messages(conversationId: string, personId: string): readonly Seen[];
  close(): Promise<void>;
}

/** Message ids are epoch milliseconds, moved on where two would be equal. */
const makeIds = (clock: () => number): (() => string) => {
  let last = 0;
  return () => {
    last = Math.max(last + 1, clock());
    return String(last);
  };
};

const only = (rooms: Rooms, kind: Conversation['kind'], memberId?: string): Conversation => {
  const found = rooms.conversations.find(
    (one) => one.kind === kind && (memberId === undefined || one.memberIds.includes(memberId)),
  );
  if (found === undefined) throw new Error(`There is no ${kind} conversation of ${memberId ?? 'anybody'}.`);
  return found;
};

/** Starts signing keys, Connector and page on loopback. */
export const startChat = async (options: ChatOptions): Promise<Chat> => {
  const { people, tenantId, appId, clock = Date.now, patience = TEAMS_PATIENCE, entra } = options;
  const keys = await makeKeys(clock);
  const files = await startFiles();
  const rooms: Rooms = {
    appId,
    tenantId,
    people,
    conversations: layOut(people, appId),
    messages: new Messages(),
    files,
    clock,
    nextId: makeIds(clock),
  };
  recall(rooms, options.earlier ?? []);
  const openId = await startOpenId(keys);
  const connector = await startConnector(rooms);
  // Teams writes its service URLs with a trailing slash.
  const serviceUrl = `${connector.url}/`;
  let botUrl: string | undefined;
  const line = (): Line => {
    if (botUrl === undefined) throw new Error('The bot is not connected yet.');
    return { botUrl, appId, serviceUrl, keys, patience };
  };
  const stage: Stage = { rooms, line };
  const refresh = makeRefresh(stage);
  const page = await startPage({ stage, refresh, ...(entra && { entra }) }, options.port);

  return {
    pageUrl: page.url,
    serviceUrl,
    openIdUrl: openId.url,
    keys,
    faults: connector.faults,
    files,
    posts: connector.posts,
    personal: (personId) => only(rooms, 'personal', personId).id,
    group: only(rooms, 'group'),
    channel: only(rooms, 'channel'),
    connect: async (url) => {
      botUrl = url;
      await Promise.all(rooms.conversations.map((conversation) => install(stage, conversation)));
    },
    say: (...said) => say(stage, ...said),
    edit: async (...edited) => edit(stage, ...edited),
    press: async (...pressed) => press(stage, ...pressed),
    invoke: async (...pressed) => invoke(stage, ...pressed),
    refresh,
    consent: async (...answered) => consent(stage, ...answered),
    search: async (...typed) => search(stage, ...typed),
    pick: async (...picked) => pick(stage, ...picked),
    messages: (conversationId, personId) => rooms.messages.list(conversationId, personId),
    close: async () => {
      await Promise.all([page.close(), files.close(), connector.close(), openId.close()]);
    },
  };
};
