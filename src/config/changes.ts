import type { ChangeSettings } from '../bot/change-ports.ts';
import { RISK_ROLES, ROLES } from '../entra/roles.ts';
import type { Reading } from './reading.ts';

/** Who may change the tenant, and how long it may take, as the environment says. */
export type ChangesConfig = Omit<ChangeSettings, 'portalUrl'>;

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
