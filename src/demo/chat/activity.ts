import { DateTime } from 'luxon';
import type { DemoPerson } from '../tenant/people.ts';
import { botMri, type Conversation, channelOf, personMri } from './conversations.ts';

/** Bot Framework activity JSON. */
export type Activity = Readonly<Record<string, unknown>>;

/** Who says something, where and when: what every activity is made of. */
export interface Scene {
  readonly person: DemoPerson;
  readonly conversation: Conversation;
  /** With the thread, in a channel. */
  readonly conversationId: string;
  readonly tenantId: string;
  readonly appId: string;
  /** The connector's root, with a trailing slash as Teams writes it. */
  readonly serviceUrl: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What the person typed. */
export interface Typed {
  readonly id: string;
  readonly text: string;
  readonly mention: boolean;
  readonly replyToId?: string;
}

const BOT_NAME = 'Flagman';
const LOCALE = 'en-US';
const CONVERSATION_TYPE = { personal: 'personal', group: 'groupChat', channel: 'channel' } as const;

/** Teams sends text with these three characters as entities. */
const encode = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const channelData = ({ conversation, conversationId, tenantId }: Scene): Activity => {
  const { team } = conversation;
  if (team === undefined) return { tenant: { id: tenantId } };
  const channelId = channelOf(conversationId);
  return {
    teamsChannelId: channelId,
    teamsTeamId: team.id,
    channel: { id: channelId },
    team: { id: team.id },
    tenant: { id: tenantId },
  };
};

const clientInfo = ({ person }: Scene): Activity => ({
  type: 'clientInfo',
  locale: LOCALE,
  country: 'US',
  platform: 'Web',
  timezone: person.zone,
});

const common = (scene: Scene, type: string, id: string): Activity => {
  const { appId, person, conversation, conversationId, tenantId, serviceUrl, now } = scene;
  return {
    type,
    id,
    timestamp: new Date(now).toISOString(),
    localTimestamp: DateTime.fromMillis(now, { zone: person.zone }).toISO(),
    localTimezone: person.zone,
    channelId: 'msteams',
    serviceUrl,
    from: { id: personMri(appId, person.oid), name: person.name, aadObjectId: person.oid },
    recipient: { id: botMri(appId), name: BOT_NAME },
    conversation: {
      ...(conversation.kind === 'personal' ? {} : { isGroup: true }),
      conversationType: CONVERSATION_TYPE[conversation.kind],
      tenantId,
      id: conversationId,
    },
    channelData: channelData(scene),
    locale: LOCALE,
  };
};

/** What a person typed: in chats and channels with others, the bot's mention comes first. */
export const messageActivity = (scene: Scene, typed: Typed): Activity => {
  const { appId } = scene;
  const at = `<at>${BOT_NAME}</at>`;
  // Teams puts a non-breaking space after a mention: an entity in channels, the character in group chats.
  const space = scene.conversation.kind === 'channel' ? '&nbsp;' : '\u00a0';
  const text = encode(typed.text);
  return {
    ...common(scene, 'message', typed.id),
    textFormat: 'plain',
    text: typed.mention ? `${at}${space}${text}` : text,
    attachments: [
      { contentType: 'text/html', content: `<p>${typed.mention ? `${at}&nbsp;` : ''}${text}</p>` },
    ],
    entities: [
      ...(typed.mention
        ? [{ type: 'mention', mentioned: { id: botMri(appId), name: BOT_NAME }, text: at }]
        : []),
      clientInfo(scene),
    ],
    ...(typed.replyToId === undefined ? {} : { replyToId: typed.replyToId }),
  };
};

/** A person changed an earlier message. */
export const editActivity = (scene: Scene, typed: Typed): Activity => {
  const message = messageActivity(scene, typed);
  return {
    ...message,
    type: 'messageUpdate',
    channelData: { ...channelData(scene), eventType: 'editMessage' },
  };
};

/** A pressed Action.Execute, or a card that refreshed itself. */
export const invokeActivity = (
  scene: Scene,
  press: {
    readonly id: string;
    readonly cardId: string;
    readonly action: Activity;
    readonly trigger: 'manual' | 'automatic';
  },
): Activity => ({
  ...common(scene, 'invoke', press.id),
  name: 'adaptiveCard/action',
  value: { action: press.action, trigger: press.trigger },
  replyToId: press.cardId,
  entities: [clientInfo(scene)],
  channelData: { ...channelData(scene), source: { name: 'message' }, legacy: { replyToId: press.cardId } },
});

/** An answer to the offer of a file. */
export const consentActivity = (
  scene: Scene,
  { id, cardId, value }: { readonly id: string; readonly cardId: string; readonly value: Activity },
): Activity => ({
  ...common(scene, 'invoke', id),
  name: 'fileConsent/invoke',
  value,
  replyToId: cardId,
  entities: [clientInfo(scene)],
});

/** A pressed Action.Submit: a message without text that carries the card's data. */
export const submitActivity = (
  scene: Scene,
  press: { readonly id: string; readonly cardId: string; readonly data: unknown },
): Activity => ({
  ...common(scene, 'message', press.id),
  value: press.data,
  replyToId: press.cardId,
  entities: [clientInfo(scene)],
  channelData: { ...channelData(scene), source: { name: 'message' }, legacy: { replyToId: press.cardId } },
});

/** What is typed into the search of the compose box, or picked there. */
export const composeActivity = (
  scene: Scene,
  invoke: { readonly id: string; readonly name: 'query' | 'selectItem'; readonly value: unknown },
): Activity => ({
  ...common(scene, 'invoke', invoke.id),
  name: `composeExtension/${invoke.name}`,
  value: invoke.value,
  entities: [clientInfo(scene)],
  channelData: { ...channelData(scene), source: { name: 'compose' } },
});

/** The two events that Teams sends when somebody adds the bot to a conversation. */
export const installActivities = (scene: Scene, ids: readonly [string, string]): readonly Activity[] => [
  {
    ...common(scene, 'conversationUpdate', ids[0]),
    membersAdded: [{ id: botMri(scene.appId) }],
    ...(scene.conversation.team === undefined
      ? {}
      : {
          channelData: {
            ...channelData(scene),
            team: scene.conversation.team,
            eventType: 'teamMemberAdded',
            settings: { selectedChannel: { id: scene.conversation.id } },
          },
        }),
  },
  { ...common(scene, 'installationUpdate', ids[1]), action: 'add' },
];
