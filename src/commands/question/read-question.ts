import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command } from '../command.ts';
import { isFiller } from '../language/fillers.ts';
import { usersLater } from '../later/later.ts';
import { isProblem, type Problem } from '../problem.ts';
import { type TimeSaid, tooBroad } from './broad.ts';
import { Draft } from './draft.ts';
import { orElse } from './or-else.ts';
import { questionCall } from './question.ts';
import { unknownWord } from './unknown-word.ts';

interface Reading {
  readonly problem?: Problem | undefined;
  /** How many clauses were read. */
  readonly said: number;
  readonly time?: TimeSaid | undefined;
}

/** Where a clause stands in the text. */
const stretch = ({ tokens }: Phrase, at: number, next: number): TimeSaid => ({
  start: tokens[at]?.start ?? 0,
  end: tokens[next - 1]?.end ?? 0,
});

/** Reads every clause of the phrase into a draft; the words between them must at least be harmless. */
const readClauses = (phrase: Phrase, draft: Draft): Reading => {
  let said = 0;
  let time: TimeSaid | undefined;
  let at = 0;
  while (at < phrase.tokens.length) {
    const first = phrase.clauseAt(at);
    if (first === undefined) {
      if (!isFiller(phrase.tokens[at])) return { problem: unknownWord(phrase, at), said };
      at += 1;
      continue;
    }
    const match = isProblem(first) ? first : orElse(phrase, first);
    const problem = isProblem(match) ? match : draft.add(match);
    if (isProblem(match) || problem) return { problem, said };
    if (match.window) time = stretch(phrase, at, match.next);
    said += 1;
    at = match.next;
  }
  return { said, time };
};

/**
 * Reads a question about sign-ins: nouns and clauses in any order, with words that carry no meaning between
 * them. `commands` are the questions there are, the most telling noun first; the last is the plainest.
 */
export const readQuestion = (phrase: Phrase, commands: readonly Command[]): Call | Problem | undefined => {
  const draft = new Draft();
  const { problem, said, time } = readClauses(phrase, draft);
  if (problem) return problem;
  const command = commands.find((candidate) => draft.nouns.has(candidate)) ?? commands.at(-1);
  if (said === 0 || command === undefined) return undefined;
  if (draft.isAboutUsers && draft.nouns.size === 0) return usersLater(phrase);
  const query = draft.query();
  if (isProblem(query)) return query;
  return (
    tooBroad(query, phrase, time) ?? questionCall(command, query, phrase.text, draft.notes, phrase.context.me)
  );
};
