import type { Phrase } from '../clauses/clause.ts';

const ARTICLES = new Set([
  'the',
  'a',
  'an',
  'of',
  'is',
  'was',
  'are',
  'were',
  '=',
  'equals',
  'being',
  'this',
  'these',
]);

/** "is one of the" is as long as it gets; a row of articles must not be walked again from each of them. */
const MOST = 4;

/** Index of the first token that is not an article or the like: "the app", "is high". */
export const skipArticles = (phrase: Phrase, at: number): number => {
  let next = at;
  while (next < at + MOST) {
    const token = phrase.tokens[next];
    if (token === undefined || token.quoted || !ARTICLES.has(token.lower)) return next;
    next += 1;
  }
  return next;
};
