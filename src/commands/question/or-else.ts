import type { Condition } from '../../entra/condition.ts';
import { clauseBeyond } from '../clauses/beyond.ts';
import type { Match, Phrase } from '../clauses/clause.ts';
import { wordAt } from '../language/tokens.ts';
import { isProblem, type Problem, placeOf } from '../problem.ts';

/** A demand that can be one of several. */
type Alternative = Match & { readonly either: readonly Condition[] };

const isAlternative = (match: Match): match is Alternative =>
  match.either !== undefined && (match.must ?? match.window ?? match.limit) === undefined;

const demands = ({ either, must, window, limit }: Match): boolean =>
  (either ?? must ?? window ?? limit) !== undefined;

const unclear = (phrase: Phrase, at: number): Problem => {
  const token = phrase.tokens[at] ?? { start: 0, end: 0 };
  return {
    problem: 'contradiction',
    what: 'It is not clear between what "or" chooses.',
    why: 'It can stand between values ("from US or CA") and demands ("flagged or at risk"), not beside a time.',
    next: 'Ask two questions.',
    suggestions: [],
    at: placeOf(token, token),
  };
};

/** What follows "or". */
const alternativeAt = (phrase: Phrase, at: number): Match | undefined => {
  const match = clauseBeyond(phrase, at);
  return isProblem(match) ? undefined : match;
};

const join = (alternatives: readonly Alternative[], last: Match): Match => {
  const either = alternatives.flatMap((one) => one.either);
  const topics = new Set(alternatives.map(({ topic }) => topic));
  const [topic] = topics;
  const noun = alternatives.find((one) => one.noun)?.noun;
  return {
    next: last.next,
    ...(topics.size === 1 && topic ? { topic, either } : { must: [{ op: 'or', of: either }] }),
    notes: alternatives.flatMap(({ notes }) => notes ?? []),
    ...(noun && { noun }),
  };
};

/**
 * "flagged or at risk": goes on from a demand to those that stand behind it as alternatives, and makes one of
 * them all. Gives the match itself where no "or" follows.
 */
export const orElse = (phrase: Phrase, match: Match): Match | Problem => {
  const alternatives: Match[] = [match];
  let last = match;
  while (wordAt(phrase.tokens, last.next) === 'or') {
    const other = alternativeAt(phrase, last.next + 1);
    if (other === undefined || !(demands(other) || demands(last))) break;
    if (!isAlternative(last) || !isAlternative(other)) return unclear(phrase, last.next);
    alternatives.push(other);
    last = other;
  }
  return alternatives.length === 1 ? match : join(alternatives.filter(isAlternative), last);
};
