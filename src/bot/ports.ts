import type { AdaptiveCard } from '../cards/card.ts';
import type { Gap } from '../entra/clouds.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import type { Upload } from '../entra/inbound.ts';
import type { CardShowing, KeptAnswer, Showing, ShownAnswer } from '../entra/kept-answer.ts';
import type { AskedAbout, LedgerEvent } from '../entra/ledger-event.ts';
import type { Offer } from '../entra/offer.ts';
import type { Person } from '../entra/person.ts';
import type { Place } from '../entra/place.ts';
import type { Query, SignInAnswer } from '../entra/query.ts';
import type { Log } from '../lib/log.ts';
import type { Result } from '../lib/result.ts';
import type { Redactions } from '../policy/redactions.ts';
import type { Approvals, ChangeSettings, ChangingGraph, Posts } from './change-ports.ts';
import type { SearchSettings } from './search-ports.ts';
import type { Incidents, SharePosts, Shares } from './share-ports.ts';

/** A file that a person may take. */
export interface FileOffer {
  /** What comes back with the person's answer: an id. */
  readonly offer: string;
  readonly name: string;
  readonly description: string;
  /** Bytes. */
  readonly size: number;
}

/** A conversation that can be spoken in, during a turn and after it. */
export interface Chat {
  /** Posts a card; `summary` is what a notification shows. Gives the id for a later edit, where Teams gives one. */
  send(card: AdaptiveCard, summary: string): Promise<string | undefined>;
  update(cardId: string, card: AdaptiveCard, summary: string): Promise<void>;
  /** Posts plain text. */
  say(text: string): Promise<void>;
  typing(): Promise<void>;
  /** The same conversation, but this person alone sees what is posted, for 24 hours; not offered everywhere. */
  only(person: Pick<Person, 'teamsId'>): Pick<Chat, 'send' | 'update'>;
  /** Takes a message of the bot away, for everyone. */
  remove(activityId: string): Promise<void>;
  /** Asks in a personal chat whether a file may be put into the person's OneDrive. */
  offerFile(offer: FileOffer): Promise<string | undefined>;
  /** Shows a file that was put there, under the name that the bot gave it. */
  showFile(name: string, upload: Upload): Promise<void>;
}

/**
 * What a pressed button is answered with: a card in the place of the old one, or a short message. A card `isForOne` when
 * nobody but whoever pressed may see it.
 */
export type PressAnswer =
  | { readonly card: AdaptiveCard; readonly isForOne?: boolean }
  | { readonly message: string };

/** A person of the directory, for picking. */
export interface DirectoryUser {
  readonly displayName?: string | null | undefined;
  readonly userPrincipalName: string;
}

/** Microsoft Graph, as questions read it. */
export interface Graph {
  /** Throws `GraphFailure` only when nothing at all could be read. */
  readSignIns(query: Query): Promise<SignInAnswer>;
  /** Template ids of the roles held tenant-wide and active now; may be remembered for a while. */
  rolesOf(personId: string): Promise<Result<readonly string[], GraphProblem>>;
  /** People whose display name begins so, five at most. */
  findUsers(prefix: string): Promise<Result<readonly DirectoryUser[], GraphProblem>>;
}

/** What survives a restart. Times are epoch milliseconds. */
export interface Store {
  readonly handled: {
    /** Takes up an activity; false if somebody already did. */
    claim(key: string, now: number): Promise<boolean>;
    has(key: string): Promise<boolean>;
  };
  readonly results: {
    show(result: Omit<KeptAnswer, 'id'>, showing: Showing, now: number): Promise<KeptAnswer>;
    /** Keeps an answer that nobody asked for here: it is nobody's last one. */
    keep(result: Omit<KeptAnswer, 'id'>, now: number): Promise<KeptAnswer>;
    find(id: string): Promise<KeptAnswer | undefined>;
    last(personId: string, conversationId: string): Promise<ShownAnswer | undefined>;
    /** What this person was shown last, anywhere, the newest first. */
    recent(personId: string, most: number): Promise<readonly KeptAnswer[]>;
    /** Counts at once; resolves a moment later, when it is safe. */
    showOn(card: CardShowing, now: number): Promise<void>;
    onCard(conversationId: string, cardId: string, personId: string): Promise<ShownAnswer | undefined>;
    onNewestCard(conversationId: string): Promise<ShownAnswer | undefined>;
  };
  readonly offers: {
    make(offer: Offer): Promise<void>;
    posted(id: string, activityId: string): Promise<void>;
    /** Takes an offer away, so that nobody can take it again; undefined where this person has none such. */
    take(id: string, personId: string): Promise<Offer | undefined>;
  };
  readonly places: {
    remember(place: Place, now: number): Promise<void>;
    find(conversationId: string): Promise<Place | undefined>;
  };
  readonly preferences: {
    zoneOf(personId: string): Promise<string | undefined>;
    setZone(personId: string, zone: string): Promise<void>;
  };
  prune(now: number): Promise<void>;
}

/** Who asked what, on record. Both throw `LedgerFailure`. */
export interface Ledger {
  /** Resolves when the entry is committed. */
  append(event: LedgerEvent): Promise<void>;
  /** The newest entries that named this user, the newest first. */
  askedAbout(user: string): Promise<readonly AskedAbout[]>;
}

/** The edges, as the middle needs them; `main.ts` joins them and the compiler proves that each one fits. */
export interface Ports {
  readonly graph: Graph & ChangingGraph;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly approvals: Approvals;
  readonly posts: Posts;
  readonly shares: Shares;
  readonly sharePosts: SharePosts;
  readonly incidents: Incidents;
  readonly log: Log;
  /** Speaks in a place without anybody having said something. */
  chatIn(place: Place): Chat;
  /** The personal chat with somebody who speaks in another place, opened if need be; that alone posts nothing. */
  personalChat(person: Pick<Person, 'teamsId'>, near: Place): Promise<Place>;
  /** Puts a file of so many bytes to where Teams said. Throws `ConnectorFailure`. */
  putFile(upload: Upload, size: number, pieces: AsyncIterable<string>): Promise<void>;
  /** Epoch milliseconds. */
  clock(): number;
  /** Epoch milliseconds by the clock that all replicas share: what decides goes by this one. */
  now(): Promise<number>;
  /** An unguessable id. */
  newId(): string;
}

export interface Settings {
  readonly changes: ChangeSettings;
  /** What shares leave out, by place. */
  readonly redactions: Redactions;
  /** Where answers that tell of people go when they were asked for where others read along. */
  readonly answersInChannels: 'thread' | 'personal' | 'targeted';
  /** Whether Teams takes files of bots in this cloud. */
  readonly takesFiles: boolean;
  /** Role template ids that may ask about other people. */
  readonly readerRoles: readonly string[];
  /** What the cloud is without; nothing where absent. */
  readonly gaps?: readonly Gap[];
  readonly questionsPerMinute: number;
  /** After how many milliseconds a turn ends with a card that says work is going on. */
  readonly turnMs: number;
  /** After how many milliseconds the typing indicator is shown. */
  readonly typingMs: number;
  readonly search: SearchSettings;
}
