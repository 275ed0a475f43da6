import type { Command } from '../command.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

const WHAT = 'It is not clear what is to be changed.';
const CHANGES = 'Sign-ins can be confirmed compromised, confirmed safe, or have their risk dismissed.';
const EXAMPLE = 'For example: confirm compromised #1 reason: user denies travel';

/** "confirm #1": a verb of changes that does not say which change. */
export const unclear: Command = {
  name: 'unclear',
  summary: 'Says which changes there are.',
  examples: ['confirm'],
  details: [],
  needs: 'nothing',
  listed: false,
  starts: ['confirm', 'mark'],
  read: (phrase, at): Problem => {
    const verb = phrase.tokens[at - 1] ?? { start: 0, end: 0 };
    const token = phrase.tokens[at];
    // An unknown word is compared with the words that there are; "help …" is offered where there is none.
    return {
      problem: token === undefined ? 'missing-argument' : 'unknown-word',
      what: WHAT,
      why: CHANGES,
      next: EXAMPLE,
      suggestions: token === undefined ? sayings('help confirm compromised', 'help approvals') : [],
      at: placeOf(token ?? verb, token ?? verb),
    };
  },
};
