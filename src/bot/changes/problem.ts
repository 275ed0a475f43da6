import type { Approval } from '../../actions/approval.ts';
import type { ProblemView, Suggestion } from '../../cards/view.ts';
import { isoOf, showInstant } from '../../lib/time.ts';

/** The way to every request that waits. */
export const APPROVALS = { title: 'Pending approvals', say: 'pending approvals' };

/** Said wherever it is certain. */
export const NOTHING_CHANGED = 'Nothing was changed.';

/** A problem with a change, that leads to the pending approvals where nothing better is named. */
export const problem = (
  what: string,
  why: string,
  next: string,
  suggestions: readonly Suggestion[] = [APPROVALS],
): ProblemView => ({
  card: 'problem',
  what,
  why,
  next,
  suggestions,
});

/** How CR-n is spoken of. */
export const nameOf = ({ number }: Pick<Approval, 'number'>): string => `CR-${number}`;

/** A time with its date, in UTC: many people read it, each in a zone of their own, and a card may be days old. */
export const timeOf = (at: number): string => showInstant(isoOf(at), 'UTC');
