import type { ProgressAt } from '../actions/approval/progress.ts';
import type { GraphProblemKind } from '../entra/graph-problem.ts';

const MAY_NOT =
  'Microsoft Graph does not let Flagman do this. Its app registration needs the permission IdentityRiskEvent.ReadWrite.All, with admin consent.';

const NOT_LICENSED =
  'Microsoft Graph says that the tenant has no licence for this. It takes Microsoft Entra ID P2.';

/** What a change can be refused for, with what to do about it. Whatever else a refusal says is about questions. */
const REFUSALS: Readonly<Partial<Record<GraphProblemKind, string>>> = {
  'not-risky':
    'Entra ID says that this sign-in is not risky, so there is nothing to confirm or to dismiss. If the user is in danger, confirm the user instead, in the Entra admin center.',
  denied: MAY_NOT,
  'permission-missing': MAY_NOT,
  'directory-permission-missing':
    'Microsoft Graph could not check the licence of the tenant. The app registration of Flagman needs the permission Directory.Read.All too, with admin consent.',
  'not-found':
    'Entra ID no longer has this sign-in. It keeps them for 30 days, or for 7 without a P1 or P2 licence.',
  'token-rejected':
    'Microsoft Graph did not accept how Flagman signed in. Have an administrator check the secret or certificate of its app registration, then ask for the change again.',
  'claims-required':
    'A Conditional Access policy keeps Flagman out. Have an administrator exclude its app registration from that policy, then ask for the change again.',
  'no-licence': NOT_LICENSED,
  'feature-not-licensed': NOT_LICENSED,
  'not-applicable':
    'Microsoft Graph says that this kind of tenant does not offer it. Asking again will not help.',
  conflict:
    'Something else was changing the same entry at that moment. Look at the sign-in, and ask for the change again if it is still wanted.',
  'foreign-link':
    'Microsoft Graph pointed to another host, and nothing was sent there. Tell the people who run Flagman: an answer like this is never normal.',
};

// Of an unknown reason there is only a status, and that stands in the ledger.
const REFUSED =
  'Microsoft Graph refused it and gave a reason that Flagman does not know. Tell the people who run Flagman: the ledger holds the status and the request id.';

/** Why a change of one target was not done, in words about a change and not about a question. */
export const notDone = (why: ProgressAt<'failed'>['why']): string => {
  switch (why) {
    case 'too-late':
      return 'NOT DONE: the time in which it may be carried out ran out.';
    case 'resolved':
      return 'NOT DONE, says the person who looked.';
    default:
      return `NOT DONE: ${REFUSALS[why] ?? REFUSED}`;
  }
};
