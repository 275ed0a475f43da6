import type { VoteProblem } from '../../actions/approval/decide.ts';
import type { Approval } from '../../actions/approval.ts';
import type { HelpView, ProblemView } from '../../cards/view.ts';
import { roleNames } from '../../entra/roles.ts';
import type { ChangeDecision } from '../../policy/authorize-change.ts';

const APPROVALS = { title: 'Pending approvals', say: 'pending approvals' };
const WHAT_CAN_I_DO = { title: 'What can I do?', say: 'what can I do' };

const NOTHING_CHANGED = 'Nothing was changed.';

const problem = (what: string, why: string, next: string, suggestions = [APPROVALS]): ProblemView => ({
  card: 'problem',
  what,
  why,
  next,
  suggestions,
});

/** How CR-n is spoken of. */
export const nameOf = ({ number }: Pick<Approval, 'number'>): string => `CR-${number}`;

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;

type Refusal = Extract<ChangeDecision, { permitted: false }>;

const neededWords = (needed: readonly string[] = []): string => roleNames(needed).join(' or ');

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
        'Try again in a moment.',
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
        'You can reject it instead, and say why.',
      );
    case 'confirm-own':
      return problem(
        'This is your own request.',
        `It takes one more confirmation. ${NOTHING_CHANGED}`,
        'Press Approve on its card, and confirm.',
      );
  }
};

const STATES: Readonly<Record<Approval['state'], string>> = {
  pending: 'is pending',
  approved: 'was approved',
  running: 'was approved and is being carried out',
  unknown: 'was approved, and nobody can tell how it ended',
  rejected: 'was rejected',
  expired: 'has expired',
  withdrawn: 'was withdrawn',
  void: 'is void',
  revoked: 'was stopped, because a role was missing',
  done: 'is done',
  failed: 'has failed',
  conflict: 'was stopped, because somebody had decided otherwise elsewhere',
};

/** "CR-1001 was rejected by Priya Raman at 02:12 UTC". */
const standsAs = (approval: Approval): string => {
  const { decided, state } = approval;
  const by = decided ? `, decided by ${decided.by.name} at ${timeOf(decided.at)}` : '';
  return `${nameOf(approval)} ${STATES[state]}${by}.`;
};

/** Why a decision does not count, though its maker might decide. */
export const notCounted = (approval: Approval, why: VoteProblem): ProblemView => {
  switch (why) {
    case 'decided':
      return problem(
        standsAs(approval),
        `It was decided before. ${NOTHING_CHANGED}`,
        'Its card shows the rest.',
      );
    case 'expired':
      return problem(
        `${nameOf(approval)} has expired.`,
        `It could be decided until ${timeOf(approval.expiresAt)}. ${NOTHING_CHANGED}`,
        'Ask for it anew: the sign-ins are then read again.',
      );
    case 'stale':
      return problem(
        `${nameOf(approval)} has changed since this card was drawn.`,
        `A decision counts only for what was shown. ${NOTHING_CHANGED}`,
        'Look at the card again, and press again.',
        [{ title: `Show ${nameOf(approval)}`, say: `show ${nameOf(approval)}` }],
      );
    case 'own-request':
      return notPermitted({ permitted: false, why: 'own-request' });
    case 'not-the-requester':
      return notPermitted({ permitted: false, why: 'not-the-requester' });
  }
};

/** There is no such approval, or it is no longer kept. */
export const noSuchApproval = (number: number | undefined): ProblemView =>
  number === undefined
    ? problem(
        'Which request?',
        'This needs its number, unless it answers the card of one.',
        'For example: approve CR-1001',
      )
    : problem(
        `There is no ${nameOf({ number })}.`,
        'No request has this number, or it is no longer kept.',
        'Look it up among the pending ones.',
      );

/** A decision in a conversation that never showed what it is about. */
export const notHere = (number: number): ProblemView =>
  problem(
    `${nameOf({ number })} cannot be decided here.`,
    `Its card was never posted in this conversation. ${NOTHING_CHANGED}`,
    `Decide where its card stands, or write "show ${nameOf({ number })}" in our personal chat.`,
  );

/** What was asked for without saying why. */
export const noReason = (asked: string): ProblemView => ({
  ...problem(
    'Please say why.',
    'The reason is shown to whoever decides, and written into the ledger.',
    `For example: ${asked.slice(0, 200)} reason: user denies travel`,
  ),
  suggestions: [],
});

/** The form was sent without a choice, or without a reason. */
export const nothingChosen: ProblemView = {
  ...problem(
    'Please choose what to do.',
    NOTHING_CHANGED,
    'Choose one of the three, say why, and press again.',
  ),
  suggestions: [],
};

export const noReasonOnForm: ProblemView = {
  ...problem(
    'Please say why.',
    'The reason is shown to whoever decides, and written into the ledger.',
    'Fill it in and press again.',
  ),
  suggestions: [],
};

/** What takes the place of the form once the request is on its way. */
export const asked = ({ number, expiresAt }: Approval): HelpView => ({
  card: 'help',
  title: `${nameOf({ number })} was asked for`,
  paragraphs: [`It can be decided until ${timeOf(expiresAt)}. Its card shows how it stands.`],
  sections: [],
  suggestions: [{ title: `Show ${nameOf({ number })}`, say: `show ${nameOf({ number })}` }, APPROVALS],
});

/** Rejecting takes a reason, too. */
export const noReasonToReject = (number: number): ProblemView => ({
  ...problem(
    'Please say why you reject it.',
    'The reason is shown to whoever asked, and written into the ledger.',
    `Fill it in on the card, or write: reject ${nameOf({ number })} spoke to the user, was travelling`,
  ),
  suggestions: [],
});

/** One of the sign-ins is in another open request. */
export const taken = (number: number): ProblemView =>
  problem(
    `${nameOf({ number })} is already about one of these sign-ins.`,
    `Two open requests must not decide about the same one. ${NOTHING_CHANGED}`,
    'Wait for its end, or have it withdrawn.',
    [{ title: `Show ${nameOf({ number })}`, say: `show ${nameOf({ number })}` }, APPROVALS],
  );

/** Somebody asks for more than anybody can decide. */
export const tooManyOpen = (open: number): ProblemView =>
  problem(
    `${open} of your requests are still open.`,
    'No more are taken from one person until some are decided.',
    'Withdraw those that are no longer needed.',
  );

/** A sign-in that cannot be changed by this action. */
export const notATarget = (id: string): ProblemView =>
  problem(
    `The sign-in ${id.slice(0, 64)} cannot be changed.`,
    'It has no user or no id of its own, so Entra ID Protection keeps no risk for it.',
    'Ask for a change of a sign-in by a user.',
  );

/** Rows that the card in question does not have. */
export const noSuchRows = (missing: readonly number[], rows: number): ProblemView =>
  problem(
    `There is no row ${missing.map((row) => `#${row}`).join(', ')}.`,
    rows === 0
      ? 'No sign-ins were shown to you here lately.'
      : `The card has ${rows} ${rows === 1 ? 'row' : 'rows'}.`,
    'Ask for the sign-ins first, or name them by their request ids.',
    [{ title: 'Flagged today', say: 'flagged today' }],
  );

/** Somebody else changed the approval at the same moment. */
export const overtaken = (number: number): ProblemView =>
  problem(
    `${nameOf({ number })} has just changed.`,
    `Somebody else was faster by a moment. ${NOTHING_CHANGED}`,
    'Look at its card again.',
    [{ title: `Show ${nameOf({ number })}`, say: `show ${nameOf({ number })}` }],
  );

/** The store does not hold what the ledger says. */
export const notAsRecorded = (number: number): ProblemView =>
  problem(
    `${nameOf({ number })} is void.`,
    `The store holds something else than the ledger says was asked for. ${NOTHING_CHANGED}`,
    'Tell whoever runs Flagman, and ask for it anew.',
  );
