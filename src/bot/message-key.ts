import type { Message } from '../entra/inbound.ts';

/** Under which it is remembered that a message was handled. */
export const messageKey = ({ place, activityId }: Pick<Message, 'place' | 'activityId'>): string =>
  // Teams' ids are times, so they are the message's own only within its conversation.
  `message ${place.conversationId} ${activityId}`;
