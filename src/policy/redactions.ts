import { type Place, roomOf } from '../entra/place.ts';
import type { Redaction, Share } from '../entra/share.ts';

/** Where something is shared: a kind of place, or anywhere, by a message extension. */
export const REDACTED_PLACES = ['personal', 'group', 'channel', 'extension'] as const;

export type RedactedPlace = (typeof REDACTED_PLACES)[number];

/** What is left out of what is shared: by the id of a chat or channel, else by the kind of the place. */
export interface Redactions {
  readonly conversations: ReadonlyMap<string, readonly Redaction[]>;
  readonly kinds: Readonly<Record<RedactedPlace, readonly Redaction[]>>;
}

/** What is left out in a place: by the rule for its chat or channel, else by its kind. */
export const redactedIn = (
  { conversations, kinds }: Redactions,
  { kind, conversationId }: Pick<Place, 'kind' | 'conversationId'>,
): readonly Redaction[] => {
  // A rule about a channel holds in each of its threads.
  return conversations.get(roomOf(conversationId)) ?? kinds[kind];
};

/** A share as a place may show it: without what the place leaves out, and what it left out where it was shared. */
export const asSeenIn = (
  share: Share,
  redactions: Redactions,
  place: Pick<Place, 'kind' | 'conversationId'>,
): Share => ({
  ...share,
  redacted: [...new Set([...share.redacted, ...redactedIn(redactions, place)])],
});
