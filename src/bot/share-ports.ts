import type { Incident } from '../entra/incident.ts';
import type { TimelineEntry } from '../entra/ledger-event.ts';
import type { GivenUp, Share, SharedFrom, Sharing, Verified } from '../entra/share.ts';

/** What was shared, and the incidents that it belongs to. Everything stands in the ledger too. All throw `LedgerFailure`. */
export interface Shares {
  /**
   * Keeps a new share under the next number, together with its entry and its card on the way to where it belongs.
   * `source` names what it came from, an activity: the same one never makes a second share, but gives what `find`
   * gives. `from` is who is told when the card cannot be posted.
   */
  create(source: string, sharing: Sharing, from?: SharedFrom): Promise<Share>;
  /** Held against what the ledger recorded: what is not as it was shared comes without its rows. */
  find(number: number): Promise<Share | undefined>;
  /** Says what of it is not as the ledger recorded it. */
  verify(number: number): Promise<Verified | undefined>;
}

/** The incidents of which somebody named the place. All throw `LedgerFailure`. */
export interface Incidents {
  /**
   * Makes a thread the place of an incident, and of no other one. False, and nothing is done, when the incident has
   * another place or the thread another incident, and `moves` is not set.
   */
  declare(incident: Incident, moves: boolean, approvals: readonly number[]): Promise<boolean>;
  /** This and the next one throw, too, when the ledger recorded another place. */
  find(name: string): Promise<Incident | undefined>;
  /** The incident whose place this is. */
  in(conversationId: string): Promise<Incident | undefined>;
  /** The newest first. */
  list(most: number): Promise<readonly Incident[]>;
  /** Everything that the ledger says of it, in the ledger's order; entries whose seal is broken throw. */
  timeline(name: string): Promise<readonly TimelineEntry[]>;
}

/** The word to whoever shared that the card was given up. */
export interface ShareWord {
  readonly why: GivenUp;
  /** They may have been told before. */
  readonly isDoubtful: boolean;
}

/** A card about a share that has to be posted; or, once that is given up, the word about it to whoever shared. */
export interface SharePost {
  readonly number: number;
  readonly conversationId: string;
  /** How often the one or the other was taken up. */
  readonly tries: number;
  /** A post of the card was begun before, and nobody knows whether it arrived. */
  readonly isDoubtful: boolean;
  readonly from?: SharedFrom;
  /** Set once the card was given up. */
  readonly word?: ShareWord;
}

/** The cards of shares on their way, and the words about those that were given up. */
export interface SharePosts {
  /** The longest due first. */
  due(now: number, most: number): Promise<readonly SharePost[]>;
  /** Takes one up for so long; committed before anything is sent. False: somebody else has. */
  begin(post: SharePost, now: number, forMs: number): Promise<boolean>;
  /** It stands there now, under this id where Teams gave one. */
  posted(post: SharePost, activityId: string | undefined): Promise<void>;
  later(post: SharePost, at: number, isDoubtful: boolean): Promise<void>;
  /** The card is never posted any more: the word about that is due at once. */
  giveUp(post: SharePost, why: GivenUp, now: number): Promise<void>;
  /** The word was said, or can be said nowhere. */
  drop(post: SharePost): Promise<void>;
  /** How the card of share n stands, or why it was given up. */
  stateOf(number: number): Promise<'posted' | 'waiting' | GivenUp>;
}
