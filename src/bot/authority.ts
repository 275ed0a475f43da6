import type { ActionName } from '../actions/action.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import type { Log } from '../lib/log.ts';
import type { Result } from '../lib/result.ts';
import { LATE, within } from '../lib/within.ts';
import {
  authorizeChange,
  type ChangeDecision,
  type ChangeFacts,
  type ChangeRules,
  needsAccounts,
} from '../policy/authorize-change.ts';
import type { ChangeSettings, ChangingGraph } from './change-ports.ts';

/** What reading a person's authority takes. */
export interface AuthorityPorts {
  readonly graph: Pick<ChangingGraph, 'freshRolesOf' | 'accountOf'>;
  readonly log: Log;
}

/** A press has to be answered, so what Graph does not say by then is not known. */
const PATIENCE_MS = 2_500;

/** What holds for one action. */
export const rulesFor = (settings: ChangeSettings, action: ActionName): ChangeRules => ({
  requesterRoles: settings.requesterRoles,
  approverRoles: settings.approverRoles[action],
  guests: settings.guests,
  onePersonBy: settings.onePersonBy,
});

/** Who wants to do what, before anything was read about them. */
export type Intention = Pick<
  ChangeFacts,
  'step' | 'actorId' | 'requesterId' | 'mode' | 'confirmedOwn' | 'rules'
>;

const inTime = async <Value>(
  { log }: AuthorityPorts,
  what: string,
  reading: Promise<Result<Value, GraphProblem>>,
): Promise<Value | undefined> => {
  const read = await within(reading, PATIENCE_MS);
  if (read !== LATE && read.ok) return read.value;
  log.warn('authority.unknown', { what, problem: read === LATE ? 'late' : read.error });
  return undefined;
};

/**
 * Reads who somebody is right now and lets the policy decide: the one way for requests, presses, texts and the worker.
 * Takes 2.5 s at most; what cannot be read by then is refused.
 */
export const decideChange = async (ports: AuthorityPorts, wanted: Intention): Promise<ChangeDecision> => {
  const { graph } = ports;
  const { actorId, requesterId, rules, step } = wanted;
  if (step === 'withdraw') return authorizeChange({ ...wanted, roles: undefined, account: undefined });
  const accountOf = (id: string) =>
    needsAccounts(rules) ? inTime(ports, 'account', graph.accountOf(id)) : undefined;
  const isTwoPeople = rules.onePersonBy === 'employeeId' && actorId !== requesterId;
  const [roles, account, requesterAccount] = await Promise.all([
    inTime(ports, 'roles', graph.freshRolesOf(actorId)),
    accountOf(actorId),
    isTwoPeople ? accountOf(requesterId) : undefined,
  ]);
  return authorizeChange({ ...wanted, roles, account, requesterAccount });
};
