import { leftOver } from '../changes/left-over.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { ChangeCall, Command } from '../command.ts';
import { isPoliteEnd } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import type { Problem } from '../problem.ts';
import { notAnIncident, readIncident } from './incident-name.ts';

const EXAMPLE = 'this is incident INC-204';

const MOVES = 'move incident';

const pastHere = ({ tokens }: Phrase, at: number): number => {
  let next = at;
  while (['here', 'to', 'into', 'this', 'thread', 'now'].includes(wordAt(tokens, next))) next += 1;
  return next;
};

/** "this is incident INC-204": makes the thread the place where what belongs to the incident is shared. */
export const thisIsIncident: Command = {
  name: 'this is incident',
  summary: 'Makes this thread the place of an incident, where rows are shared and requests belong to it.',
  examples: [EXAMPLE, 'move incident INC-204 here'],
  details: [
    'An incident has one place, and a thread belongs to one incident.',
    'Requests whose cards stand in the thread already belong to the incident from then on.',
  ],
  needs: 'reader',
  listed: { title: 'this is incident', only: 'group' },
  starts: [
    ...wordsIn('this is incident, this is the incident, this thread is incident, this channel is incident'),
    ...wordsIn('this chat is incident, this is the thread of incident, this is the thread for incident'),
    ...wordsIn('this is the place of incident, start incident, open incident'),
    MOVES,
  ],
  read: (phrase, at, said): ChangeCall | Problem => {
    const named = readIncident(phrase, at);
    if (!named) return notAnIncident(phrase, at, EXAMPLE);
    const end = pastHere(phrase, named.next);
    if (!isPoliteEnd(phrase.tokens, end))
      return leftOver(phrase, end, 'A thread is made the place of an incident by its name alone.');
    const wish = { wish: 'incident', name: named.value, moves: said === MOVES } as const;
    return { command: thisIsIncident, asked: phrase.text, wish, notes: [] };
  },
};
