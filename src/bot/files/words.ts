import type { HelpView, ProblemView } from '../../cards/view.ts';

const problem = (what: string, why: string, next: string): ProblemView => ({
  card: 'problem',
  what,
  why,
  next,
  suggestions: [],
});

const AGAIN = 'Ask for it again: export as csv';

/** Said where it was asked for, when that is not where it is offered. */
export const OFFERED: HelpView = {
  card: 'help',
  isGeneral: true,
  title: 'The file is offered in your personal chat.',
  paragraphs: [],
  sections: [],
  suggestions: [],
};

/** Teams takes no files of bots in some clouds. */
export const NO_FILES_HERE = problem(
  'Files cannot be offered in this cloud.',
  'Teams takes no files of bots in GCC High and DoD.',
  'Show more rows with "next page".',
);

/** Somebody answers an offer that there never was, that was answered before, or that was somebody else's. */
export const NOT_OPEN = problem(
  'This offer of a file is not open.',
  'Each one counts once, and only for whoever asked for the file.',
  AGAIN,
);

export const EXPIRED = problem('This offer has expired.', 'A file can be taken for 15 minutes.', AGAIN);

export const DECLINED: HelpView = {
  ...OFFERED,
  title: 'The file was not made.',
  paragraphs: ['You declined it. Nothing of it is kept.'],
};

/** The file could not be put there, or nobody knows whether it was. */
export const NOT_SAVED = problem(
  'The file could not be put into your OneDrive.',
  'Its address was refused or did not answer. What may be there of it is not complete.',
  AGAIN,
);
