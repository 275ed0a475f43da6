import { judge, type Known, type Verdict } from '../../src/actions/approval/judge.ts';
import type { Approval, Moved } from '../../src/actions/approval.ts';
import type { GraphProblem } from '../../src/entra/graph-problem.ts';
import type { Risk } from '../../src/entra/risk.ts';
import { ACTION, at, LATER, SETTLE_MS } from './approvals.ts';

export const seen = (risk: Risk): Known => ({ known: true, risk });
export const unseen = (kind: GraphProblem['kind']): Known => ({ known: false, problem: { kind } });

/** What is decided about the first target of an approval. */
export const judged = (approval: Approval, known: Known, now = LATER, action = ACTION): Verdict =>
  judge(approval, action, at(now), known, SETTLE_MS);

/** The same, where it is not to be sent. */
export const movedOf = (...given: Parameters<typeof judged>): Moved => {
  const verdict = judged(...given);
  if (verdict.do !== 'move') throw new Error('It would be sent.');
  return verdict.moved;
};
