import {
  approvedByAnother,
  decidedByRole,
  finalStatesAbsorb,
  ledgerHolds,
  looksBeforeEach,
  nothingIsForgotten,
  nothingTooLate,
  oneWinner,
  ownDecisions,
  pressesCountOnce,
  sentAsAsked,
} from './decisions.ts';
import {
  decisionsStand,
  doneAsAWhole,
  doneOnce,
  fencesHold,
  intentFirst,
  readBackBetween,
} from './effects.ts';
import type { Left } from './play.ts';
import { type Problems, recordOf } from './record.ts';

const RULES = [
  intentFirst,
  approvedByAnother,
  decidedByRole,
  finalStatesAbsorb,
  oneWinner,
  ownDecisions,
  pressesCountOnce,
  doneOnce,
  doneAsAWhole,
  sentAsAsked,
  nothingIsForgotten,
  nothingTooLate,
  fencesHold,
  readBackBetween,
  decisionsStand,
  looksBeforeEach,
] as const;

/** Everything that is wrong with a run that has come to rest; empty when every invariant holds. */
export const problemsOf = async (left: Left): Promise<Problems> => {
  const record = await recordOf(left);
  return [...RULES.flatMap((rule) => rule(record)), ...(await ledgerHolds(record))];
};
