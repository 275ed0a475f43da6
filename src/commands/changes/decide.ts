import type { ChangeCall, Command, Wish } from '../command.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem, type Problem } from '../problem.ts';
import { leftOver } from './left-over.ts';
import { readRest } from './reason.ts';
import { isEnd, readSubject, type Subject } from './subject.ts';

const REPLIED_TO = 'No number is named: the request is meant whose card is replied to.';

const notesOn = ({ number }: Subject): readonly string[] => (number === undefined ? [REPLIED_TO] : []);

type Declared = Pick<Command, 'name' | 'summary' | 'examples' | 'details' | 'starts'>;

/** Declares a decision that is said with its number and nothing else. */
const plainDecision = (wish: 'approve' | 'withdraw', why: string, declared: Declared): Command => {
  const command: Command = {
    ...declared,
    needs: 'change',
    listed: false,
    read: (phrase, at): ChangeCall | Problem => {
      const subject = readSubject(phrase, at);
      if (isProblem(subject)) return subject;
      const { next, ...named } = subject;
      if (!isEnd(phrase, next)) return leftOver(phrase, next, why);
      return { command, asked: phrase.text, wish: { wish, ...named }, notes: notesOn(subject) };
    },
  };
  return command;
};

/** "approve CR-1042": shows what it is about once more, with the button that approves. */
export const approve = plainDecision(
  'approve',
  'The reason stands in the request; an approval adds nothing to it.',
  {
    name: 'approve',
    summary: 'Approves a request: shows what it changes, with the button that does it.',
    examples: ['approve CR-1042', 'approve'],
    details: [
      'Without a number it is the request whose card you reply to.',
      'Who asked never counts as approver, and your role is read anew at that moment.',
    ],
    starts: wordsIn('approve, accept, approve of'),
  },
);

/** "withdraw CR-1042": whoever asked takes the request back. */
export const withdraw = plainDecision('withdraw', 'A request is withdrawn by its number alone.', {
  name: 'withdraw',
  summary: 'Takes your own request back while nobody has decided about it.',
  examples: ['withdraw CR-1042', 'cancel CR-1042'],
  details: ['Without a number it is the request whose card you reply to.'],
  starts: wordsIn('withdraw, cancel, retract, take back'),
});

/** "reject CR-1042 spoke to the user": everything behind the number is the reason. */
export const reject: Command = {
  name: 'reject',
  summary: 'Rejects a request, and says why.',
  examples: ['reject CR-1042 spoke to user by phone, was travelling', 'deny CR-1042 reason: wrong user'],
  details: [
    'Everything behind the number is the reason; it is shown to whoever asked.',
    'Without a number it is the request whose card you reply to.',
  ],
  needs: 'change',
  listed: false,
  starts: wordsIn('reject, deny, decline, refuse, disapprove'),
  read: (phrase, at): ChangeCall | Problem => {
    const subject = readSubject(phrase, at);
    if (isProblem(subject)) return subject;
    const told = readRest(phrase, subject.next);
    if (isProblem(told)) return told;
    const { next: _next, ...named } = subject;
    const wish: Wish = { wish: 'reject', ...named, ...told };
    return { command: reject, asked: phrase.text, wish, notes: notesOn(subject) };
  },
};
