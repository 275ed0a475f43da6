import type { FileFormat } from '../../entra/file.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { ChangeCall, Command, FileWish } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, placeOf, sayings } from '../problem.ts';

const FORMATS: ReadonlyMap<string, FileFormat> = new Map(
  (
    [
      ['csv', 'csv, excel, spreadsheet, xlsx, sheet, a csv'],
      ['jsonl', 'json lines, json-lines, jsonl, ndjson, json'],
      ['markdown', 'markdown, md'],
    ] as const
  ).flatMap(([format, words]) => wordsIn(words).map((word) => [word, format] as const)),
);

/** What stands for the last answer, and what may stand around it. */
const IT = new Set(
  wordsIn(`
    it, this, that, these, those, them, the, all, everything, my, last, answer, answers, result, results, card, list, table,
    sign-in, sign-ins, rows, row, above, of, me, file, data, report
  `),
);

const AS = new Set(wordsIn('as, to, into, in, a, an, the, format, file'));

const skip = ({ tokens }: Phrase, at: number, words: ReadonlySet<string>): number => {
  let next = at;
  while (words.has(wordAt(tokens, next))) next += 1;
  return next;
};

/** A format's words at this token. */
export const formatAt = (
  { tokens }: Phrase,
  at: number,
): { format: FileFormat; next: number } | undefined => {
  const [one, two] = [wordAt(tokens, at), `${wordAt(tokens, at)} ${wordAt(tokens, at + 1)}`];
  const long = FORMATS.get(two);
  if (long) return { format: long, next: at + 2 };
  const short = FORMATS.get(one);
  return short && { format: short, next: at + 1 };
};

const notUnderstood = ({ tokens, text }: Phrase, at: number): Problem => {
  const { start } = tokens[at] ?? { start: text.length };
  return {
    problem: 'unknown-word',
    what: `"${text.slice(start)}" was not understood.`,
    why: 'The last answer can be taken as a file: as csv, as json lines or as markdown.',
    next: 'For example: export as csv',
    suggestions: sayings('export as csv', 'export as json lines', 'export as markdown'),
    at: placeOf({ start }, { end: text.length }),
  };
};

const readWish = (phrase: Phrase, at: number): FileWish | Problem => {
  const what = skip(phrase, at, IT);
  const found = formatAt(phrase, skip(phrase, what, AS));
  const end = skip(phrase, found?.next ?? what, AS);
  if (!isPoliteEnd(phrase.tokens, end)) return notUnderstood(phrase, end);
  return { wish: 'file', of: 'answer', format: found?.format ?? 'csv' };
};

/** "export as csv": the last answer, whole, as a file in the person's OneDrive. */
export const exportAnswer: Command = {
  name: 'export',
  summary: 'The whole last answer as a file: CSV, JSON lines or Markdown.',
  examples: ['export as csv', 'export this as json lines', 'download as markdown'],
  details: [
    'The file is offered in your personal chat, for 15 minutes. It goes into your OneDrive when you accept it.',
    'It says what was asked, when it was read, and whether that was everything.',
  ],
  needs: 'last-answer',
  listed: false,
  starts: ['export', 'download'],
  read: (phrase, at): ChangeCall | Problem => {
    const wish = readWish(phrase, at);
    return isProblem(wish) ? wish : { command: exportAnswer, asked: phrase.text, wish, notes: [] };
  },
};
