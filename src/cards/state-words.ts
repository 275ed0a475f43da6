import type { ApprovalState } from '../actions/approval.ts';

/** What each state of a request means, a sentence each. */
export const STATE_MEANINGS: Readonly<Record<ApprovalState, string>> = {
  pending: 'It waits for a decision.',
  approved: 'It was approved, and is carried out next.',
  running: 'It is being carried out.',
  done: 'Every sign-in stands as was asked for.',
  failed: 'Not every sign-in could be changed; the card says why.',
  rejected: 'Somebody who may decide said no.',
  withdrawn: 'Whoever asked took it back.',
  expired: 'Nobody decided in time.',
  void: 'What it was about has changed since, so no decision counts.',
  revoked: 'A role was missing when it was to be carried out, so nothing was sent.',
  conflict: 'Somebody had decided otherwise elsewhere, and that stands.',
  unknown: 'Nobody can tell whether it was done: a person has to look, and to resolve it.',
};

/** A state with what it means; what is not known is shown as it is. */
export const stateInWords = (state: string): string => {
  const meaning = new Map<string, string>(Object.entries(STATE_MEANINGS)).get(state);
  return `${state}.${meaning === undefined ? '' : ` ${meaning}`}`;
};
