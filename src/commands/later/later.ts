import type { Clause, Phrase } from '../clauses/clause.ts';
import { notHere } from '../gaps.ts';
import { wordsIn } from '../language/words-in.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

/** What people will be able to ask one day: recognised, so that the answer is not "unknown word". */
const notYet = (what: string, ...instead: readonly string[]): Problem => ({
  problem: 'not-yet',
  what,
  why: 'Today Flagman answers questions about sign-ins, and after an approval changes their risk.',
  next: 'These can be asked today:',
  suggestions: sayings(...instead),
});

/** Lists and histories of what a cloud may be without for good. */
const riskLater = ({ context }: Phrase, what: string, ...instead: readonly string[]): Problem =>
  context.gaps?.includes('user-risk')
    ? notHere(`${what} are not there in this cloud.`, ...instead)
    : notYet(`${what} cannot be asked for yet.`, ...instead);

/** "users at risk": the list of risky users. */
export const usersLater = (phrase: Phrase): Problem => ({
  ...riskLater(
    phrase,
    'Lists of risky users',
    phrase.text
      .replace(/\buser risk\b/i, 'risky sign-ins')
      .replace(/\b(?:users|accounts|people)\b/i, 'sign-ins'),
    'risky sign-ins last 7 days',
  ),
  // The rest of the phrase is offered again, whatever it names.
  at: placeOf({ start: 0 }, { end: phrase.text.length }),
});

const DETECTIONS = wordsIn(`
  detection, detections, high detections, medium detections, low detections, risk detection,
  risk detections, alerts, alert
`);
const HISTORY = ['risk history', 'history of risk', 'risk history for'];
const USERS = wordsIn(`
  risky users, risky user, risky accounts, compromised users, compromised accounts,
  list of risky users, user risk
`);

/** Nouns that other kinds of question will have. */
export const laterNouns: Clause = {
  name: 'later',
  doc: 'What cannot be asked yet: risky users, risk detections, risk histories.',
  examples: ['detections last 7 days'],
  words: [...DETECTIONS, ...HISTORY, ...USERS],
  read: (phrase, _at, said) => {
    if (USERS.includes(said)) return usersLater(phrase);
    return HISTORY.includes(said)
      ? riskLater(phrase, 'Risk histories', 'risky sign-ins for user@contoso.com last 30 days')
      : riskLater(
          phrase,
          'Risk detections',
          'risky sign-ins last 24h',
          'anonymous ip sign-ins last 24h',
          'help detection',
        );
  },
};

/** The verbs of what will be there one day, by what they are for. */
const VERBS: ReadonlyMap<string, string> = new Map(
  (
    [
      [
        'Changes to accounts and sessions',
        'block, unblock, disable, enable, revoke, reset, force, sign out, kick, lock, unlock, contain, expire',
      ],
      [
        'Watches',
        'watch, unwatch, mute, unmute, subscribe, unsubscribe, notify, alert me, watches, stop watching, remind',
      ],
      ['Questions to users', 'ask, message, contact'],
      ['The ledger in chat', 'ledger, audit log, audit logs'],
      ['Summaries of a user’s risk', 'why is, why was, why are'],
    ] as const
  ).flatMap(([subject, verbs]) => wordsIn(verbs).map((verb) => [verb, subject] as const)),
);

const INSTEAD: ReadonlyMap<string, readonly string[]> = new Map([
  ['Summaries of a user’s risk', ['risky sign-ins for user@contoso.com last 7 days']],
  [
    'Changes to accounts and sessions',
    ['risky sign-ins last 24h', 'help confirm compromised', 'help approvals'],
  ],
]);

/** The first words of everything that cannot be asked for yet. */
export const LATER_VERBS: readonly string[] = [...VERBS.keys()];

/** Says of a later action that it is not there yet; `said` is one of `LATER_VERBS`. */
export const actionLater = (said: string): Problem => {
  const subject = VERBS.get(said) ?? 'Changes';
  return notYet(
    `${subject} cannot be asked for yet.`,
    ...(INSTEAD.get(subject) ?? ['flagged today', 'risky sign-ins last 24h', 'help']),
  );
};
