import type { Phrase } from '../clauses/clause.ts';
import type { ChangeCall, Command } from '../command.ts';
import { PhraseTable } from '../language/phrase-table.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem } from '../problem.ts';
import { leftOver } from './left-over.ts';
import { whichRequest } from './number.ts';
import { isEnd, readSubject } from './subject.ts';

const ENDS = new PhraseTable<'done' | 'failed'>();
for (const said of wordsIn('done, succeeded, success, successful, happened, carried out, completed'))
  ENDS.add(said, 'done').add(`not ${said}`, 'failed').add(`wasn't ${said}`, 'failed');
for (const said of wordsIn('failed, failure, undone, unsuccessful')) ENDS.add(said, 'failed');
ENDS.add('did not happen', 'failed').add('did happen', 'done');

const BEFORE = new Set(wordsIn('as, it, is, was, has, been, to, the, change, a, =, ->'));

const skipBefore = ({ tokens }: Phrase, at: number): number => {
  let next = at;
  while (BEFORE.has(wordAt(tokens, next))) next += 1;
  return next;
};

/** "resolve CR-1042 as done": a person says how what nobody can tell has ended. */
export const resolve: Command = {
  name: 'resolve',
  summary: 'Says how a request ended of which Flagman cannot tell.',
  examples: ['resolve CR-1042 as done', 'resolve CR-1042 as failed', 'resolve CR-1042'],
  details: [
    'It takes a role that may approve. Look the sign-ins up in Entra ID first.',
    'Only requests in the state "unknown" can be resolved.',
  ],
  needs: 'change',
  listed: false,
  starts: ['resolve', 'settle'],
  read: (phrase, at): ChangeCall | Problem => {
    const subject = readSubject(phrase, at);
    if (isProblem(subject)) return subject;
    const { number, next } = subject;
    if (number === undefined) return whichRequest(phrase, resolve.examples[0]);
    const call = { command: resolve, asked: phrase.text, notes: [] };
    const as = ENDS.valueAt(phrase.tokens, skipBefore(phrase, next));
    if (!isEnd(phrase, as?.next ?? next))
      return leftOver(phrase, as?.next ?? next, 'A request is resolved as done or as failed.');
    return { ...call, wish: { wish: 'resolve', number, ...(as && { as: as.value }) } };
  },
};
