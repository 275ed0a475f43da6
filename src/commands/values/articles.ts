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

/** Index of the first token that is not an article or the like: "the app", "is high". */
export const skipArticles = (phrase: Phrase, at: number): number => {
  let next = at;
  for (;;) {
    const token = phrase.tokens[next];
    if (token === undefined || token.quoted || !ARTICLES.has(token.lower)) return next;
    next += 1;
  }
};
