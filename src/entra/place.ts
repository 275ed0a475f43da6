/** Where a card is posted. */
export interface Place {
  readonly kind: 'personal' | 'group' | 'channel';
  /** The Bot Framework conversation id; in a channel it names the thread. */
  readonly conversationId: string;
  /** The channel's address for outbound calls; always a host of the cloud's list. */
  readonly serviceUrl: string;
  readonly tenantId: string;
  /** The bot's own id in the conversation, needed to speak there later. */
  readonly botId: string;
}

const THREAD = ';messageid=';

/** The id of the thread that a message in a channel opens. Source: what Teams sends as the id of a conversation. */
export const threadOf = (channelId: string, messageId: string): string => `${channelId}${THREAD}${messageId}`;

/** The chat or channel that a conversation is or, as a thread, is part of. */
export const roomOf = (conversationId: string): string => conversationId.split(THREAD)[0] ?? conversationId;
