import { judge } from '../actions/approval/judge.ts';
import { targetAt } from '../actions/approval/move.ts';
import { answered, intend, mayStillSend, putOff, stop } from '../actions/approval/perform.ts';
import type { Step } from '../actions/approval/step.ts';
import { ACTIONS } from '../actions/list.ts';
import type { ChangeDecision, ChangeStep } from '../policy/authorize-change.ts';
import { decideChange, rulesFor } from './authority.ts';
import { type Held, inspect, type WorkerPorts } from './held.ts';

/** Checks approver and requester again; gives the first refusal. */
const refusalOf = async (
  ports: WorkerPorts,
  { settings, approval }: Held,
): Promise<(Extract<ChangeDecision, { permitted: false }> & { readonly step: ChangeStep }) | undefined> => {
  const { requester, decided, action } = approval;
  const common = {
    requesterId: requester.id,
    mode: settings.mode,
    rules: rulesFor(settings, action),
  };
  const steps = [
    { step: 'perform-approver', actorId: decided?.by.id ?? '' },
    { step: 'perform-requester', actorId: requester.id },
  ] as const;
  const decisions = await Promise.all(
    steps.map(async (one) => ({ ...(await decideChange(ports, { ...common, ...one })), step: one.step })),
  );
  return decisions.find((decision) => !decision.permitted);
};

const PASSING: ReadonlySet<string> = new Set(['roles-unknown', 'account-unknown']);

/** Looks at a target, and keeps what follows from it; true: its change is to be sent now. */
export const isToBeSent = async (ports: WorkerPorts, held: Held, index: number): Promise<boolean> => {
  const target = targetAt(held.approval, index);
  const known = await inspect(ports, held.approval, target, 'approvals');
  ports.observe('inspected', held.approval.number);
  const step = { index, turn: await held.turn() };
  const { approval, settings } = held;
  const verdict = judge(approval, ACTIONS[approval.action], step, known, settings.settleMs);
  if (verdict.do === 'move') await held.keep(verdict.moved, 'recorded');
  return verdict.do === 'send';
};

/** Whether approver and requester still may; what follows from a refusal is kept. */
const isStillPermitted = async (ports: WorkerPorts, held: Held): Promise<boolean> => {
  const refusal = await refusalOf(ports, held);
  if (refusal === undefined) {
    ports.observe('permitted', held.approval.number);
    return true;
  }
  const turn = await held.turn();
  const facts = { refused: refusal.why, step: refusal.step };
  const moved = PASSING.has(refusal.why)
    ? putOff(held.approval, turn)
    : stop(held.approval, 'role', turn, facts);
  await held.keep(moved, 'recorded');
  return false;
};

/**
 * Sends one change. When its turn in Graph's budgets has come, and not before, the target and the roles are read again and
 * the intent is committed; then nothing is waited for but the answer.
 */
export const send = async (ports: WorkerPorts, held: Held, index: number): Promise<void> => {
  const action = ACTIONS[held.approval.action];
  const { signIn } = targetAt(held.approval, index);
  const clientRequestId = ports.newId();
  const step = async (): Promise<Step> => ({ index, turn: await held.turn() });
  const intent = async (): Promise<boolean> => {
    if (!(await isToBeSent(ports, held, index)) || !(await isStillPermitted(ports, held))) return false;
    await held.keep(intend(held.approval, action, await step(), clientRequestId), 'intended');
    // A process may be stopped for a while, and a commit may take long: by then it may be somebody else's turn.
    return mayStillSend(held.approval, await held.turn());
  };
  // The edge must not take a failure of ours for one of Graph's.
  let checked: Promise<boolean> | undefined;
  const gate = (): Promise<boolean> => {
    checked = intent();
    return checked.catch(() => false);
  };
  const performed = await ports.graph.perform(action.perform(signIn), clientRequestId, gate);
  await checked;
  const { progress } = targetAt(held.approval, index);
  // Its turn did not come.
  if (checked === undefined) return held.keep(putOff(held.approval, await held.turn()), 'recorded');
  if (progress.at !== 'sent') return;
  ports.observe('performed', held.approval.number);
  await held.keep(answered(held.approval, await step(), performed), 'recorded');
};
