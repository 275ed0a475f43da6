import { historyLine, zoneWords } from '../../cards/history-lines.ts';
import { stateInWords } from '../../cards/state-words.ts';
import type { HelpView } from '../../cards/view.ts';
import type { HistoryEntry } from '../../entra/ledger-event.ts';
import { isoOf, showInstant } from '../../lib/time.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command, Powers } from '../command.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, sayings } from '../problem.ts';
import { leftOver } from './left-over.ts';
import { bareNumber, noSuchRequest, readNumber, whichRequest } from './number.ts';
import { isEnd } from './subject.ts';

/** What people do to a request, and what ends it without them. */
const TOLD: ReadonlySet<HistoryEntry['kind']> = new Set<HistoryEntry['kind']>([
  'requested',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'voided',
  'resolved',
  'declined',
]);

const DECISIONS: ReadonlySet<HistoryEntry['kind']> = new Set<HistoryEntry['kind']>([
  'approved',
  'rejected',
  'withdrawn',
]);

/** Until when it can be decided, by the entry of the request. */
const deadlineOf = (entries: readonly HistoryEntry[]): number =>
  Number(entries.find(({ kind }) => kind === 'requested')?.facts.expiresAt ?? 0);

const waiting = (entries: readonly HistoryEntry[], { now, zone }: Powers): string => {
  const deadline = deadlineOf(entries);
  const until = showInstant(isoOf(deadline), zone);
  return now < deadline
    ? `Nobody has decided yet. It can be decided until ${until}.`
    : `Nobody decided; it could be decided until ${until}.`;
};

const standOf = (entries: readonly HistoryEntry[], powers: Powers): string => {
  const state = entries.findLast((entry) => entry.state !== '')?.state ?? 'not told';
  const isDecided = entries.some(({ kind }) => DECISIONS.has(kind));
  if (state === 'pending') return waiting(entries, powers);
  return isDecided ? `It is ${stateInWords(state)}` : `Nobody decided. It is ${stateInWords(state)}`;
};

const view = (number: number, entries: readonly HistoryEntry[], powers: Powers): HelpView => ({
  card: 'help',
  title: `Who decided about CR-${number}`,
  paragraphs: [standOf(entries, powers)],
  sections: [
    {
      heading: `By the ledger, the newest first${zoneWords(powers.zone)}`,
      rows: entries
        .filter(({ kind }) => TOLD.has(kind))
        .toReversed()
        .map((entry) => historyLine(entry, powers.zone)),
    },
  ],
  suggestions: sayings(`CR-${number}`, `history CR-${number}`),
});

const call = (phrase: Phrase, number: number): Call => ({
  command: whoDecided,
  asked: phrase.text,
  aboutMe: false,
  notes: [],
  run: async (powers) => {
    const entries = await powers.historyOf(number);
    return entries.length === 0 ? noSuchRequest(number) : view(number, entries, powers);
  },
});

const DID = wordsIn(`
  approved, requested, asked for, rejected, denied, declined, refused, decided, decided on, decided about, withdrew,
  cancelled, canceled, resolved, opened, created, made, raised, voted on, voted for, signed off, signed off on
`);

const AFTER = new Set(wordsIn('when, why, and, how, by, which, role'));

/** "who approved CR-1042": who asked, who decided, when and by which role. */
export const whoDecided: Command = {
  name: 'who approved',
  summary: 'Who asked for a change and who decided about it, when and by which role.',
  examples: ['who approved CR-1042', 'who requested CR-1042', 'who rejected CR-1042'],
  details: ['It is told from the ledger, whose entries cannot be edited unseen.'],
  needs: 'reader',
  listed: false,
  starts: DID.flatMap((verb) => [`who ${verb}`, `who has ${verb}`, `who ${verb} the request`]),
  read: (phrase, at): Call | Problem => {
    const number = readNumber(phrase, at);
    if (isProblem(number)) return number;
    if (number === undefined) return bareNumber(phrase, at) ?? whichRequest(phrase, whoDecided.examples[0]);
    let next = number.next;
    while (AFTER.has(wordAt(phrase.tokens, next))) next += 1;
    return isEnd(phrase, next)
      ? call(phrase, number.value)
      : leftOver(phrase, next, 'This is asked for one request at a time.');
  },
};
