import type { HelpView } from '../../cards/view.ts';
import type { Call, Command, Powers, Standing } from '../command.ts';
import { sayings } from '../problem.ts';

const rolesIn = ({ roles }: Standing): string => {
  if (roles === undefined) return 'Your roles cannot be read now. Ask again in a moment.';
  if (roles.length === 0) return 'You hold no directory role that is active now for the whole tenant.';
  return `Your roles, active now for the whole tenant: ${roles.join(', ')}.`;
};

const MAY_READ = 'You may ask about the sign-ins of everybody in the tenant.';
const MAY_NOT =
  'That does not let you ask about other people. If you are eligible for a role that does, activate it first.';
const NOT_NOW = 'Until they can, you may not ask about other people.';
const OWN = 'Your own sign-ins need no role: ask for them in our personal chat.';
const OPEN = 'Help, and what a code or a term means, are open to everybody.';

const allowedBy = ({ roles, mayRead }: Standing): string => {
  if (mayRead) return MAY_READ;
  return roles === undefined ? NOT_NOW : MAY_NOT;
};

const view = (standing: Standing): HelpView => ({
  card: 'help',
  title: 'What you can do here',
  paragraphs: [rolesIn(standing), allowedBy(standing), OWN, OPEN],
  sections: [],
  suggestions: sayings(...(standing.mayRead ? ['flagged today'] : []), 'my sign-ins today', 'help'),
});

/** "what can I do": the asker's roles, and what they allow, by the same policy that decides every question. */
export const whatCanIDo: Command = {
  name: 'what can I do',
  summary: 'Which roles you hold now, and what they let you ask.',
  examples: ['what can I do', 'what am I allowed to do'],
  details: ['Roles that you are only eligible for do not count until you activate them.'],
  needs: 'nothing',
  listed: true,
  starts: [
    'what can i do',
    'what may i do',
    'what am i allowed to do',
    'what can i see',
    'what may i see',
    'my roles',
    'what roles do i have',
    'which roles do i have',
    'who am i',
    'whoami',
  ],
  read: (phrase, at): Call | undefined =>
    at < phrase.tokens.length
      ? undefined
      : {
          command: whatCanIDo,
          asked: phrase.text,
          aboutMe: false,
          notes: [],
          run: async (powers: Powers) => view(await powers.standing()),
        },
};
