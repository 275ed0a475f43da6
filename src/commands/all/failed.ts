import { failed as failure } from '../clauses/outcome.ts';
import { wordsIn } from '../language/words-in.ts';
import { question } from '../question/question.ts';

/** Sign-ins that ended with an error code. */
export const failed = question({
  name: 'failed sign-ins',
  summary: 'Sign-ins that ended with an error code.',
  examples: [
    'failed sign-ins for user@contoso.com last 24h',
    'unsuccessful logins for user@contoso.com today',
    'sign-in failures for user@contoso.com today',
  ],
  details: [
    'Graph cannot filter "not 0", so Flagman reads the sign-ins and keeps those that failed.',
    'A code says more: errors 50126 or 50053 last 6h.',
  ],
  listed: { title: 'failed sign-ins last 2h' },
  words: wordsIn(`
    failed, failing, failure, failures, fail, fails, unsuccessful, unsuccessfully, not successful,
    did not succeed, sign-in failures, sign-in failure, could not, errored, denied, rejected,
    refused, erroneous
  `),
  means: (_phrase, at) => failure(at),
});
