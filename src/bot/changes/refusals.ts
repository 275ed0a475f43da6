import type { ProblemView } from '../../cards/view.ts';
import { roleNames } from '../../entra/roles.ts';
import type { ChangeDecision } from '../../policy/authorize-change.ts';
import { APPROVALS, NOTHING_CHANGED, problem } from './problem.ts';

const WHAT_CAN_I_DO = { title: 'What can I do?', say: 'what can I do' };

const LISTED = new Intl.ListFormat('en', { type: 'disjunction' });

type Refusal = Extract<ChangeDecision, { permitted: false }>;

const neededWords = (needed: readonly string[] = []): string => LISTED.format(roleNames(needed));

/** Why the policy said no, and what the person can do about it. */
export const notPermitted = ({ why, needed }: Refusal): ProblemView => {
  switch (why) {
    case 'role-needed':
      return problem(
        'You do not hold the role that this needs.',
        `It takes ${neededWords(needed)}, active now and for the whole tenant. ${NOTHING_CHANGED}`,
        'If you are eligible for the role, activate it first and try again.',
        [WHAT_CAN_I_DO, APPROVALS],
      );
    case 'roles-unknown':
      return problem(
        'Your roles cannot be verified right now.',
        `Microsoft Graph did not say in time which roles you hold. ${NOTHING_CHANGED}`,
        'Try again in a moment. If this persists, the app may lack RoleManagement.Read.Directory.',
      );
    case 'account-unknown':
      return problem(
        'Your account cannot be verified right now.',
        `Microsoft Graph did not say in time whether it is enabled and no guest. ${NOTHING_CHANGED}`,
        'Try again in a moment. If this persists, the app may lack User.Read.All.',
      );
    case 'account-disabled':
      return problem(
        'This account is disabled.',
        `A disabled account decides nothing, whatever roles it holds. ${NOTHING_CHANGED}`,
        'Ask somebody else to do it.',
      );
    case 'guest':
      return problem(
        'Guests may not ask for changes or decide about them.',
        `That holds whatever roles they were given. ${NOTHING_CHANGED}`,
        'Ask a member of this organisation to do it.',
      );
    case 'own-request':
      return problem(
        'This is your own request.',
        `Somebody else has to decide about it. ${NOTHING_CHANGED}`,
        'You can withdraw it, or wait for a colleague who may approve.',
      );
    case 'same-person':
      return problem(
        'This request was made with another account of yours.',
        `The directory gives both accounts the same employee number, so they are one person. ${NOTHING_CHANGED}`,
        'A colleague has to decide about it.',
      );
    case 'person-unknown':
      return problem(
        'It cannot be told whether you and the requester are two people.',
        `The directory holds no employee number for one of the accounts. ${NOTHING_CHANGED}`,
        'Have the numbers filled in, or ask somebody whose account has one.',
      );
    case 'not-the-requester':
      return problem(
        'Only who made the request can withdraw it.',
        NOTHING_CHANGED,
        'Whoever may decide can reject it instead, and say why.',
      );
    case 'confirm-own':
      return problem(
        'This is your own request.',
        `It takes one more confirmation. ${NOTHING_CHANGED}`,
        'Press Approve on its card, and confirm.',
      );
  }
};
