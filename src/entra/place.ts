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
