import { CLAUSES } from './clauses/list.ts';
import type { Call, ChangeCall, Command, ReadContext } from './command.ts';
import { clean } from './language/clean.ts';
import { skipPolite } from './language/fillers.ts';
import { fits, PhraseTable } from './language/phrase-table.ts';
import { rawOData } from './language/raw-odata.ts';
import { type Token, tokenize, wordAt } from './language/tokens.ts';
import { laterNouns } from './later/later.ts';
import { COMMANDS, QUESTIONS, REFUSED } from './list.ts';
import { isProblem, type Problem, sayings } from './problem.ts';
import { readQuestion } from './question/read-question.ts';
import { Clauses, PhraseReader } from './question/reader.ts';
import { mend } from './question/unknown-word.ts';
import { UNITS } from './when/words.ts';

/** The most that is read, in UTF-16 units. */
const LONGEST = 4096;

const TOO_LONG: Problem = {
  problem: 'too-long',
  what: 'That is more than 4 KB of text.',
  why: 'No question is that long, so nothing of it was read.',
  next: 'Ask in one sentence, or paste only the last lines of the error.',
  suggestions: sayings('help'),
};

const nouns = QUESTIONS.flatMap(({ noun }) => noun ?? []);

const clauses = new Clauses([...nouns, ...CLAUSES, laterNouns]);

/** What reading a phrase gives, once somebody knows what to make of it. */
type Reading = Call | ChangeCall | Problem;

/** The commands that any phrase is offered to, and those that certain words begin. */
const always: readonly Command[] = COMMANDS.filter(({ read, starts }) => read && !starts);
const changes = new PhraseTable<Command>();
const beginnings = new PhraseTable<Command>();
for (const command of [...COMMANDS, ...REFUSED]) {
  const table = command.needs === 'change' ? changes : beginnings;
  for (const said of command.starts ?? []) table.add(said, command);
}

const readBegun = (phrase: PhraseReader, table: PhraseTable<Command>): Reading | undefined => {
  const first = skipPolite(phrase.tokens);
  for (const { said, words, value } of table.startingWith(wordAt(phrase.tokens, first)) ?? []) {
    const reading = fits(words, phrase.tokens, first) && value.read?.(phrase, first + words.length, said);
    if (reading) return reading;
  }
  return undefined;
};

const readAnyway = (phrase: PhraseReader): Reading | undefined => {
  for (const command of always) {
    const reading = command.read?.(phrase, 0, '');
    if (reading) return reading;
  }
  return undefined;
};

/** Changes are asked first: their reasons are free text, in which everything else may stand. */
const readCommand = (phrase: PhraseReader): Reading | undefined =>
  readBegun(phrase, changes) ?? readAnyway(phrase) ?? readBegun(phrase, beginnings);

const nothingAsked = (text: string): Problem => ({
  problem: 'unknown-command',
  what: `"${text}" asks for nothing.`,
  why: 'There is no word in it that says what to look for.',
  next: 'For example: flagged for user@contoso.com since yesterday',
  suggestions: sayings('flagged today', 'help'),
});

const read = (phrase: PhraseReader): Reading =>
  readCommand(phrase) ?? readQuestion(phrase, QUESTIONS) ?? nothingAsked(phrase.text);

let known: readonly string[] | undefined;

/** Words that stand inside a time, which no clause begins with. */
const TIME_WORDS = ['morning', 'afternoon', 'evening', 'night', 'weekend', ...UNITS.keys()];

/** What to correct a word to: every word that anything begins with. Made for the first misspelt word. */
const vocabulary = (): readonly string[] => {
  known ??= [
    ...new Set([
      ...clauses.table.firstWords(),
      ...beginnings.firstWords(),
      ...changes.firstWords(),
      ...TIME_WORDS,
    ]),
  ];
  return known;
};

const helped = (problem: Problem, phrase: PhraseReader): Problem => {
  const understood = (text: string): boolean =>
    !isProblem(read(new PhraseReader(text, tokenize(text), phrase.context, clauses)));
  return rawOData(phrase.tokens) ?? mend(problem, phrase, vocabulary(), understood);
};

/** What is asked by these words: help when there are none, and what is inside when all is in quotes. */
const askedBy = (text: string, [only, ...others]: readonly Token[]): string => {
  if (only === undefined) return 'help';
  return only.quoted && others.length === 0 ? only.text.trim() || 'help' : text;
};

/**
 * Reads what a person typed: a call that is ready to run, a wish for a change, or a problem that says what to type instead. Nothing
 * but text and context goes in, and no text makes it throw; the time it takes grows with the length of the
 * text and no faster. Text without any word in it asks for help.
 */
export const readPhrase = (text: string, context: ReadContext): Reading => {
  if (text.length > LONGEST) return TOO_LONG;
  const cleaned = clean(text);
  if (typeof cleaned !== 'string') return cleaned;
  const typed = tokenize(cleaned);
  const asked = askedBy(cleaned, typed);
  const tokens = asked === cleaned ? typed : tokenize(asked);
  const phrase = new PhraseReader(asked, tokens, context, clauses);
  const reading = read(phrase);
  return isProblem(reading) ? { ...helped(reading, phrase), asked } : reading;
};
