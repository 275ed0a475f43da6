import type { HelpView } from '../../cards/view.ts';
import type { Call, Command, Powers } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordsIn } from '../language/words-in.ts';
import { sayings } from '../problem.ts';
import { listView } from '../question/run.ts';

/** What there is to say when nothing was shown here yet. */
export const nothingShown = (): HelpView => ({
  card: 'help',
  isGeneral: true,
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
  // A card of long rows holds fewer of them, so only the card knows where the next one begins. It is loaded
  // here, because who only reads phrases draws none.
  const { signInPage } = await import('../../cards/sign-in-list.ts');
  const { next: first } = signInPage(listView(shown, powers));
  if (first === undefined) return noMore(shown.asked);
  const { answer, asked, notes } = shown;
  return listView(await powers.rememberShown({ answer, asked, notes, first }), powers);
};

/** The next rows of the last answer, without asking Graph again. */
export const nextPage: Command = {
  name: 'next page',
  summary: 'The next ten sign-ins of the last answer.',
  examples: ['next page', 'show more'],
  details: ['It continues the answer that was shown to you here last; Graph is not asked again.'],
  needs: 'last-answer',
  listed: false,
  starts: wordsIn(`
    next page, next, more, show more, show me more, next 10, next ten, page down, show next page,
    show the next page, more rows, more results, continue, go on, the rest
  `),
  read: (phrase, at): Call | undefined =>
    !isPoliteEnd(phrase.tokens, at)
      ? undefined
      : { command: nextPage, asked: phrase.text, aboutMe: false, notes: [], run },
};
