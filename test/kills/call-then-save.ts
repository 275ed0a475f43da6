import { answered, claim, intend, release } from '../../src/actions/approval/perform.ts';
import type { Approval, Moved } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import type { Worker, WorkerPorts, WorkerSettings } from '../../src/bot/worker.ts';
import type { Performed } from '../../src/entra/effects.ts';

/** What the ledger would hold if it had been written before. */
const recordOf = (
  approval: Approval,
  performed: Performed,
  { now, ...turn }: { readonly now: number; readonly owner: string; readonly leaseMs: number },
): readonly Moved[] => {
  const step = { index: 0, turn: { now, ...turn } };
  const moves: Moved[] = [];
  const go = (next: (before: Approval) => Moved | undefined): void => {
    const moved = next(moves.at(-1)?.approval ?? approval);
    if (moved) moves.push(moved);
  };
  go((before) => claim(before, step.turn));
  if (moves.length === 0) return [];
  if (approval.targets[0].progress.at === 'waiting')
    go((before) => intend(before, ACTIONS[before.action], step, 'unknown'));
  go((before) => answered(before, step, performed));
  go((before) => release(before, step.turn));
  return moves;
};

/**
 * What most programs do: call, then save. It is here to be found out: a crash between the two leaves no trace of what
 * was done. Carries out approvals of one target.
 */
export const createCallFirstWorker = (ports: WorkerPorts, settings: WorkerSettings): Worker => {
  let isBusy = false;
  const carryOut = async (approval: Approval): Promise<void> => {
    const { number, action, targets, state } = approval;
    if (state !== 'approved' && state !== 'running') return;
    const effect = ACTIONS[action].perform(targets[0].signIn);
    const performed = await ports.graph.perform(effect, ports.newId(), async () => true);
    ports.observe('performed', number);
    for (const moved of recordOf(approval, performed, { ...settings, now: await ports.now() }))
      if (!(await ports.approvals.save(moved))) return;
    ports.observe('released', number);
  };
  return {
    async run() {
      if (isBusy) return 0;
      isBusy = true;
      try {
        const due = await ports.approvals.due(await ports.now(), 20);
        await Promise.all(due.map(carryOut));
        return due.length;
      } finally {
        isBusy = false;
      }
    },
  };
};
