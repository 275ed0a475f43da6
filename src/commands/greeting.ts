import type { HelpView } from '../cards/view.ts';
import { COMMANDS } from './list.ts';
import { sayings } from './problem.ts';

const SHOWN = 6;

/** What Flagman says where it was added: what it is for, and what to say first. */
export const greetingView = (): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: 'Hello, I am Flagman',
  paragraphs: [
    'Ask me about sign-ins of your tenant in plain words. I read Microsoft Entra ID, and change the risk of sign-ins only where somebody approves it.',
    'In a channel or a group chat, mention me. Every answer says how complete it is.',
  ],
  sections: [
    {
      heading: 'For example',
      rows: COMMANDS.filter(({ listed }) => listed)
        .slice(0, SHOWN)
        .map(({ examples, summary }) => ({ say: examples[0], means: summary })),
    },
  ],
  suggestions: sayings('help', 'what can I do', 'flagged today'),
});
