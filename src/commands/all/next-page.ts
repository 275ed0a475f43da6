import type { HelpView } from '../../cards/view.ts';
import type { Call, Command, Powers } from '../command.ts';
import { sayings } from '../problem.ts';
import { listView } from '../question/run.ts';

/** How many rows a card shows. */
export const PAGE = 10;

/** What there is to say when nothing was shown here yet. */
export const nothingShown = (): HelpView => ({
  card: 'help',
  title: 'Nothing was shown here yet',
  paragraphs: ['This needs an answer to go on from. Ask for sign-ins first.'],
  sections: [],
  suggestions: sayings('flagged today', 'help'),
});

const noMore = (asked: string): HelpView => ({
  card: 'help',
  title: 'That was all',
  paragraphs: [`Every sign-in of "${asked}" was shown.`],
  sections: [],
  suggestions: sayings(asked, 'what filter did you use'),
});

const run = async (powers: Powers) => {
  const shown = await powers.lastShown();
  if (shown === undefined) return nothingShown();
  const first = shown.first + PAGE;
  const most = Math.min(shown.answer.rows.length, shown.answer.query.limit ?? Number.POSITIVE_INFINITY);
  if (first >= most) return noMore(shown.asked);
  const { answer, asked, notes } = shown;
  return listView(await powers.rememberShown({ answer, asked, notes, first }), powers);
};

/** The next rows of the last answer, without asking Graph again. */
export const nextPage: Command = {
  name: 'next page',
  summary: 'The next ten sign-ins of the last answer.',
  examples: ['next page', 'show more'],
  details: ['It continues the answer that was shown to you here last; Graph is not asked again.'],
  needs: 'reader',
  listed: false,
  starts: [
    'next page',
    'next',
    'more',
    'show more',
    'show me more',
    'next 10',
    'next ten',
    'page down',
    'show next page',
    'show the next page',
    'more rows',
    'more results',
    'continue',
    'go on',
    'the rest',
  ],
  read: (phrase, at): Call | undefined =>
    at < phrase.tokens.length
      ? undefined
      : { command: nextPage, asked: phrase.text, aboutMe: false, notes: [], run },
};
