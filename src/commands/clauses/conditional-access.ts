import { PhraseTable } from '../language/phrase-table.ts';
import { type Token, wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { placeOf, sayings } from '../problem.ts';
import { skipArticles } from '../values/articles.ts';
import { readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import type { Clause, ClauseReading, Phrase } from './clause.ts';
import { eq } from './conditions.ts';

type Result = 'success' | 'failure' | 'notApplied';

const SAID: Readonly<Record<Result, readonly string[]>> = {
  success: wordsIn(`
    success, successes, successful, succeeded, succeeds, passed, pass, satisfied, granted, ok
  `),
  failure: wordsIn(`
    failure, failures, failed, fail, fails, failing, not satisfied, not passed, denied
  `),
  notApplied: wordsIn(`
    not applied, notapplied, none, not enforced, not evaluated, was not applied, did not apply,
    unapplied, didn't apply, not in effect, not apply
  `),
};

const NAMES = wordsIn(`
  conditionalaccessstatus, conditional access, ca, conditional access policy,
  conditional access policies, ca policy, ca policies, conditional access status, ca status,
  conditional access result, ca result
`);

const results = new PhraseTable<Result>();
const before = new Map<string, Result>();
for (const result of ['success', 'failure', 'notApplied'] as const) {
  for (const word of SAID[result]) results.add(word, result);
}
for (const name of NAMES.slice(1, 7)) {
  for (const word of ['no', 'without', 'without any', 'without a', 'not under'])
    before.set(`${word} ${name}`, 'notApplied');
  for (const word of ['failed', 'failing', 'not satisfying']) before.set(`${word} ${name}`, 'failure');
  for (const word of ['passed', 'successful', 'satisfied']) before.set(`${word} ${name}`, 'success');
}

const match = (values: readonly Result[], next: number): ClauseReading => ({
  next,
  topic: 'access',
  either: values.map((value) => eq('conditionalAccessStatus', value)),
});

/** Words that name a result and, unlike "failed", no kind of sign-in. */
const PLAIN = new Set(['success', 'failure', 'not', 'notapplied', 'none']);

const readResult = ({ tokens }: Phrase, at: number, first: number) => {
  // "CA failure, failed sign-ins": after a comma another clause may begin.
  const isOther = at !== first && tokens[at]?.comma === true && !PLAIN.has(wordAt(tokens, at));
  return isOther ? undefined : results.valueAt(tokens, at);
};

/** "conditional access failed": what Conditional Access came to. */
export const conditionalAccess: Clause = {
  name: 'conditional access',
  doc: 'What Conditional Access came to: success, failure or not applied.',
  examples: [
    'sign-ins with conditional access failed today',
    'CA failure last 24h',
    'conditional access not applied since yesterday',
  ],
  words: NAMES,
  read: (phrase, at) => {
    const start = skipArticles(phrase, at);
    const list = readList(phrase, start, (same, from) => readResult(same, from, start));
    if (list !== undefined && !('problem' in list)) return match(list.values, list.next);
    const token = phrase.tokens[start];
    const example = 'sign-ins with conditional access failure today';
    if (token === undefined || phrase.begins(start)) {
      return missing(phrase, at, 'a result: success, failure or not applied', example);
    }
    return {
      problem: 'bad-value',
      what: `"${token.text}" is not a result of Conditional Access.`,
      why: 'There are success, failure and not applied.',
      next: `For example: ${example}`,
      suggestions: sayings(example),
      at: placeOf(token, token),
    };
  },
};

const APPLIED = new Set(['applied', 'enforced', 'was', 'is']);

/** "was applied" */
const skipApplied = (tokens: readonly Token[], at: number): number => {
  let next = at;
  while (APPLIED.has(wordAt(tokens, next))) next += 1;
  return next;
};

/** "no conditional access applied", "failed conditional access": the result comes first. */
export const conditionalAccessBefore: Clause = {
  name: 'no conditional access',
  variant: true,
  doc: 'The result of Conditional Access, said before its name.',
  examples: [
    'sign-ins with no conditional access applied since yesterday',
    'failed conditional access last 6h',
  ],
  words: [...before.keys()],
  read: ({ tokens }, at, said) => match([before.get(said) ?? 'failure'], skipApplied(tokens, at)),
};

const SINGLE = 'singleFactorAuthentication';
const MULTIPLE = 'multiFactorAuthentication';

const FACTORS: ReadonlyMap<string, string> = new Map([
  ...wordsIn(`
    single-factor, single factor, single factor authentication, single-factor authentication,
    without mfa, no mfa, password only, mfa not required
  `).map((said): [string, string] => [said, SINGLE]),
  ...wordsIn(`
    multi-factor, multifactor, multi-factor authentication, multifactor authentication, with mfa,
    mfa, two-factor
  `).map((said): [string, string] => [said, MULTIPLE]),
]);

/** "single-factor sign-ins": whether more than a password was asked for. */
export const factor: Clause = {
  name: 'single-factor',
  doc: 'Whether the sign-in had to pass multi-factor authentication.',
  examples: ['single-factor sign-ins today', 'sign-ins without MFA for user@contoso.com today'],
  words: [...FACTORS.keys()],
  read: (_phrase, at, said) => ({
    next: at,
    topic: 'factor',
    either: [eq('authenticationRequirement', FACTORS.get(said) ?? MULTIPLE)],
  }),
};
