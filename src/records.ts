import type { Approvals } from './bot/change-ports.ts';
import { orFail, type Prepared, type RunningLedger } from './running-ledger.ts';
import type { Store } from './store/store.ts';

/** How many requests of one person can be open at once. */
const MOST_OPEN = 20;

const UNREADABLE = 'Approvals could not be read.';

const committed = (entries: readonly Prepared[]): void => {
  for (const entry of entries) entry.committed();
};

/** Approvals whose every change stands in the ledger: both are written in one transaction, or neither is. */
export const recordsOf = ({ approvals }: Pick<Store, 'approvals'>, ledger: RunningLedger): Approvals => ({
  create: (make) =>
    orFail('A request could not be written.', async () => {
      let entries: readonly Prepared[] = [];
      const created = await approvals.create((number) => {
        const { entries: events, ...moved } = make(number);
        entries = events.map(ledger.prepare);
        return { ...moved, entries };
      }, MOST_OPEN);
      if ('number' in created) committed(entries);
      return created;
    }),
  save: ({ entries: events, ...moved }) =>
    orFail('A change of an approval could not be written.', async () => {
      const entries = events.map(ledger.prepare);
      const isSaved = await approvals.save({ ...moved, entries });
      if (isSaved) committed(entries);
      return isSaved;
    }),
  find: (number) => orFail(UNREADABLE, () => approvals.find(number)),
  open: () => orFail(UNREADABLE, approvals.open),
  due: (now, most) => orFail(UNREADABLE, () => approvals.due(now, most)),
  evidence: ledger.evidence,
  history: ledger.history,
});
