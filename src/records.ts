import { type Approval, isAsRecorded, type Moved } from './actions/approval.ts';
import type { Approvals } from './bot/change-ports.ts';
import type { ChangeKind } from './entra/ledger-event.ts';
import { BriefMap } from './lib/brief-map.ts';
import { orFail, type Prepared, type RunningLedger } from './running-ledger.ts';
import { genuineOf } from './store/approval-row.ts';
import type { Store } from './store/store.ts';

/** How many requests of one person can be open at once. */
const MOST_OPEN = 20;

const UNREADABLE = 'Approvals could not be read.';

/** Of how many approvals one process knows how far they were; it forgets them all when there are more. */
const KNOWN_AT_ONCE = 10_000;

/** Each entry says beside which revision of the row it was written. */
const prepared = (
  ledger: RunningLedger,
  { revision }: Approval,
  events: Moved['entries'],
): readonly Prepared[] => events.map((event) => ledger.prepare({ ...event, revision }));

const committed = (entries: readonly Prepared[]): void => {
  for (const entry of entries) entry.committed();
};

/** What is written while an approval is carried out: its row was checked before, and is known better here. */
const CARRYING: ReadonlySet<ChangeKind> = new Set(['claimed', 'intent', 'outcome', 'released', 'ended']);

/** Whether a change takes over what its row says; one that says that the row was edited does not. */
const buildsOnRow = ({ approval: { state }, entries }: Moved): boolean => {
  if (entries.length === 0) return state !== 'approved' && state !== 'running';
  return !entries.some(({ kind, facts }) => CARRYING.has(kind) || facts.why === 'edited');
};

/** Checks rows against their seals, the ledger, and what this process has seen of them before. */
const guarding = ({ approvals }: Pick<Store, 'approvals'>, ledger: RunningLedger) => {
  const revisions = new BriefMap<number, number>(KNOWN_AT_ONCE);

  const reached = ({ number, revision }: Approval): void => {
    revisions.set(number, Math.max(revision, revisions.get(number) ?? 0));
  };

  const read = async (number: number) => {
    // Asked before the row is: it may move on meanwhile, and never back.
    const least = revisions.get(number) ?? 0;
    const row = await approvals.row(number);
    const told = await ledger.evidence(number);
    const evidence = row && told && { ...told, document: row.document };
    const approval = row && genuineOf(row, ledger.approvalSeals);
    if (!approval || approval.revision < least || !isAsRecorded(approval, evidence)) return { row };
    reached(approval);
    return { row, evidence };
  };

  return {
    reached,
    /** Whether the row may be built on, by its seal and what was seen of it; one that is gone is not written anyway. */
    async isIntact(number: number): Promise<boolean> {
      const least = revisions.get(number) ?? 0;
      const row = await approvals.row(number);
      const approval = row && genuineOf(row, ledger.approvalSeals);
      const isIntact = !row || (approval !== undefined && approval.revision >= least);
      if (!isIntact) ledger.edited(number);
      return isIntact;
    },
    async evidence(number: number) {
      const first = await read(number);
      if (first.evidence || !first.row) return first.evidence;
      // Somebody may have changed both between the reading of the row and that of the entries.
      const again = await read(number);
      if (!again.evidence && again.row?.revision === first.row.revision) ledger.edited(number);
      return again.evidence;
    },
  };
};

/**
 * Approvals whose every change stands in the ledger: both are written in one transaction, or neither is. Their rows are
 * sealed by the ledger's key; there is evidence only of a row that is as it was written, and that was never newer.
 */
export const recordsOf = ({ approvals }: Pick<Store, 'approvals'>, ledger: RunningLedger): Approvals => {
  const { reached, isIntact, evidence } = guarding({ approvals }, ledger);
  const sealer = (number: number) => (document: string) => ledger.approvalSeals.seal(number, document);

  return {
    create: (make) =>
      orFail('A request could not be written.', async () => {
        let entries: readonly Prepared[] = [];
        const created = await approvals.create((number) => {
          const { entries: events, ...moved } = make(number);
          entries = prepared(ledger, moved.approval, events);
          return { ...moved, entries, seal: sealer(moved.approval.number) };
        }, MOST_OPEN);
        if (!('number' in created)) return created;
        committed(entries);
        reached(created);
        return created;
      }),
    save: (change) =>
      orFail('A change of an approval could not be written.', async () => {
        const { entries: events, ...moved } = change;
        const { approval } = moved;
        // Otherwise what somebody edited would be sealed with the next change.
        if (buildsOnRow(change) && !(await isIntact(approval.number))) return false;
        const entries = prepared(ledger, approval, events);
        const isSaved = await approvals.save({ ...moved, entries, seal: sealer(approval.number) });
        if (!isSaved) return false;
        committed(entries);
        reached(approval);
        return true;
      }),
    find: (number) => orFail(UNREADABLE, () => approvals.find(number)),
    open: () => orFail(UNREADABLE, approvals.open),
    due: (now, most) => orFail(UNREADABLE, () => approvals.due(now, most)),
    evidence: (number) => orFail(UNREADABLE, () => evidence(number)),
    history: ledger.history,
  };
};
