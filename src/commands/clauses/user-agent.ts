import { skipArticles } from '../values/articles.ts';
import { missing } from '../values/missing.ts';
import { readName } from '../values/name.ts';
import type { Clause } from './clause.ts';
import { startswith } from './conditions.ts';

/** "user agent python-requests": what the client said it was, by its beginning. */
export const userAgent: Clause = {
  name: 'user agent',
  doc: 'The beginning of the user agent that the client sent.',
  examples: ['user agent python-requests last 24h', 'sign-ins with user agent "Mozilla/5.0 (X11" today'],
  words: ['user agent', 'user agents', 'user-agent', 'ua', 'agent'],
  read: (phrase, at) => {
    const name = readName(phrase, skipArticles(phrase, at), 'proper');
    if (name === undefined) return missing(phrase, at, 'a user agent', 'user agent python-requests last 24h');
    return { next: name.next, topic: 'agent', either: [startswith('userAgent', name.value.text)] };
  },
};
