import type { ApprovalState } from '../../actions/approval.ts';
import type { HelpView } from '../../cards/view.ts';
import { sayings } from '../problem.ts';

/** What each state of a request means, a sentence each. */
export const STATE_MEANINGS: Readonly<Record<ApprovalState, string>> = {
  pending: 'It waits for a decision.',
  approved: 'It was approved, and is carried out next.',
  running: 'It is being carried out.',
  done: 'Every sign-in stands as was asked for.',
  failed: 'Not every sign-in could be changed; the card says why.',
  rejected: 'Somebody who may decide said no.',
  withdrawn: 'Whoever asked took it back.',
  expired: 'Nobody decided in time.',
  void: 'What it was about has changed since, so no decision counts.',
  revoked: 'A role was missing when it was to be carried out, so nothing was sent.',
  conflict: 'Somebody had decided otherwise elsewhere, and that stands.',
  unknown: 'Nobody can tell whether it was done: a person has to look, and to resolve it.',
};

/** A state with what it means; what is not known is shown as it is. */
export const stateInWords = (state: string): string => {
  const meaning = new Map<string, string>(Object.entries(STATE_MEANINGS)).get(state);
  return `${state}.${meaning === undefined ? '' : ` ${meaning}`}`;
};

/** "help approvals": who decides, and what a request goes through. */
export const approvalsView = (): HelpView => ({
  card: 'help',
  title: 'Changes and approvals',
  paragraphs: [
    'Nothing of the tenant is changed by one person alone: one asks, another one decides (four eyes). Who asked does not count as approver, unless Flagman is set up for a single person.',
    'Roles are read anew at the request, at the decision, and right before the change is sent. A role that you are only eligible for has to be activated first.',
    'A decision holds for exactly what was shown: the sign-ins, the action, the reason and the risk. If a person changes the risk elsewhere, the request becomes void.',
    'Each change is sent once, read back, and written into the ledger.',
  ],
  sections: [
    {
      heading: 'What a request can be',
      rows: Object.entries(STATE_MEANINGS).map(([say, means]) => ({ say, means })),
    },
  ],
  suggestions: sayings('pending approvals', 'what can I do', 'help confirm compromised'),
});
