import type { Person } from './person.ts';
import type { Place } from './place.ts';

/** Something a person typed to the bot, after the gate: sender and place are vouched for, the text is not. */
export interface Message {
  /** Unique per activity; Teams re-sends slow turns with the same one. */
  readonly activityId: string;
  /** Text with the bot's own mentions taken out; empty when only the mention was there. */
  readonly text: string;
  readonly person: Person;
  readonly place: Place;
  /** The message or card that this one replies to. */
  readonly replyToId?: string;
}

/** A pressed button, whichever way the client sent it (Action.Execute or Action.Submit). */
export interface Press {
  readonly activityId: string;
  readonly verb: string;
  /** Untrusted: ids to look things up by, never facts. */
  readonly data: Readonly<Record<string, unknown>>;
  /** `automatic` when a client refreshed the card by itself. */
  readonly trigger: 'manual' | 'automatic';
  readonly person: Person;
  readonly place: Place;
  /** The activity id of the card that holds the button. */
  readonly cardId?: string;
}

/** Where Teams takes a file of a person: addresses that nobody has looked at yet. */
export interface Upload {
  readonly uploadUrl: string;
  readonly contentUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

/** A person's answer to the offer of a file, in their personal chat. */
export interface FileConsent {
  readonly activityId: string;
  /** What the offer carries: an id to look it up by, never a fact. */
  readonly offer: string;
  /** Absent when the file was declined. */
  readonly upload?: Upload;
  readonly person: Person;
  readonly place: Place;
}

/** The bot was added to a conversation. Nobody in particular acts. */
export interface Install {
  readonly activityId: string;
  readonly place: Place;
}

/** What stands in the search of the compose box now. The bot need not be in the conversation it was opened in. */
export interface Search {
  readonly activityId: string;
  /** As it was typed so far; untrusted. */
  readonly text: string;
  /** How many results the client has already, and how many it wants at most. */
  readonly skip: number;
  readonly count: number;
  /** The search was opened, and nothing is typed yet. */
  readonly isFirst: boolean;
  readonly person: Person;
  readonly place: Place;
}

/** Somebody picked a result of a search, to send it where they are. */
export interface Picked {
  readonly activityId: string;
  /** Untrusted: ids to look things up by, never facts. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly person: Person;
  readonly place: Place;
}
