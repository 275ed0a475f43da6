import { type Selectable, sql } from 'kysely';
import type { Approval, ApprovalState } from '../actions/approval.ts';
import type { ApprovalTable } from './approval-tables.ts';

/** How documents are written. A version that writes them otherwise counts on. */
const FORMAT = 1;

/** Every state that this version knows, and whether an approval in it can still change. */
const IS_OPEN: Readonly<Record<ApprovalState, boolean>> = {
  pending: true,
  approved: true,
  running: true,
  unknown: true,
  rejected: false,
  expired: false,
  withdrawn: false,
  void: false,
  revoked: false,
  done: false,
  failed: false,
  conflict: false,
};

/** Leaves alone, in a statement on `approvals`, what a newer version wrote during a rolling upgrade. */
export const isKnown = sql<boolean>`(approvals.format = ${FORMAT} and approvals.state in (${sql.join(Object.keys(IS_OPEN))}))`;

/** An approval as it is stored. */
export const columnsOf = (approval: Approval): ApprovalTable => ({
  number: approval.number,
  format: FORMAT,
  revision: approval.revision,
  edition: approval.edition,
  state: approval.state,
  open: IS_OPEN[approval.state] ? 1 : 0,
  requester_id: approval.requester.id,
  created_at: approval.createdAt,
  due_at: approval.dueAt ?? null,
  document: JSON.stringify(approval),
});

/**
 * An approval as it was stored. Its JSON is what `columnsOf` wrote, but a row that was given another's document must
 * not pass for it: what the ledger says is then looked for under the number of the row.
 */
export const approvalOf = ({
  number,
  document,
}: Pick<Selectable<ApprovalTable>, 'number' | 'document'>): Approval => ({
  ...(JSON.parse(document) as Approval),
  number,
});
