import type { DemoPerson } from '../tenant/people.ts';
import { type Conversation, channelOf, isThread, personMri, threadId } from './conversations.ts';
import type { Files } from './files.ts';
import type { Messages } from './messages.ts';
import { ConversationRequest, contentOf, OutboundActivity } from './outbound.ts';

/** What the Connector knows: conversations, who is in them, what was said. */
export interface Rooms {
  readonly appId: string;
  readonly tenantId: string;
  readonly people: readonly DemoPerson[];
  readonly conversations: readonly Conversation[];
  readonly messages: Messages;
  readonly files: Files;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** A new message id: epoch milliseconds, each only once. */
  readonly nextId: () => string;
}

/** One request of the bot below `/v3/conversations`. */
export interface Call {
  readonly method: string;
  /** What follows `/v3/conversations/`, decoded: conversation, collection, id. */
  readonly path: readonly string[];
  readonly body: unknown;
  /** Whether it is about a message that one person alone sees. */
  readonly isTargeted: boolean;
}

/** What the Connector answers. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Teams counts a message as UTF-16. */
const MAX_BYTES = 100 * 1024;

const refuse = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message } },
});

const notInRoster = refuse(
  403,
  'BotNotInConversationRoster',
  'The bot is not part of the conversation roster.',
);

/** Adds a message of the bot; in a channel without thread it opens a new one. */
const post = (
  { messages, clock, nextId }: Rooms,
  conversation: Conversation,
  conversationId: string,
  activity: OutboundActivity,
  onlyFor?: string,
): { readonly id: string; readonly conversationId: string } => {
  const serial = nextId();
  // Message ids of personal chats look different from those of groups and channels.
  const id = conversation.kind === 'personal' ? `1:1${Buffer.from(serial).toString('base64url')}` : serial;
  const opensThread = conversation.kind === 'channel' && !isThread(conversationId);
  const place = opensThread ? threadId(conversationId, id) : conversationId;
  messages.add({
    ...contentOf(activity),
    id,
    conversationId: place,
    authorId: null,
    mention: false,
    at: new Date(clock()).toISOString(),
    edited: false,
    ...(onlyFor !== undefined && { onlyFor }),
  });
  return { id, conversationId: place };
};

const createConversation = (rooms: Rooms, body: unknown): Reply => {
  const request = ConversationRequest.safeParse(body);
  if (!request.success) return refuse(400, 'BadSyntax', 'Incorrect conversation creation request.');
  const { members, activity, channelData } = request.data;
  const channelId = channelData?.channel?.id;
  const wanted = members?.[0]?.id;
  const person = rooms.people.find(({ oid }) => personMri(rooms.appId, oid) === wanted);
  const conversation = rooms.conversations.find(({ id, kind, memberIds }) =>
    channelId === undefined ? kind === 'personal' && memberIds[0] === person?.oid : id === channelId,
  );
  if (conversation === undefined) return notInRoster;
  if (!activity) return { status: 201, body: { id: conversation.id } };
  const posted = post(rooms, conversation, conversation.id, activity);
  return { status: 201, body: { id: posted.conversationId, activityId: posted.id } };
};

/** Who alone sees a targeted message: somebody of a conversation with others. */
const targetOf = (
  { appId, people }: Rooms,
  { kind, memberIds }: Conversation,
  { recipient }: OutboundActivity,
): string | undefined => {
  const found = people.find(({ oid }) => personMri(appId, oid) === recipient?.id);
  return kind !== 'personal' && found && memberIds.includes(found.oid) ? found.oid : undefined;
};

const sendTargeted = (
  rooms: Rooms,
  conversation: Conversation,
  { method, path }: Call,
  activity: OutboundActivity,
): Reply => {
  const [conversationId = '', , activityId = ''] = path;
  const target = targetOf(rooms, conversation, activity);
  if (target === undefined) return refuse(400, 'BadArgument', 'The recipient cannot be targeted.');
  if (method === 'POST')
    return { status: 201, body: { id: post(rooms, conversation, conversationId, activity, target).id } };
  return rooms.messages.targetOf(conversationId, activityId) === target &&
    rooms.messages.edit(conversationId, activityId, contentOf(activity))
    ? { status: 200, body: { id: activityId } }
    : refuse(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
};

const sendActivity = (rooms: Rooms, conversation: Conversation, call: Call): Reply => {
  const { method, path, body } = call;
  const [conversationId = '', , activityId = ''] = path;
  const activity = OutboundActivity.safeParse(body);
  if (!activity.success) return refuse(400, 'BadSyntax', 'The activity could not be read.');
  if (JSON.stringify(body).length * 2 > MAX_BYTES)
    return refuse(413, 'MessageSizeTooBig', 'Message size too large.');
  if (call.isTargeted) return sendTargeted(rooms, conversation, call, activity.data);
  if (method === 'PUT' && rooms.messages.targetOf(conversationId, activityId) !== undefined)
    return refuse(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
  if (method === 'PUT' && rooms.messages.has(conversationId, activityId)) {
    if (!rooms.messages.isOfBot(conversationId, activityId))
      return refuse(403, 'Forbidden', 'A bot can edit its own messages only.');
  }
  if (method === 'PUT')
    return rooms.messages.edit(conversationId, activityId, contentOf(activity.data))
      ? { status: 200, body: { id: activityId } }
      : refuse(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
  if (activity.data.type === 'typing') {
    rooms.messages.typing(conversationId);
    return { status: 202, body: {} };
  }
  return { status: 201, body: { id: post(rooms, conversation, conversationId, activity.data).id } };
};

const deleteActivity = ({ messages }: Rooms, { path }: Call): Reply =>
  messages.remove(path[0] ?? '', path[2] ?? '')
    ? { status: 200, body: {} }
    : refuse(404, 'ActivityNotFoundInConversation', 'The activity was not found.');

const listMembers = (
  { appId, tenantId, people }: Rooms,
  { memberIds }: Conversation,
  { path }: Call,
): Reply => {
  const [, collection, wanted] = path;
  const members = people
    .filter(({ oid }) => memberIds.includes(oid))
    .map(({ oid, name, userPrincipalName }) => ({
      id: personMri(appId, oid),
      name,
      objectId: oid,
      aadObjectId: oid,
      email: userPrincipalName,
      userPrincipalName,
      tenantId,
      userRole: 'user',
    }));
  if (collection === 'pagedmembers') return { status: 200, body: { members } };
  if (wanted === undefined) return { status: 200, body: members };
  const found = members.find(({ id, objectId }) => id === wanted || objectId === wanted);
  return found === undefined
    ? refuse(404, 'MemberNotFoundInConversation', 'The member was not found.')
    : { status: 200, body: found };
};

/** Does what a request of the bot asks for, and says what the Connector answers. */
export const carryOut = (rooms: Rooms, call: Call): Reply => {
  const [conversationId, collection] = call.path;
  if (conversationId === undefined) return createConversation(rooms, call.body);
  const conversation = rooms.conversations.find(({ id }) => id === channelOf(conversationId));
  if (conversation === undefined)
    return refuse(404, 'ConversationNotFound', 'The conversation was not found.');
  switch (`${call.method} ${collection}`) {
    case 'GET members':
    case 'GET pagedmembers':
      return listMembers(rooms, conversation, call);
    case 'POST activities':
    case 'PUT activities':
      return sendActivity(rooms, conversation, call);
    case 'DELETE activities':
      return deleteActivity(rooms, call);
    default:
      return refuse(405, 'MethodNotAllowed', 'The Connector does not know this request.');
  }
};
