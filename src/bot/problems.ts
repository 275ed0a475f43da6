import type { ProblemView, Suggestion } from '../cards/view.ts';
import type { Problem } from '../commands/problem.ts';
import type { GraphProblem } from '../entra/graph-problem.ts';
import { explainGraphProblem } from '../entra/graph-problem-words.ts';
import { READER_ROLES } from '../entra/roles.ts';
import type { Decision } from '../policy/authorize.ts';

const HELP: Suggestion = { title: 'Help', say: 'help' };

/** A phrase that was not understood, with the word pointed out, and whom the directory knows by it if it was asked. */
export const notUnderstood = (problem: Problem, found?: readonly Suggestion[]): ProblemView => {
  const { what, why, next, at, asked } = problem;
  const pointer = at && asked !== undefined && { text: asked, at: at.start, length: at.length };
  const suggestions = [...(found ?? []), ...problem.suggestions];
  return {
    card: 'problem',
    what,
    why: found?.length === 0 ? 'Nobody in the directory has a name that begins like this.' : why,
    next,
    ...(pointer ? { pointer } : {}),
    suggestions: suggestions.length > 0 ? suggestions : [HELP],
  };
};

const askAgain = (again: string | undefined): readonly Suggestion[] =>
  again === undefined ? [] : [{ title: 'Ask again', say: again }];

/** A refusal of the policy, with what the person can do about it; `again` is the phrase that asks once more. */
export const refused = (why: Extract<Decision, { permitted: false }>['why'], again?: string): ProblemView => {
  switch (why) {
    case 'role-needed':
      return {
        card: 'problem',
        what: 'You may not read other people’s sign-ins here.',
        why: `That needs one of these roles, active now and for the whole tenant: ${READER_ROLES.join(', ')}.`,
        next: 'If you are eligible for one, activate it first and ask again. Your own sign-ins need no role: ask in our personal chat.',
        suggestions: [
          { title: 'What can I do?', say: 'what can I do' },
          { title: 'My sign-ins', say: 'my sign-ins today' },
        ],
      };
    case 'roles-unknown':
      return {
        card: 'problem',
        what: 'Your roles cannot be verified right now.',
        why: 'Microsoft Graph did not say which roles you hold, and without that nothing about other people is shown.',
        next: 'Ask again in a moment. If this persists, the app may lack RoleManagement.Read.Directory.',
        suggestions: [...askAgain(again), HELP],
      };
    case 'personal-chat-only':
      return {
        card: 'problem',
        what: 'Your own sign-ins are not shown here.',
        why: 'Others can read this conversation.',
        next: 'Ask me in our personal chat.',
        suggestions: [HELP],
      };
  }
};

/** Graph gave nothing at all. Where Graph names its request that is the better reference: Microsoft knows it too. */
export const graphFailed = (problem: GraphProblem, reference: string, again?: string): ProblemView => ({
  card: 'problem',
  ...explainGraphProblem(problem),
  reference: problem.requestId === undefined ? reference : `Graph request ${problem.requestId}`,
  suggestions: askAgain(again),
});

/** Something unexpected: the full error stands in the log under the reference. */
export const broken = (reference: string): ProblemView => ({
  card: 'problem',
  what: 'Something went wrong inside Flagman.',
  why: 'This is not about what you typed. Nothing was changed.',
  next: 'Try again. If it happens again, give the reference below to whoever runs Flagman.',
  reference,
  suggestions: [HELP],
});

/** Something unexpected, in the middle of a decision: only the card can tell whether it counted. */
export const unsure = (reference: string): ProblemView => ({
  card: 'problem',
  what: 'Something went wrong inside Flagman.',
  why: 'Whether your decision counted stands on the card of the request, and in "pending approvals".',
  next: 'Look there before you try again. If it happens again, give the reference below to whoever runs Flagman.',
  reference,
  suggestions: [{ title: 'Pending approvals', say: 'pending approvals' }],
});

/** Without an entry in the ledger there is no answer. */
export const notRecorded = (reference: string): ProblemView => ({
  card: 'problem',
  what: 'This could not be written into the ledger, so it is not answered.',
  why: 'Every question and every refusal leaves an entry before anything is shown.',
  next: 'Ask again in a moment. If it happens again, give the reference below to whoever runs Flagman.',
  reference,
  suggestions: [HELP],
});

/** The person sends faster than they are answered. */
export const tooMany = (perMinute: number): ProblemView => ({
  card: 'problem',
  what: 'Too many messages from you.',
  why: `I answer ${perMinute} a minute for each person, so that others are served too.`,
  next: 'Wait a minute and ask again. I stay quiet until then.',
  suggestions: [],
});

/** The bot ends before the answer is there; `again` is the phrase that asks once more. */
export const stopped = (again?: string): ProblemView => ({
  card: 'problem',
  what: 'Flagman is being restarted.',
  why: 'It had to stop before Microsoft Graph had answered, so nothing is known yet.',
  next: again === undefined ? 'Press the button again in a minute.' : 'Ask again in a minute.',
  suggestions: askAgain(again),
});

/** The answer behind a button is no longer kept. */
export const forgotten: ProblemView = {
  card: 'problem',
  what: 'This answer is no longer kept.',
  why: 'Answers can be paged through for 24 hours.',
  next: 'Ask the question again.',
  suggestions: [HELP],
};
