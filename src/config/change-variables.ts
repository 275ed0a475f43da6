import { setting, type Variable, variable } from './variable.ts';
import { conversation, guids, oneOf, whole } from './variable-kinds.ts';

/** Role ids that may decide about one action. */
const approverRoles = (action: string): Variable<string[]> =>
  variable({
    does: `Ids of the roles that may decide about "${action}", the most specific first, separated by commas: template ids, or ids of custom roles. Usual: Security Administrator, Global Administrator.`,
    schema: guids,
    group: 'Changes',
  });

/** What decides who may change the tenant, and how long it may take. */
export const CHANGE_VARIABLES = {
  REQUESTER_ROLES: variable({
    does: 'Ids of the roles that may ask for a change, separated by commas. Usual: those of READER_ROLES.',
    schema: guids,
    group: 'Changes',
  }),
  CONFIRM_COMPROMISED_ROLES: approverRoles('confirm compromised'),
  CONFIRM_SAFE_ROLES: approverRoles('confirm safe'),
  DISMISS_RISK_ROLES: approverRoles('dismiss risk'),
  APPROVALS: setting({
    does: 'four-eyes: whoever asked never approves. single: they may, with a role that approves, on a card that asks once more.',
    schema: oneOf(['four-eyes', 'single']),
    usual: 'four-eyes',
    group: 'Changes',
  }),
  ONE_PERSON: setting({
    does: 'What makes one person under four-eyes: account, so that somebody with two accounts may ask with one and approve with the other; or employeeId, which also refuses two accounts with one employee number, and those without a number.',
    schema: oneOf(['account', 'employeeId']),
    usual: 'account',
    group: 'Changes',
  }),
  GUESTS: setting({
    does: 'Whether guests with a role may change anything: refuse or allow. Where they may, and ONE_PERSON is account, no accounts are read, so that a disabled one goes unnoticed here.',
    schema: oneOf(['refuse', 'allow']),
    usual: 'refuse',
    group: 'Changes',
  }),
  APPROVAL_MINUTES: setting({
    does: 'How long a request waits for a decision before it expires.',
    schema: whole(1, 1440),
    usual: '30',
    group: 'Changes',
  }),
  APPROVAL_REMINDER_MINUTES: setting({
    does: 'How long before it expires a reminder is posted; less than APPROVAL_MINUTES. 0 posts none.',
    schema: whole(0, 1439),
    usual: '5',
    group: 'Changes',
  }),
  PERFORM_MINUTES: setting({
    does: 'How long after the approval a change may still be sent to Graph.',
    schema: whole(1, 1440),
    usual: '15',
    group: 'Changes',
  }),
  SETTLE_SECONDS: setting({
    does: 'How long the sign-in log may take to show a change before it counts as not done.',
    schema: whole(1, 900),
    usual: '60',
    group: 'Changes',
  }),
  APPROVALS_CONVERSATION: variable({
    does: 'Id of a chat or channel where every request is posted too. The bot must have been added there.',
    schema: conversation,
    group: 'Changes',
  }),
} as const satisfies Record<string, Variable<unknown>>;
