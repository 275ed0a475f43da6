import type { Generated } from 'kysely';

/** One row: the number of the newest approval. */
export interface ApprovalCounterTable {
  readonly id: 1;
  readonly last: number;
}

/** An approval as a document, and what is looked for by. */
export interface ApprovalTable {
  readonly number: number;
  /** In what way the document is written; a version of Flagman leaves alone what it does not know. */
  readonly format: number;
  readonly revision: number;
  readonly edition: number;
  readonly state: string;
  /** 1 as long as it can still change. */
  readonly open: number;
  readonly requester_id: string;
  readonly created_at: number;
  /** When it needs attention; null: never. */
  readonly due_at: number | null;
  /** An `Approval` as JSON. */
  readonly document: string;
  /** By the ledger's key over number and document: base64. */
  readonly seal: string;
}

/** What an approval is about; one target is in one open approval. */
export interface ApprovalTargetTable {
  readonly number: number;
  /** In lower case. */
  readonly target_id: string;
  readonly open: number;
}

/** A message about an approval. */
export interface PostTable {
  readonly id: Generated<number>;
  readonly number: number;
  readonly kind: string;
  readonly conversation_id: string;
  /** Null before it was posted, and where Teams gave none. */
  readonly activity_id: string | null;
  /** The edition that it shows; 0 before it was posted. */
  readonly shown: number;
  /** The edition that it has to show. */
  readonly wanted: number;
  readonly tries: number;
  /** Null: never again. */
  readonly due_at: number | null;
  readonly taken_until: number;
  /** 1 when a post was begun and nobody knows whether it arrived. */
  readonly doubtful: number;
}

export interface ApprovalTables {
  readonly approval_counter: ApprovalCounterTable;
  readonly approvals: ApprovalTable;
  readonly approval_targets: ApprovalTargetTable;
  readonly posts: PostTable;
}
