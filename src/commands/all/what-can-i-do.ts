import type { ActionName } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/list.ts';
import type { HelpView } from '../../cards/view.ts';
import type { Call, Command, Powers, Standing } from '../command.ts';
import { gapLines } from '../gaps.ts';
import { sayings } from '../problem.ts';

const LISTED = new Intl.ListFormat('en', { type: 'disjunction' });

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

const MAY_REQUEST =
  'You may ask for changes of sign-ins: confirm compromised, confirm safe, dismiss risk. Somebody else decides.';
const MAY_NOT_REQUEST = 'You may not ask for changes.';
const MAY_NOT_APPROVE = 'You may not decide about requests; your own you can withdraw.';

const titleOf = (name: ActionName): string => ACTIONS[name].title.toLowerCase();

const approving = (mayApprove: readonly ActionName[]): string =>
  mayApprove.length === 0
    ? MAY_NOT_APPROVE
    : `You may decide about requests of others to ${LISTED.format(mayApprove.map(titleOf))}. Your role is read anew each time.`;

/** What may be changed; nothing where that cannot be told. */
const changing = ({ mayRequest, mayApprove }: Standing): readonly string[] => [
  ...(mayRequest === undefined ? [] : [mayRequest ? MAY_REQUEST : MAY_NOT_REQUEST]),
  ...(mayApprove === undefined ? [] : [approving(mayApprove)]),
];

const view = (standing: Standing, gaps: readonly string[]): HelpView => ({
  card: 'help',
  title: 'What you can do here',
  paragraphs: [rolesIn(standing), allowedBy(standing), ...changing(standing), OWN, OPEN, ...gaps],
  sections: [],
  suggestions: sayings(...(standing.mayRead ? ['flagged today'] : []), 'my sign-ins today', 'help'),
});

/** "what can I do": the asker's roles, and what they allow, by the same policy that decides every question. */
export const whatCanIDo: Command = {
  name: 'what can I do',
  summary: 'Which roles you hold now, and what they let you ask and decide.',
  examples: ['what can I do', 'what am I allowed to do'],
  details: ['Roles that you are only eligible for do not count until you activate them.'],
  needs: 'nothing',
  listed: { title: 'what can I do', only: 'personal' },
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
          run: async (powers: Powers) => view(await powers.standing(), gapLines(phrase.context.gaps)),
        },
};
