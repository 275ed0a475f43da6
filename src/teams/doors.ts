import type { AdaptiveCard } from '../cards/card.ts';
import type { FileConsent, Install, Message, Picked, Press, Search, Upload } from '../entra/inbound.ts';
import type { Person } from '../entra/person.ts';

/**
 * One conversation (in a channel: one thread), usable during the turn and long after it. Everything that Teams
 * refuses or leaves in doubt is thrown as a `ConnectorFailure`.
 */
export interface Chat {
  /** Posts a card; the summary is what notifications show. Returns the id by which it can be updated. */
  send(card: AdaptiveCard, summary: string): Promise<string | undefined>;
  /** Posts plain text. */
  say(text: string): Promise<void>;
  /** Replaces a card of the bot for everyone. */
  update(activityId: string, card: AdaptiveCard, summary: string): Promise<void>;
  /** Shows for a few seconds that an answer is on its way. */
  typing(): Promise<void>;
  /** Takes a message of the bot away, for everyone. */
  remove(activityId: string): Promise<void>;
  /** The same conversation, but this person alone sees what is posted, for 24 hours. Not offered everywhere. */
  only(person: Pick<Person, 'teamsId'>): Pick<Chat, 'send' | 'update'>;
  /** Asks in a personal chat whether a file may be put into the person's OneDrive. */
  offerFile(offer: FileOffer): Promise<string | undefined>;
  /** Shows a file that was put there, under the name that the bot gave it. */
  showFile(name: string, upload: Upload): Promise<void>;
}

/** A file that a person may take. */
export interface FileOffer {
  /** What comes back with the person's answer: an id. */
  readonly offer: string;
  readonly name: string;
  readonly description: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * What a press leads to: the card that takes the place of the pressed one, or a sentence. A card `isForOne` when it must
 * not be posted where others read along.
 */
export type PressAnswer =
  | { readonly card: AdaptiveCard; readonly isForOne?: boolean }
  | { readonly message: string };

/** One line of a search's results: plain text, cleaned. */
export interface FoundItem {
  readonly title: string;
  readonly text: string;
  /** What comes back when it is picked: ids. */
  readonly pick: Readonly<Record<string, string>>;
  /** What a client sends into the chat that does not ask when it is picked. */
  readonly unasked: string;
}

/** What a search leads to: results, never none of them, or a sentence. */
export type SearchAnswer = { readonly items: readonly FoundItem[] } | { readonly message: string };

/** What picking a result leads to: the card that is sent, with a line for the compose box, or a sentence. */
export type PickAnswer =
  | { readonly card: AdaptiveCard; readonly summary: string }
  | { readonly message: string };

/** Where everything that passed the gate goes in. A door may take as long as it needs; the turn does not wait. */
export interface Doors {
  onMessage(message: Message, chat: Chat): Promise<void>;
  onPress(press: Press, chat: Chat): Promise<PressAnswer>;
  /** A press that came as a message, so that its answer must be posted; undefined where it was handled before. */
  onSubmit(press: Press, chat: Chat): Promise<PressAnswer | undefined>;
  /** The bot was added. Teams reports one installation in up to two activities. */
  onInstall(install: Install, chat: Chat): Promise<void>;
  /** Somebody took a file that was offered, or did not want it. */
  onFile(consent: FileConsent, chat: Chat): Promise<void>;
  onSearch(search: Search): Promise<SearchAnswer>;
  onPick(picked: Picked): Promise<PickAnswer>;
}
