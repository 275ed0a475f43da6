import { historyLines, zoneWords } from '../../cards/history-lines.ts';
import type { HelpView } from '../../cards/view.ts';
import type { HistoryEntry } from '../../entra/ledger-event.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command } from '../command.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem, sayings } from '../problem.ts';
import { leftOver } from './left-over.ts';
import { noSuchRequest, readNumber } from './number.ts';
import { isEnd } from './subject.ts';

/** The most lines that one card shows. */
const MOST = 40;

const view = (number: number, entries: readonly HistoryEntry[], zone: string): HelpView => {
  const lines = historyLines(entries, zone);
  const cut = `These are the newest ${MOST} of ${lines.length} lines. "node src/cli/ledger-export.ts" writes every entry.`;
  return {
    card: 'help',
    title: `History of CR-${number}`,
    paragraphs: ['What the ledger says, the newest first.', ...(lines.length > MOST ? [cut] : [])],
    sections: [{ heading: `When, and what happened${zoneWords(zone)}`, rows: lines.slice(0, MOST) }],
    suggestions: sayings(`CR-${number}`, `who approved CR-${number}`),
  };
};

const call = (phrase: Phrase, number: number): Call => ({
  command: requestHistory,
  asked: phrase.text,
  aboutMe: false,
  notes: [],
  run: async ({ historyOf, zone }) => {
    const entries = await historyOf(number);
    return entries.length === 0 ? noSuchRequest(number) : view(number, entries, zone);
  },
});

/** "history CR-1042": everything that happened to a request, by the ledger. */
export const requestHistory: Command = {
  name: 'history of a request',
  summary: 'Everything that happened to a request, by the ledger.',
  examples: ['history CR-1042', 'history of CR-1042'],
  details: ['Names and reasons are kept for a while only; after that the object id stands there.'],
  needs: 'reader',
  listed: false,
  starts: wordsIn(`
    history, history of, history for, the history of, show history of, show the history of, show history, show me the history of,
    timeline, timeline of, log of, ledger of, ledger for, what happened to, what happened with
  `),
  read: (phrase, at): Call | Problem | undefined => {
    const number = readNumber(phrase, at);
    if (number === undefined || isProblem(number)) return number;
    return isEnd(phrase, number.next)
      ? call(phrase, number.value)
      : leftOver(phrase, number.next, 'The history of a request is asked for by its number alone.');
  },
};
