import { eq } from '../clauses/conditions.ts';
import { wordsIn } from '../language/words-in.ts';
import { question } from '../question/question.ts';

const FLAG = wordsIn(`
  flagged, flag, flags, flagged for review, flagged by users, flagged by user,
  flagged by the user, user flagged, reported by users, reported by user, reported by the user,
  asked for help, asking for help
`);
const UNFLAGGED = ['unflagged', 'not flagged', 'non-flagged', 'not flagged for review'];

/** Sign-in errors that the user marked to ask for help: no verdict about risk. */
export const flagged = question({
  name: 'flagged',
  summary: 'Sign-in errors that users flagged to ask for help.',
  examples: [
    'flagged for user@contoso.com since 2021-10-01',
    'show me flagged sign-ins',
    'any flagged in the last 30 minutes?',
    'not flagged for user@contoso.com last 24h',
  ],
  details: [
    'A person who met a sign-in error can switch flagging on for 20 minutes; every error in that browser is then flagged.',
    'A flag asks for help. It says nothing about risk: see "risky sign-ins" for that.',
    '"help flagging" tells how a user does it, to forward.',
  ],
  listed: { title: 'flagged last 24h' },
  words: [...FLAG, ...UNFLAGGED],
  means: (_phrase, at, said) => ({
    next: at,
    topic: 'flag',
    either: [eq('flaggedForReview', !UNFLAGGED.includes(said))],
  }),
});
