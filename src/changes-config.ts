import type { Effect } from './entra/effects.ts';
import { RISK_ROLES, ROLES } from './entra/roles.ts';
import type { ChangeFacts, ChangeRules } from './policy/authorize-change.ts';
import type { Reading } from './reading.ts';

/** Who may change the tenant, and how long it may take. Times in milliseconds. */
export interface ChangesConfig extends Pick<ChangeRules, 'requesterRoles' | 'guests' | 'onePersonBy'> {
  /** Ids of the roles that may decide about each action, the most specific first. */
  readonly approverRoles: Readonly<Record<Effect['effect'], readonly string[]>>;
  readonly mode: ChangeFacts['mode'];
  /** From a request to its expiry. */
  readonly approvalMs: number;
  /** How long before the expiry a reminder is posted; 0: none is. */
  readonly reminderMs: number;
  /** From the approval to the last moment at which the change may be sent. */
  readonly performMs: number;
  /** How long the sign-in log may take to show a change. */
  readonly settleMs: number;
  /** Id of the conversation where every request is posted too. */
  readonly conversation?: string;
}

const MINUTE = 60_000;

/** Reads what changes need; problems are added to the reading. Without roles of its own, who reads may request. */
export const readChangesConfig = (reading: Reading, readerRoles: readonly string[]): ChangesConfig => {
  const conversation = reading.take('APPROVALS_CONVERSATION');
  const riskRoles = RISK_ROLES.map((name) => ROLES[name]);
  const minutes = reading.setting('APPROVAL_MINUTES');
  const reminder = reading.setting('APPROVAL_REMINDER_MINUTES');
  if (reminder >= minutes) {
    reading.problems.push('APPROVAL_REMINDER_MINUTES must be less than APPROVAL_MINUTES (0 posts none).');
  }
  return {
    requesterRoles: reading.take('REQUESTER_ROLES') ?? readerRoles,
    approverRoles: {
      'confirm-sign-in-compromised': reading.take('CONFIRM_COMPROMISED_ROLES') ?? riskRoles,
      'confirm-sign-in-safe': reading.take('CONFIRM_SAFE_ROLES') ?? riskRoles,
      'dismiss-sign-in-risk': reading.take('DISMISS_RISK_ROLES') ?? riskRoles,
    },
    mode: reading.setting('APPROVALS'),
    approvalMs: minutes * MINUTE,
    reminderMs: reminder * MINUTE,
    performMs: reading.setting('PERFORM_MINUTES') * MINUTE,
    settleMs: reading.setting('SETTLE_SECONDS') * 1000,
    guests: reading.setting('GUESTS'),
    onePersonBy: reading.setting('ONE_PERSON'),
    ...(conversation !== undefined && { conversation }),
  };
};
