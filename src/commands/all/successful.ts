import { succeeded } from '../clauses/outcome.ts';
import { wordsIn } from '../language/words-in.ts';
import { question } from '../question/question.ts';

/** Sign-ins that ended well. */
export const successful = question({
  name: 'successful sign-ins',
  summary: 'Sign-ins that succeeded.',
  examples: ['successful sign-ins from CN or KP today', 'sign-ins that succeeded for user@contoso.com today'],
  details: ['These have the error code 0. With a risk they are what to look at first.'],
  listed: { title: 'successful sign-ins from CN', only: 'personal' },
  words: wordsIn(`
    successful, successfully, success, successes, succeeded, succeeding, succeed, not failed
  `),
  means: (_phrase, at) => succeeded(at),
});
