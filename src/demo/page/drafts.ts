import type { Seen } from '../chat/messages.ts';

/** What stands in the inputs of a card and was not sent, by input. */
export type Draft = Map<string, string>;

const drafts = new Map<string, Draft>();

/** What a person typed into a message's card: it outlives an edit of the card, and being somebody else for a while. */
export const draftOf = (personId: string, { conversationId, id }: Seen): Draft => {
  const key = `${personId} ${conversationId} ${id}`;
  const known = drafts.get(key) ?? new Map();
  drafts.set(key, known);
  return known;
};
