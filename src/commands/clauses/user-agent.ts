import { isProblem } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import { readName, readNextName } from '../values/name.ts';
import type { Clause } from './clause.ts';
import { startswith } from './conditions.ts';

/** "user agent python-requests": what the client said it was, by its beginning. */
export const userAgent: Clause = {
  name: 'user agent',
  doc: 'The beginning of the user agent that the client sent.',
  examples: ['user agent python-requests last 24h', 'sign-ins with user agent "Mozilla/5.0 (X11" today'],
  words: ['user agent', 'user agents', 'user-agent', 'ua', 'agent'],
  read: (phrase, at) => {
    const start = skipArticles(phrase, at);
    const list = readList(phrase, start, (same, from) =>
      (from === start ? readName : readNextName)(same, from, 'proper'),
    );
    if (list === undefined || isProblem(list)) {
      return missing(phrase, at, 'a user agent', 'user agent python-requests last 24h');
    }
    const either = list.values.map(({ text }) => startswith('userAgent', text));
    return { next: list.next, topic: 'agent', either };
  },
};
