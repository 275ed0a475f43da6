import { isDeepStrictEqual } from 'node:util';
import { type Selectable, sql } from 'kysely';
import type { Approval, ApprovalState } from '../actions/approval.ts';
import type { ApprovalSeals } from '../ledger/approval-seal.ts';
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

/** An approval as it is stored, under its seal. */
export type ApprovalRow = Selectable<ApprovalTable>;

/** What is stored of an approval; all of it is in the document. */
export const columnsOf = (approval: Approval): Omit<ApprovalTable, 'seal'> => ({
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
export const approvalOf = ({ number, document }: Pick<ApprovalRow, 'number' | 'document'>): Approval => ({
  ...(JSON.parse(document) as Approval),
  number,
});

/**
 * The approval in a row that is as it was written: undefined when its seal does not fit, or when one of its columns
 * says something else than its document.
 */
export const genuineOf = ({ seal, ...columns }: ApprovalRow, seals: ApprovalSeals): Approval | undefined => {
  if (!seals.fits(columns.number, columns.document, seal)) return undefined;
  const approval = approvalOf(columns);
  return isDeepStrictEqual(columnsOf(approval), columns) ? approval : undefined;
};
