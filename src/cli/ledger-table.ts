import type { ApprovalSeals } from '../ledger/approval-seal.ts';
import { compare, type Difference, fold } from '../ledger/fold.ts';
import { type ApprovalRow, genuineOf } from '../store/approval-row.ts';
import type { Store } from '../store/store.ts';

const revisionsOf = (rows: readonly ApprovalRow[]): ReadonlyMap<number, number> =>
  new Map(rows.map(({ number, revision }) => [number, revision]));

/** A row that nobody sealed says nothing; what it pretends is named where it is the state. */
const unsealed = (pretended: string, recorded = 'nothing'): string =>
  pretended === recorded
    ? 'its row in the table is not as it was sealed'
    : `the table says ${pretended}, the ledger says ${recorded}; its row is not as it was sealed`;

/**
 * In which requests the table is not what the ledger says, one sentence each. The ledger must have been found whole.
 * What a running bot changes meanwhile is left out, and so is what had ended and was forgotten.
 */
export const differencesOf = async (
  { approvals, ledger }: Pick<Store, 'approvals' | 'ledger'>,
  seals: ApprovalSeals,
): Promise<readonly string[]> => {
  const before = revisionsOf(await approvals.rows());
  const folded = await fold(ledger.rows());
  const rows = await approvals.rows();
  const after = revisionsOf(rows);
  const found = rows.map((row) => genuineOf(row, seals));
  const table = found.flatMap((approval) => approval ?? []);
  const edited = rows.flatMap(({ number, state }, index): readonly Difference[] =>
    found[index] ? [] : [{ number, what: unsealed(state, folded.approvals.get(number)?.state) }],
  );
  const isEdited = new Set(edited.map(({ number }) => number));
  const others = compare(folded, table).filter(({ number }) => !isEdited.has(number));
  return [...edited, ...others]
    .filter(({ number }) => before.get(number) === after.get(number))
    .toSorted((one, other) => one.number - other.number)
    .map(({ number, what }) => `CR-${number}: ${what}`);
};
