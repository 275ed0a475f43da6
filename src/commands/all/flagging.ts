import type { HelpView } from '../../cards/view.ts';
import { sayings } from '../problem.ts';

/**
 * How a user flags a sign-in, written to be forwarded.
 * Source: Microsoft's page on flagged sign-ins (overview-flagged-sign-ins, 2023-08-25).
 */
export const flaggingView = (): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: 'How to flag a sign-in that does not work (to forward)',
  paragraphs: [
    '1. Open a private browser window and sign in as usual, until the error appears.',
    '2. On the error page choose "More details", and there "Enable flagging".',
    '3. Within the next 20 minutes sign in again, in the same browser on the same device, until the error comes back.',
    '4. Tell us when you did it. You can switch flagging off on the same page, or it ends by itself.',
    'For the administrator: every sign-in error of these 20 minutes is marked. It works for members and guests and needs no permission. A flag asks for help; it says nothing about risk.',
  ],
  sections: [],
  suggestions: sayings('flagged today', 'help flagged'),
});
