import type { Command } from '../command.ts';
import { actionLater, LATER_VERBS } from '../later/later.ts';

/** Everything that cannot be said yet but will be: recognised, so that the answer says what is there. */
export const later: Command = {
  name: 'later',
  summary: 'What Flagman cannot do yet: changes to accounts, watches, questions to users.',
  examples: ['block user@contoso.com'],
  details: [],
  needs: 'nothing',
  listed: false,
  starts: LATER_VERBS,
  read: (_phrase, _at, said) => actionLater(said),
};
