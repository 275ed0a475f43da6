import { look } from '../../actions/approval/look.ts';
import type { Approval } from '../../actions/approval.ts';
import { ACTIONS } from '../../actions/list.ts';
import { type Risk, riskOf } from '../../entra/risk.ts';
import { LATE, within } from '../../lib/within.ts';
import type { Middle } from '../middle.ts';

/** Graph gives out this many at once; more would come too late for the answer to a press. */
const MOST_READ = 5;

const PATIENCE_MS = 2_500;

/**
 * How the targets of a pending approval stand at this moment; undefined where that cannot be told while somebody waits.
 * It may be left undone: before anything is sent every target is read anyway.
 */
export const risksNow = async (
  { ports }: Pick<Middle, 'ports'>,
  { state, targets, action }: Approval,
): Promise<readonly Risk[] | undefined> => {
  if (state !== 'pending' || targets.length > MOST_READ) return undefined;
  const { verify } = ACTIONS[action];
  const reading = Promise.all(targets.map(({ signIn }) => ports.graph.inspect(verify(signIn), 'approvals')));
  const read = await within(reading, PATIENCE_MS);
  if (read === LATE) return undefined;
  const risks = read.flatMap((one) => (one.ok ? [riskOf(one.value.signIn)] : []));
  return risks.length === targets.length ? risks : undefined;
};

/** The approval after what was seen: void, of a new version, or as it was. Undefined when somebody else was faster. */
export const seen = async (
  { ports, tending }: Middle,
  approval: Approval,
  risks: readonly Risk[] | undefined,
): Promise<Approval | undefined> => {
  const moved = risks && look(approval, risks, await ports.now());
  if (!moved || moved.entries.length === 0) return approval;
  if (!(await ports.approvals.save(moved))) return undefined;
  await tending.soon();
  return moved.approval;
};
