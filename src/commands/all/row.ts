import type { HelpView } from '../../cards/view.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command, Shown } from '../command.ts';
import { wordsIn } from '../language/words-in.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';
import { detailsView } from '../question/run.ts';
import { nothingShown } from './next-page.ts';

/** What there is to say when the last answer ends before that row. */
const noSuchRow = (row: number, { asked, answer: { rows } }: Shown): HelpView => ({
  card: 'help',
  title: `There is no row #${row}`,
  paragraphs: [
    `The last answer, to "${asked}", ${rows.length > 0 ? `ends at row #${rows.length}` : 'has no rows'}.`,
  ],
  sections: [],
  suggestions: sayings(asked, 'help'),
});

const call = (phrase: Phrase, row: number): Call => ({
  command: showRow,
  asked: phrase.text,
  aboutMe: false,
  notes: [`#${row} is a row of the answer that was shown last; only the chat can tell which sign-in it is.`],
  run: async (powers) => {
    const shown = await powers.lastShown(row - 1);
    if (shown === undefined) return nothingShown();
    return detailsView(shown, row - 1, powers) ?? noSuchRow(row, shown);
  },
});

const badRow = (phrase: Phrase, at: number): Problem => {
  const token = phrase.tokens[at] ?? { text: '', start: 0, end: 0 };
  return {
    problem: 'bad-number',
    what: `"${token.text}" is not the number of a row.`,
    why: 'Rows count from #1.',
    next: 'For example: details #2',
    suggestions: sayings('details #1'),
    at: placeOf(token, token),
  };
};

/** "details #2": a row of the last answer in full. */
export const showRow: Command = {
  name: 'details',
  summary: 'A row of the last answer in full, by its number.',
  examples: ['details #2', 'sign-in #1'],
  details: [],
  needs: 'last-answer',
  listed: false,
  starts: wordsIn(`
    details, detail, details of, details for, explain, sign-in, open, show, show me, row, more about,
    more on, related to, show sign-in, show details of, show details for
  `),
  read: (phrase, at): Call | Problem | undefined => {
    const reference = phrase.tokens[at];
    if (reference === undefined || !reference.text.startsWith('#') || at + 1 < phrase.tokens.length)
      return undefined;
    return /^#[1-9]\d{0,3}$/.test(reference.text)
      ? call(phrase, Number(reference.text.slice(1)))
      : badRow(phrase, at);
  },
};
