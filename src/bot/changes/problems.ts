import type { VoteProblem } from '../../actions/approval/decide.ts';
import type { Approval } from '../../actions/approval.ts';
import type { ProblemView } from '../../cards/view.ts';
import { showText } from '../../lib/text.ts';
import { APPROVALS, NOTHING_CHANGED, nameOf, problem, timeOf } from './problem.ts';
import { notPermitted } from './refusals.ts';

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

/** "CR-1001 was rejected: decided by “Priya Raman” at 2026-11-21 02:12:00 UTC." The name is what its bearer chose. */
const standsAs = (approval: Approval): string => {
  const { decided, state } = approval;
  const by = decided ? `: decided by “${showText(decided.by.name, 40)}” at ${timeOf(decided.at)}` : '';
  return `${nameOf(approval)} ${STATES[state]}${by}.`;
};

/** Somebody says how a request ended of which that is known. */
export const nothingToResolve = (approval: Approval): ProblemView =>
  problem(
    `${nameOf(approval)} ${STATES[approval.state]}.`,
    'Only a request of which nobody can tell how it ended is resolved.',
    'This changed nothing; its card shows the rest.',
  );

/** Why a decision does not count, though its maker might decide. */
export const notCounted = (approval: Approval, why: VoteProblem): ProblemView => {
  switch (why) {
    case 'decided':
      if (approval.state === 'expired') return notCounted(approval, 'expired');
      return problem(
        standsAs(approval),
        approval.decided ? 'It was decided before.' : 'It can no longer be decided.',
        'This changed nothing; its card shows the rest.',
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
    `For example: ${asked.slice(0, 200)} reason: INC-204, spoke to the user`,
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

/** Rejecting takes a reason, too. */
export const noReasonToReject = (number: number): ProblemView => ({
  ...problem(
    'Please say why you reject it.',
    'The reason is shown to whoever asked, and written into the ledger.',
    `Fill it in on the card, or write: reject ${nameOf({ number })} spoke to the user, was travelling`,
  ),
  suggestions: [],
});

/** A sign-in that was asked about is in another open request. */
export const taken = (number: number, targets: number): ProblemView =>
  problem(
    `${nameOf({ number })} is already about ${targets === 1 ? 'this sign-in' : 'one of these sign-ins'}.`,
    `Two open requests must not decide about the same one. ${NOTHING_CHANGED}`,
    'Wait for its end, or have it withdrawn.',
    [{ title: `Show ${nameOf({ number })}`, say: `show ${nameOf({ number })}` }, APPROVALS],
  );

/** Nothing is left to be asked for. */
export const alreadySo = (targets: number): ProblemView =>
  problem(
    targets === 1 ? 'This sign-in stands so already.' : 'All of these sign-ins stand so already.',
    `Entra ID shows the risk as it would be afterwards. ${NOTHING_CHANGED}`,
    'There is nothing to ask for.',
  );

/** Somebody asks for more than anybody can decide. */
export const tooManyOpen = (open: number): ProblemView =>
  problem(
    `${open} of your requests are still open.`,
    'No more are taken from one person until some are decided.',
    'Withdraw those that are no longer needed.',
  );

/** A sign-in that Graph does not know. */
export const noSuchSignIn = (id: string): ProblemView =>
  problem(
    `There is no sign-in ${id.slice(0, 64)}.`,
    `It is older than the log reaches back, or the id is wrong. ${NOTHING_CHANGED}`,
    'Check the id: it stands on the card of each sign-in as its request.',
    [],
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

/** Nothing of a change happens without its entry; whether this one was written after all, its card tells. */
export const changeNotRecorded = (reference: string): ProblemView => ({
  ...problem(
    'This could not be written into the ledger.',
    'Nothing is asked for, decided or sent without an entry there. How things stand is on the card of the request, and in "pending approvals".',
    'Try again in a moment. If it happens again, give the reference below to whoever runs Flagman.',
  ),
  reference,
});

/** Somebody decided about one of the targets elsewhere, which was seen at the very press. */
export const decidedElsewhere = ({ number }: Pick<Approval, 'number'>): ProblemView =>
  problem(
    `${nameOf({ number })} is void.`,
    `Somebody has decided about one of its sign-ins elsewhere since it was asked for. ${NOTHING_CHANGED}`,
    'Its card shows how the sign-ins stand now. Ask for it anew if it is still wanted.',
  );

/** The store does not hold what the ledger says. */
export const notAsRecorded = (number: number): ProblemView =>
  problem(
    `${nameOf({ number })} is void.`,
    `The store holds something else than the ledger says was asked for. ${NOTHING_CHANGED}`,
    'Tell whoever runs Flagman, and ask for it anew.',
  );
