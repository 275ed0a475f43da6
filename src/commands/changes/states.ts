import { STATE_MEANINGS } from '../../cards/state-words.ts';
import type { HelpView } from '../../cards/view.ts';
import { sayings } from '../problem.ts';

/** "help approvals": who decides, and what a request goes through. */
export const approvalsView = (): HelpView => ({
  card: 'help',
  isGeneral: true,
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
