import type { ActionName } from '../actions/action.ts';
import { ACTIONS } from '../actions/list.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import type { Log } from '../lib/log.ts';
import { fail, type Result } from '../lib/result.ts';
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
  const answer = read === LATE ? fail('late') : read;
  if (answer.ok) return answer.value;
  log.warn('authority.unknown', { what, problem: answer.error });
  return undefined;
};

/** What was read of a person for one decision. */
type Read = Pick<ChangeFacts, 'roles' | 'account'>;

const readPerson = async (
  ports: AuthorityPorts,
  personId: string,
  rules: Pick<ChangeRules, 'guests' | 'onePersonBy'>,
): Promise<Read> => {
  const { graph } = ports;
  const [roles, account] = await Promise.all([
    inTime(ports, 'roles', graph.freshRolesOf(personId)),
    needsAccounts(rules) ? inTime(ports, 'account', graph.accountOf(personId)) : undefined,
  ]);
  return { roles, account };
};

/**
 * Reads who somebody is right now and lets the policy decide: the one way for requests, presses, texts and the worker.
 * Takes 2.5 s at most; what cannot be read by then is refused.
 */
export const decideChange = async (ports: AuthorityPorts, wanted: Intention): Promise<ChangeDecision> => {
  const { actorId, requesterId, rules, step } = wanted;
  if (step === 'withdraw') return authorizeChange({ ...wanted, roles: undefined, account: undefined });
  const isTwoPeople = rules.onePersonBy === 'employeeId' && actorId !== requesterId;
  const [read, requesterAccount] = await Promise.all([
    readPerson(ports, actorId, rules),
    isTwoPeople ? inTime(ports, 'account', ports.graph.accountOf(requesterId)) : undefined,
  ]);
  return authorizeChange({ ...wanted, ...read, requesterAccount });
};

/** What a person may do about changes now, for showing: whether to ask, and which requests of others to approve. */
export const mayChange = async (
  ports: AuthorityPorts,
  settings: ChangeSettings,
  personId: string,
): Promise<{ readonly mayRequest: boolean; readonly mayApprove: readonly ActionName[] }> => {
  const read = await readPerson(ports, personId, settings);
  const who = { actorId: personId, requesterId: personId, mode: settings.mode };
  const may = (step: 'request' | 'resolve', action: ActionName): boolean =>
    authorizeChange({ ...who, step, rules: rulesFor(settings, action), ...read }).permitted;
  const actions = Object.values(ACTIONS).map(({ name }) => name);
  return {
    mayRequest: actions.some((action) => may('request', action)),
    // As for resolving, roles and account decide; who asked is not known yet.
    mayApprove: actions.filter((action) => may('resolve', action)),
  };
};
