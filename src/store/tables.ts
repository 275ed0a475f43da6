import type { ApprovalTables } from './approval-tables.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { OfferTable } from './offers.ts';
import type { ShareTables } from './share-tables.ts';
import type { BudgetTable } from './shared-window.ts';
import type { ShownCardTable } from './shown-cards.ts';

/** Activities that were taken up, so that a re-sent one is not answered twice. */
export interface HandledTable {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What Graph answered once: shared by every question that the same reading served. */
export interface ReadingTable {
  readonly id: string;
  /** A `SignInAnswer` as JSON. */
  readonly answer: string;
  readonly at: number;
}

/** An answer to certain words; the buttons of its cards carry its id. */
export interface ResultTable {
  readonly id: string;
  readonly reading_id: string;
  /** Who asked first. */
  readonly person_id: string;
  readonly asked: string;
  /** The language's remarks, as a JSON array. */
  readonly notes: string;
  /** 1 when only the asker may see it again. */
  readonly about_me: number;
  readonly at: number;
}

/** Which answer a person was shown last in a conversation, and from which row on. */
export interface ShownTable {
  readonly person_id: string;
  readonly conversation_id: string;
  readonly result_id: string;
  readonly first: number;
  readonly at: number;
}

/** Where the bot can speak without being spoken to. */
export interface PlaceTable {
  readonly conversation_id: string;
  readonly kind: string;
  readonly service_url: string;
  readonly tenant_id: string;
  readonly bot_id: string;
  readonly at: number;
}

/** What a person chose; the zone is an IANA name or an offset. */
export interface PreferenceTable {
  readonly person_id: string;
  readonly zone: string;
}

/** Every table by its name. */
export interface Tables extends LedgerTables, ApprovalTables, ShareTables {
  readonly budget: BudgetTable;
  readonly handled: HandledTable;
  readonly offers: OfferTable;
  readonly readings: ReadingTable;
  readonly results: ResultTable;
  readonly shown: ShownTable;
  readonly shown_cards: ShownCardTable;
  readonly places: PlaceTable;
  readonly preferences: PreferenceTable;
}
