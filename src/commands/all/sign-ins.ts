import { wordsIn } from '../language/words-in.ts';
import { question } from '../question/question.ts';

const NOUNS = ['sign-in', 'login', 'logon', 'log-in', 'log-on', 'sign-on', 'authentication'];

/** Sign-ins of any kind: what every question is about that has no other noun. */
export const signIns = question({
  name: 'sign-ins',
  summary: 'Sign-ins by user, time, app, address, place, device, error, Conditional Access and risk.',
  examples: [
    'sign-ins for user@contoso.com today',
    'sign-ins from 203.0.113.7',
    'user@contoso.com from Nigeria last 7 days',
    'sign-ins to "Azure Portal" from CN or KP since Monday',
    'sign-ins for users named "Alex W" today',
  ],
  details: [
    'Clauses go in any order; words that carry no meaning are ignored.',
    'Without a time the last 24 hours are asked for; more than a day needs a user, an app, an address, a place, a code or a risk.',
  ],
  listed: { title: 'sign-ins for' },
  words: [
    ...NOUNS.flatMap((noun) => [noun, `${noun}s`]),
    ...wordsIn(`
      attempts, attempt, activity, activities, events, event, logs, log, records, history
    `).flatMap((noun) => [`sign-in ${noun}`, `login ${noun}`]),
    ...wordsIn(`
      signed in, signed-in, logged in, logged on, log in, log on, signing in, logging in,
      authenticated, authenticate, attempts, activity, signs in, logs in, auth attempts, auths
    `),
  ],
  means: (_phrase, at) => ({ next: at }),
});

/** Who signed in: the same rows, counted by user. */
export const who = question({
  name: 'who signed in',
  summary: 'Sign-ins grouped by user with counts, to see a password spray at a glance.',
  examples: ['who signed in from 203.0.113.7 last 48h', 'failed sign-ins from 203.0.113.7 by user'],
  details: [],
  listed: false,
  words: wordsIn(`
    who, whom, which users, what users, which accounts, which user, which people, users who,
    users that, everyone who, anyone who, by whom, grouped by user, group by user, per user,
    by user, by users, for which users, for each user, count by user, users signed in,
    users signing in, users signing-in, users logging in, users logged in
  `),
  means: (phrase, at, said, start) => {
    const value = phrase.tokens[at]?.text;
    // "by user alex@contoso.com" names somebody.
    if (said.startsWith('by user') && value !== undefined && (value.includes('@') || value.endsWith('*')))
      return undefined;
    return { next: at, groupBy: 'user', ...(start === 0 && { noun: who }) };
  },
});
