import type { HelpView } from '../../cards/view.ts';
import type { SignInAnswer } from '../../entra/query.ts';
import type { Call, Command, Powers, Shown } from '../command.ts';
import { wordsIn } from '../language/words-in.ts';
import { sayings } from '../problem.ts';
import { nothingShown } from './next-page.ts';

const sentAndTested = ({ filter, secondPass }: SignInAnswer): readonly string[] => [
  `Sent to Graph: ${filter}`,
  secondPass.length === 0
    ? 'Flagman tested nothing else on the rows.'
    : `Tested on the rows by Flagman: ${secondPass.join('; ')}.`,
];

const describe = ({ asked, answer, notes }: Shown): HelpView => ({
  card: 'help',
  title: 'The filter of the last answer',
  paragraphs: [
    `Asked: ${asked}`,
    ...(answer.filter === '' ? ['Nothing was sent to Graph.'] : sentAndTested(answer)),
    `Scope: ${answer.scope.from} to ${answer.scope.to} UTC; ${answer.scope.eventTypes.join(', ')}.`,
    ...notes,
    ...answer.notes,
  ],
  sections: [],
  suggestions: answer.rows.length > 0 ? sayings(asked, 'next page') : sayings(asked),
});

const run = async (powers: Powers): Promise<HelpView> => {
  const shown = await powers.lastShown();
  return shown === undefined ? nothingShown() : describe(shown);
};

/** What exactly Graph was asked for the last answer. */
export const filterUsed: Command = {
  name: 'what filter did you use',
  summary: 'The filter that was sent to Graph for the last answer, and what was tested afterwards.',
  examples: ['what filter did you use', 'show the filter'],
  details: [],
  needs: 'last-answer',
  listed: false,
  starts: ['what', 'which', 'show', 'show me', 'print', 'the', 'see']
    .flatMap((word) =>
      [
        'filter',
        'query',
        'the filter',
        'the query',
        'was the filter',
        'was the query',
        'is the filter',
        'odata',
      ].map((noun) => `${word} ${noun}`),
    )
    .concat('filter', 'query', 'what did you ask', 'what did you send', 'what did you query'),
  read: (phrase, at): Call | undefined => {
    const rest = phrase.tokens.slice(at).every(({ lower }) => REST.has(lower));
    return rest ? { command: filterUsed, asked: phrase.text, aboutMe: false, notes: [], run } : undefined;
  },
};

const REST = new Set(
  wordsIn(`
    did, you, use, used, was, it, that, is, were, for, last, the, this, answer, query, filter, of,
    graph, send, sent, ask, asked, to, there, please, just, have
  `),
);
