import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command } from '../command.ts';
import { isFiller } from '../language/fillers.ts';
import { usersLater } from '../later/later.ts';
import { isProblem, type Problem } from '../problem.ts';
import { tooBroad } from './broad.ts';
import { Draft } from './draft.ts';
import { questionCall } from './question.ts';
import { unknownWord } from './unknown-word.ts';

/** Reads every clause of the phrase into a draft; the words between them must at least be harmless. */
const readClauses = (
  phrase: Phrase,
  draft: Draft,
): { readonly problem?: Problem | undefined; readonly said: number } => {
  let said = 0;
  let at = 0;
  while (at < phrase.tokens.length) {
    const match = phrase.clauseAt(at);
    if (isProblem(match)) return { problem: match, said };
    if (match === undefined) {
      if (!isFiller(phrase.tokens[at])) return { problem: unknownWord(phrase, at), said };
      at += 1;
      continue;
    }
    const clash = draft.add(match);
    if (clash) return { problem: clash, said };
    said += 1;
    at = match.next;
  }
  return { said };
};

/**
 * Reads a question about sign-ins: nouns and clauses in any order, with words that carry no meaning between
 * them. `commands` are the questions there are, the most telling noun first; the last is the plainest.
 */
export const readQuestion = (phrase: Phrase, commands: readonly Command[]): Call | Problem | undefined => {
  const draft = new Draft();
  const { problem, said } = readClauses(phrase, draft);
  if (problem) return problem;
  const command = commands.find((candidate) => draft.nouns.has(candidate)) ?? commands.at(-1);
  if (said === 0 || command === undefined) return undefined;
  if (draft.isAboutUsers && draft.nouns.size === 0) return usersLater(phrase);
  const query = draft.query();
  if (isProblem(query)) return query;
  return (
    tooBroad(query, phrase.context.now) ??
    questionCall(command, query, phrase.text, draft.notes, phrase.context.me)
  );
};
