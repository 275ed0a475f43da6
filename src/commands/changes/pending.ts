import type { ApprovalListView } from '../../cards/view.ts';
import type { Call, Command, Powers } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordsIn } from '../language/words-in.ts';
import type { Problem } from '../problem.ts';
import { leftOver } from './left-over.ts';

const run = async ({ openApprovals, zone, now }: Powers): Promise<ApprovalListView> => ({
  card: 'approval-list',
  approvals: await openApprovals(),
  zone,
  now,
});

const SHOW = [
  'show',
  'show me',
  'show the',
  'show me the',
  'list',
  'list the',
  'list all',
  'my',
  'all',
  'the',
];
const NOUNS = wordsIn(`
  approvals, pending approvals, open approvals, pending requests, open requests, pending changes, open changes,
  pending, requests, change requests, crs, pending crs, open crs
`);

/** "pending approvals": every request that waits for somebody. */
export const pendingApprovals: Command = {
  name: 'pending approvals',
  summary: 'Requests for changes that wait for a decision or for their end.',
  examples: ['pending approvals', 'what is waiting'],
  details: ['The oldest stands first. "help approvals" tells what a request goes through.'],
  needs: 'reader',
  listed: { title: 'pending approvals' },
  starts: [
    ...NOUNS,
    ...SHOW.flatMap((verb) => NOUNS.map((noun) => `${verb} ${noun}`)),
    ...wordsIn(`
      what is waiting, what waiting, whats waiting, what is pending, what pending, whats pending, what is open,
      what needs approval, what needs a decision, what needs to be approved, what can i approve, what is to approve,
      anything to approve, anything pending, anything waiting, approval queue, the approval queue, queue
    `),
  ],
  read: (phrase, at, said): Call | Problem | undefined => {
    if (isPoliteEnd(phrase.tokens, at))
      return { command: pendingApprovals, asked: phrase.text, aboutMe: false, notes: [], run };
    return said.endsWith('approvals')
      ? leftOver(phrase, at, 'Pending approvals are shown all together.')
      : undefined;
  },
};
