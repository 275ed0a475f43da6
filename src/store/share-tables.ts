/** One row: the number of the newest share. Whoever holds it shares, or names the place of an incident, alone. */
export interface ShareCounterTable {
  readonly id: 1;
  readonly last: number;
}

/** What was shared. */
export interface ShareTable {
  readonly number: number;
  /** What it came from, so that the same activity never makes a second one. */
  readonly source: string;
  readonly at: number;
  readonly by_id: string;
  /** Empty once it was erased. */
  readonly by_name: string;
  readonly incident: string | null;
  readonly conversation_id: string | null;
  /** What the card leaves out, as a JSON array. */
  readonly redacted: string;
  /** SHA-256 of the document, as it was when it was shared. */
  readonly hash: string;
  /** The snapshot as JSON; null once it was erased. */
  readonly document: string | null;
}

/** The card of a share on its way to where it belongs, and the word to whoever shared, in case it is given up. */
export interface SharePostTable {
  readonly number: number;
  readonly conversation_id: string;
  readonly activity_id: string | null;
  /** When the card has to be posted; null: never any more. */
  readonly due_at: number | null;
  readonly taken_until: number;
  readonly tries: number;
  /** 1 when a try to post the card was begun of which nobody knows how it ended. */
  readonly doubtful: number;
  /** Why the card was given up, when it was last. */
  readonly failed: string | null;
  /** By which Teams knows whoever shared, and where they did; null when nobody has to be told any more. */
  readonly teams_id: string | null;
  readonly asked_in: string | null;
  /** From when on they have to be told that the card is given up, once it is; null: never any more. */
  readonly word_due_at: number | null;
  readonly word_tries: number;
  readonly word_doubtful: number;
}

/** Which thread is the place of which incident. */
export interface IncidentTable {
  readonly name: string;
  readonly conversation_id: string;
  readonly at: number;
  readonly by_id: string;
  readonly by_name: string;
}

export interface ShareTables {
  readonly share_counter: ShareCounterTable;
  readonly shares: ShareTable;
  readonly share_posts: SharePostTable;
  readonly incidents: IncidentTable;
}
