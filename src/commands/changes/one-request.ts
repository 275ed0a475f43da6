import type { Phrase } from '../clauses/clause.ts';
import type { Call, Command } from '../command.ts';
import { skipPolite } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem } from '../problem.ts';
import { leftOver } from './left-over.ts';
import { noSuchRequest, readNumber, resemblesNumber } from './number.ts';
import { isEnd } from './subject.ts';

const BEFORE = new Set(
  wordsIn(`
    show, me, display, open, see, view, find, get, explain, details, detail, of, for, about, on, the, a, card, preview,
    request, approval, change, status, state, what, whats, where, how, is, with, number
  `),
);

const ONE = 'A request is shown by its number alone, one at a time.';

const AFTER = new Set(wordsIn('status, state, card, now, doing, details, preview'));

const call = (phrase: Phrase, number: number): Call => ({
  command: oneRequest,
  asked: phrase.text,
  aboutMe: false,
  notes: [],
  run: async (powers) => {
    const approval = await powers.approval(number);
    return approval === undefined ? noSuchRequest(number) : powers.approvalView(approval);
  },
});

/** Index of the number that the phrase is about, where nothing but harmless words stands before it. */
const numberAt = ({ tokens }: Phrase): number | undefined => {
  let at = skipPolite(tokens);
  while (BEFORE.has(wordAt(tokens, at))) at += 1;
  return resemblesNumber(tokens, at) ? at : undefined;
};

/** "CR-1042": the card of a request as it stands now. */
export const oneRequest: Command = {
  name: 'request',
  summary: 'A request for a change as it stands now, by its number.',
  examples: ['CR-1042', 'show CR-1042', 'status of CR-1042'],
  details: ['Every request has a number: CR-1, CR-2 and so on. It stands on its card.'],
  needs: 'reader',
  listed: false,
  read: (phrase): Call | Problem | undefined => {
    const at = numberAt(phrase);
    const number = at === undefined ? undefined : readNumber(phrase, at);
    if (number === undefined || isProblem(number)) return number;
    const next = AFTER.has(wordAt(phrase.tokens, number.next)) ? number.next + 1 : number.next;
    return isEnd(phrase, next) ? call(phrase, number.value) : leftOver(phrase, next, ONE);
  },
};
