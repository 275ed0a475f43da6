import { anyOf } from '../clauses/conditions.ts';
import { wordsIn } from '../language/words-in.ts';
import { question } from '../question/question.ts';

const KIND = 'signInEventTypes';

/** What clients did on their own with tokens that they held. */
export const nonInteractive = question({
  name: 'non-interactive sign-ins',
  summary: 'Sign-ins that clients made by themselves, with a token they held.',
  examples: ['non-interactive sign-ins for user@contoso.com last 6h', 'not interactive sign-ins today'],
  details: [
    '"not interactive" means everything but the interactive ones: service principals and managed identities too.',
  ],
  listed: false,
  words: wordsIn(`
    non-interactive, noninteractive user, noninteractiveuser, not interactive,
    non-interactive user, silent, background, token refreshes, refresh token
  `),
  means: (_phrase, at, said) => ({
    next: at,
    topic: 'event type',
    either: [
      said === 'not interactive'
        ? { op: 'any', property: KIND, is: 'ne', values: ['interactiveUser'] }
        : anyOf(KIND, 'nonInteractiveUser'),
    ],
  }),
});

/** Interactive ones, which is what Graph gives when nothing is said. */
export const interactive = question({
  name: 'interactive sign-ins',
  summary:
    'Sign-ins in which a person took part; this is what every question is about unless it says otherwise.',
  examples: [
    'interactive sign-ins for user@contoso.com today',
    'interactive and non-interactive sign-ins for user@contoso.com today',
  ],
  details: [],
  listed: false,
  words: ['interactive', 'interactive user', 'interactiveuser'],
  means: (_phrase, at) => ({ next: at, topic: 'event type', either: [anyOf(KIND, 'interactiveUser')] }),
});

/** Both kinds of user sign-in. */
export const everything = question({
  name: 'everything',
  summary: 'Interactive and non-interactive sign-ins together.',
  examples: [
    'everything for user@contoso.com last 6h',
    'all sign-ins for user@contoso.com last 24h incl. non-interactive',
  ],
  details: [],
  listed: false,
  words: [
    'everything',
    ...wordsIn(`
      sign-ins, sign-in activity, sign-in attempts, sign-in events, sign-in logs, activity, logins,
      log-ins, logons, log-ons, authentications, types, kinds, attempts, events
    `).map((noun) => `all ${noun}`),
    ...wordsIn(`
      incl, including, include, includes, incl the, plus, also, together with, along with,
      as well as
    `).flatMap((word) => [`${word} non-interactive`, `${word} noninteractive`]),
  ],
  means: (_phrase, at) => ({
    next: at,
    topic: 'event type',
    either: [anyOf(KIND, 'interactiveUser', 'nonInteractiveUser')],
  }),
});

/** What managed identities of Azure resources did. */
export const managedIdentity = question({
  name: 'managed identity sign-ins',
  summary: 'Sign-ins of managed identities.',
  examples: ['managed identity sign-ins today'],
  details: ['They have no user and often no address.'],
  listed: false,
  words: ['managed identity', 'managed identities', 'msi', 'managedidentity'],
  means: (_phrase, at) => ({ next: at, topic: 'event type', either: [anyOf(KIND, 'managedIdentity')] }),
});
