import type { Command } from '../command.ts';
import { wordsIn } from '../language/words-in.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';

const VERBS = wordsIn(`
  delete, remove, erase, purge, drop, wipe, clear, edit, modify, change, update, alter, hide,
  insert, create, overwrite, truncate, destroy, forget, undo
`);

/** What nobody can do: the log cannot be changed. */
export const impossible: Command = {
  name: 'impossible',
  summary: 'The sign-in log can be read, not changed.',
  examples: ['delete sign-ins for user@contoso.com'],
  details: [],
  needs: 'nothing',
  listed: false,
  starts: VERBS,
  read: (phrase, at): Problem | undefined => {
    const verb = phrase.tokens[at - 1];
    if (verb === undefined) return undefined;
    const rest = phrase.text.slice(verb.end).trim();
    return {
      problem: 'impossible',
      what: `The sign-in log cannot be changed, so there is no "${verb.text}".`,
      why: 'Entra ID keeps the log; nobody can take entries out of it or alter them.',
      next: 'It can be read:',
      suggestions: rest === '' ? sayings('flagged today', 'help') : sayings(`show ${rest}`, 'help'),
      at: placeOf(verb, verb),
    };
  },
};
