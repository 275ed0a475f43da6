import { readTargets } from '../changes/targets.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { ChangeCall, Command, Wish } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, placeOf, sayings } from '../problem.ts';
import { notAnIncident, pastIncidentWords, readIncident } from './incident-name.ts';

const EXAMPLE = 'share #2 to incident INC-204';

/** What stands for the answer as it was shown. */
const IT = new Set(
  wordsIn(`
    it, this, that, these, those, them, the, all, everything, my, last, answer, answers, result, results, card, list, summary,
    sign-in, sign-ins, rows, above, of
  `),
);

const TO = new Set(['to', 'with', 'in', 'into', 'on', 'at', 'for']);

const PLACE = new Set([
  'thread',
  'channel',
  'chat',
  'room',
  'place',
  'here',
  'incident',
  'ticket',
  'the',
  'this',
  'our',
]);

/** What may stand before the name. */
const OF_PLACE = new Set([...PLACE, 'of']);

const TOO_MANY = {
  what: 'One share holds at most ten rows.',
  why: 'It is read on a phone, by people in a hurry.',
  next: 'Share the rows that matter: share #1 #3 to incident INC-204',
} as const;

const skip = ({ tokens }: Phrase, at: number, words: ReadonlySet<string>): number => {
  let next = at;
  while (words.has(wordAt(tokens, next))) next += 1;
  return next;
};

const notUnderstood = ({ tokens, text }: Phrase, at: number): Problem => {
  const { start } = tokens[at] ?? { start: text.length };
  return {
    problem: 'unknown-word',
    what: `"${text.slice(start)}" was not understood.`,
    why: 'Rows of the last answer are shared to the thread of an incident.',
    next: `For example: ${EXAMPLE}`,
    suggestions: sayings('incidents', 'help share'),
    at: placeOf({ start }, { end: text.length }),
  };
};

const onlyRows = ({ tokens }: Phrase, at: number): Problem => {
  const token = tokens[at] ?? { start: 0, end: 0 };
  return {
    problem: 'bad-value',
    what: 'A sign-in is shared as a row of an answer.',
    why: 'What is shared says which question found it, and how complete the answer was.',
    next: 'Ask for the sign-in first, then: share #1 to incident INC-204',
    suggestions: sayings('help share'),
    at: placeOf(token, token),
  };
};

/** Which incident, behind "to": by its name, or that of this thread. */
const incidentAt = (phrase: Phrase, at: number): Pick<ShareWish, 'incident'> | Problem => {
  // "the thread of incident INC-204"
  const named = readIncident(phrase, skip(phrase, at, OF_PLACE)) ?? readIncident(phrase, at);
  if (named) {
    const end = skip(phrase, named.next, PLACE);
    return isPoliteEnd(phrase.tokens, end) ? { incident: named.value } : notUnderstood(phrase, end);
  }
  // "to the incident thread"
  const end = skip(phrase, at, PLACE);
  if (end > at && isPoliteEnd(phrase.tokens, end)) return {};
  return notAnIncident(phrase, pastIncidentWords(phrase, at), EXAMPLE);
};

type ShareWish = Extract<Wish, { readonly wish: 'share' }>;

/** What is wrong with the rows, in the words of sharing and not of a change. */
const ofSharing = (problem: Problem): Problem =>
  problem.problem === 'too-broad'
    ? { ...problem, ...TOO_MANY }
    : { ...problem, next: `For example: ${EXAMPLE}`, suggestions: sayings('help share') };

const readWish = (phrase: Phrase, at: number): ShareWish | Problem => {
  const targets = readTargets(phrase, at);
  if (isProblem(targets)) return ofSharing(targets);
  if (targets && 'ids' in targets.value) return onlyRows(phrase, at);
  const rows = targets && 'rows' in targets.value ? { rows: targets.value.rows } : {};
  const next = skip(phrase, targets?.next ?? at, IT);
  if (isPoliteEnd(phrase.tokens, next)) return { wish: 'share', ...rows };
  if (!TO.has(wordAt(phrase.tokens, next))) return notUnderstood(phrase, next);
  const incident = incidentAt(phrase, next + 1);
  return isProblem(incident) ? incident : { wish: 'share', ...rows, ...incident };
};

/** "share #2 to incident INC-204": posts rows of the last answer into the thread of an incident, as they were. */
export const share: Command = {
  name: 'share',
  summary: 'Posts rows of the last answer into the thread of an incident, frozen as they were.',
  examples: [EXAMPLE, 'post that to the incident thread', 'share #1 #3 with INC-204'],
  details: [
    'Without rows it is what the card shows, ten rows at most. Without a name it is the incident whose thread this is.',
    'A thread becomes the place of an incident by "this is incident INC-204" said in it.',
    'What is shared never changes; Refresh on its card asks again with the rights of whoever presses.',
  ],
  needs: 'reader',
  listed: { title: 'share #1 to' },
  starts: ['share', 'post', 'send'],
  read: (phrase, at, said): ChangeCall | Problem | undefined => {
    // "share 12" is the name of what was shared.
    if (said === 'share' && /^\d+$/.test(wordAt(phrase.tokens, at))) return undefined;
    const wish = readWish(phrase, at);
    return isProblem(wish) ? wish : { command: share, asked: phrase.text, wish, notes: [] };
  },
};
