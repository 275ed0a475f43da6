/** One entry of the ledger; triggers refuse that a row is ever changed or deleted. Hashes and MACs are base64. */
export interface LedgerTable {
  readonly seq: number;
  readonly at: number;
  readonly origin: string;
  readonly kind: string;
  readonly actor: string;
  readonly body: string;
  readonly prev_hash: string;
  readonly hash: string;
  readonly key_id: string;
  readonly mac: string;
}

/** The one row that whoever appends holds until the commit, so that the chain has no gaps and no forks. */
export interface LedgerHeadTable {
  readonly id: 1;
  readonly size: number;
  readonly hash: string;
}

/** Personal facts about entries, outside the chain: they are deleted after a while. */
export interface LedgerPrivateTable {
  readonly seq: number;
  readonly what: string;
  readonly value: string;
  readonly at: number;
}

/** Which entries are about which approval: read out of the chain it would cost a pass over all of it. Only added to. */
export interface LedgerApprovalTable {
  readonly seq: number;
  readonly number: number;
}

/** Which entries are about which share or incident. Only added to. */
export interface LedgerTopicTable {
  readonly seq: number;
  readonly topic: string;
}

export interface LedgerTables {
  readonly ledger: LedgerTable;
  readonly ledger_head: LedgerHeadTable;
  readonly ledger_private: LedgerPrivateTable;
  readonly ledger_approvals: LedgerApprovalTable;
  readonly ledger_topics: LedgerTopicTable;
}
