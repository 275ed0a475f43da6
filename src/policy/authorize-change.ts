import { fourEyes, isOwn, type OnePersonBy, type Pair } from './four-eyes.ts';

/** What somebody is about to do; the last two check requester and approver again right before a change is sent. */
export type ChangeStep =
  | 'request'
  | 'preview'
  | 'approve'
  | 'reject'
  | 'withdraw'
  | 'resolve'
  | 'perform-requester'
  | 'perform-approver';

/** What was configured for one action. Role ids are template ids, or ids of custom roles. */
export interface ChangeRules {
  readonly requesterRoles: readonly string[];
  /** The most specific first: the first one that somebody holds is the role that they used. */
  readonly approverRoles: readonly string[];
  readonly guests: 'refuse' | 'allow';
  readonly onePersonBy: OnePersonBy;
}

/** Everything that a decision depends on, read for this very step: nothing of it may be remembered. */
export interface ChangeFacts extends Pair {
  readonly step: ChangeStep;
  /** Object id of who acts or, before a change is sent, of who is checked. */
  readonly actorId: string;
  readonly mode: 'four-eyes' | 'single';
  /** Whether the actor confirmed an own request on the separate confirmation card; absent where none is asked for. */
  readonly confirmedOwn?: boolean;
  /** Ids of the roles that the actor holds tenant-wide now; undefined: they could not be read. */
  readonly roles: readonly string[] | undefined;
  readonly rules: ChangeRules;
}

/** Why not. `…-unknown` but for `person-unknown` may pass; the others stand until somebody changes something. */
export type ChangeRefusal =
  | 'not-the-requester'
  | 'own-request'
  | 'same-person'
  | 'person-unknown'
  | 'account-unknown'
  | 'account-disabled'
  | 'guest'
  | 'roles-unknown'
  | 'role-needed'
  | 'confirm-own';

/** Yes, with the id of the role that it rests on; or why not, with the ids of which one is needed. */
export type ChangeDecision =
  | { readonly permitted: true; readonly roleUsed?: string }
  | { readonly permitted: false; readonly why: ChangeRefusal; readonly needed?: readonly string[] };

const SUFFICIENT = {
  request: 'requesterRoles',
  preview: 'requesterRoles',
  approve: 'approverRoles',
  reject: 'approverRoles',
  resolve: 'approverRoles',
  'perform-requester': 'requesterRoles',
  'perform-approver': 'approverRoles',
} as const satisfies Record<Exclude<ChangeStep, 'withdraw'>, keyof ChangeRules>;

/** Whether accounts decide anything, so that they have to be read. */
export const needsAccounts = ({
  guests,
  onePersonBy,
}: Pick<ChangeRules, 'guests' | 'onePersonBy'>): boolean =>
  guests === 'refuse' || onePersonBy === 'employeeId';

type PersonCheck = (facts: ChangeFacts) => ChangeRefusal | undefined;

const onlyRequester: PersonCheck = (facts) => (isOwn(facts) ? undefined : 'not-the-requester');

// Who asked does not reject but withdraws, so that the record tells a change of mind from a decision.
const notRequester: PersonCheck = (facts) => (isOwn(facts) ? 'own-request' : undefined);

const secondPerson: PersonCheck = (facts) =>
  facts.mode === 'four-eyes' ? fourEyes(facts, facts.rules.onePersonBy) : undefined;

const anybody: PersonCheck = () => undefined;

/** What is wrong with who takes each step, whatever their account and roles. */
const WRONG_PERSON: Readonly<Record<ChangeStep, PersonCheck>> = {
  request: onlyRequester,
  preview: anybody,
  approve: secondPerson,
  reject: notRequester,
  withdraw: onlyRequester,
  resolve: anybody,
  'perform-requester': onlyRequester,
  'perform-approver': secondPerson,
};

const wrongAccount = ({ account, rules }: ChangeFacts): ChangeRefusal | undefined => {
  if (account === undefined) return needsAccounts(rules) ? 'account-unknown' : undefined;
  if (!account.enabled) return 'account-disabled';
  return account.guest && rules.guests === 'refuse' ? 'guest' : undefined;
};

/**
 * Who may be the requester confirms that on a card of its own. Only a single approver comes this far: under four eyes
 * they were refused.
 */
const isUnconfirmed = (facts: ChangeFacts): boolean =>
  facts.step === 'approve' && !facts.confirmedOwn && fourEyes(facts, facts.rules.onePersonBy) !== undefined;

/**
 * Whether this person may take this step of a change now: the one answer for buttons, text and the worker alike. In
 * doubt it refuses. Reasons come in a fixed order (person, account, role, confirmation), so that nobody is sent for a
 * role that would not help them.
 */
export const authorizeChange = (facts: ChangeFacts): ChangeDecision => {
  const person = WRONG_PERSON[facts.step](facts);
  if (person !== undefined) return { permitted: false, why: person };
  if (facts.step === 'withdraw') return { permitted: true };
  const account = wrongAccount(facts);
  if (account !== undefined) return { permitted: false, why: account };
  const needed = facts.rules[SUFFICIENT[facts.step]];
  if (facts.roles === undefined) return { permitted: false, why: 'roles-unknown', needed };
  const held = new Set(facts.roles.map((role) => role.toLowerCase()));
  const roleUsed = needed.find((role) => held.has(role.toLowerCase()));
  if (roleUsed === undefined) return { permitted: false, why: 'role-needed', needed };
  if (isUnconfirmed(facts)) return { permitted: false, why: 'confirm-own' };
  return { permitted: true, roleUsed };
};
