import type { HelpView, ProblemView } from '../cards/view.ts';

const word = (title: string): HelpView => ({
  card: 'help',
  isGeneral: true,
  title,
  paragraphs: [],
  sections: [],
  suggestions: [],
});

/** What everybody reads instead of an answer that only the asker gets. */
export const IN_PERSONAL_CHAT = word('Answered in your personal chat.');

export const SEEN_BY_YOU_ALONE = word('Answered. Only you can see it.');

/** The bot may write to people only where they have added it. */
export const NOT_ADDED: ProblemView = {
  card: 'problem',
  what: 'Flagman cannot write to you yet.',
  why: 'What tells of people goes to your personal chat with Flagman, and Flagman was not added there.',
  next: 'Add Flagman to your personal chat (Apps, Flagman, Add), then ask again.',
  suggestions: [],
};

/** Teams took neither way to the asker, or did not say whether it did. */
export const NOT_DELIVERED: ProblemView = {
  card: 'problem',
  what: 'The answer could not be brought to you.',
  why: 'Teams did not take it just now, and it is not posted where others read along.',
  next: 'Ask again in a moment.',
  suggestions: [],
};
