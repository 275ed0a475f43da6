import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import type { Clause } from './clause.ts';
import { eq } from './conditions.ts';

/** "my sign-ins": those of the person who asks, by the object id that Teams vouches for. */
export const mine: Clause = {
  name: 'my',
  doc: 'Your own sign-ins.',
  examples: ['my sign-ins last 7 days', 'failed sign-ins for me today'],
  words: wordsIn(`
    my, mine, my own, for me, for myself, by me, of mine, about me, from me, did i, have i, was i,
    am i
  `),
  // "since 9am my time" says nothing that the zone does not.
  read: (phrase, at) =>
    wordAt(phrase.tokens, at) === 'time'
      ? { next: at + 1 }
      : {
          next: at,
          topic: 'user',
          either: [eq('userId', phrase.context.me)],
        },
};
