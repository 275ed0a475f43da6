import type { HelpView } from '../../cards/view.ts';
import { approvalsView } from '../changes/states.ts';
import type { Clause, Phrase } from '../clauses/clause.ts';
import type { Command } from '../command.ts';
import { gapLines } from '../gaps.ts';
import { nearest } from '../language/did-you-mean.ts';
import { wordsIn } from '../language/words-in.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';
import { flaggingView } from './flagging.ts';

/** What there is to say, apart for the overview. */
interface Topics {
  readonly questions: readonly Command[];
  readonly changes: readonly Command[];
  readonly sharing: readonly Command[];
  readonly clauses: readonly Clause[];
}

const rowsOf = (declared: readonly (Command | Clause)[]) =>
  declared.map((one) => ({ say: one.examples[0], means: 'summary' in one ? one.summary : one.doc }));

/** The names of the clauses in one line: on a phone, a row for each would bury what stands above. */
const narrowing = (clauses: readonly Clause[]) => ({
  say: clauses.flatMap(({ name, variant }) => (variant ? [] : [name])).join(' · '),
  means: 'Say "help" and one of these for examples.',
});

const overview = ({ questions, changes, sharing, clauses }: Topics, gaps: readonly string[]): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: 'What Flagman understands',
  paragraphs: [
    'Ask for sign-ins in plain words; the clauses go in any order.',
    'Every answer says what was asked of Entra ID, from when to when, and whether all of it was read.',
    ...gaps,
  ],
  sections: [
    { heading: 'What to ask', rows: rowsOf(questions.filter(({ listed }) => listed)) },
    { heading: 'Changes and approvals', rows: rowsOf(changes) },
    { heading: 'Incidents and what is shared', rows: rowsOf(sharing) },
    { heading: 'What narrows it, in any order', rows: [narrowing(clauses)] },
  ],
  suggestions: sayings('flagged today', 'risky sign-ins last 24h', 'help flagged', 'help flagging'),
});

const commandView = ({ name, summary, details, examples, needs }: Command): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: name,
  paragraphs: [summary, ...details],
  sections: [{ heading: 'For example', rows: examples.map((say) => ({ say, means: '' })) }],
  // An example on a button would ask for a change of whatever stands in that row.
  suggestions: sayings(
    ...(needs === 'change' ? ['help approvals', 'pending approvals'] : examples.slice(0, 3)),
  ),
});

const clauseView = ({ name, doc, examples }: Clause): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: name,
  paragraphs: [doc],
  sections: [{ heading: 'For example', rows: examples.map((say) => ({ say, means: '' })) }],
  suggestions: sayings(...examples.slice(0, 3)),
});

const FLAGGING = new Set(
  wordsIn(`
  flagging, flag, enable flagging, how to flag, flag a sign-in, flagging sign-ins
`),
);

const APPROVALS = new Set(
  wordsIn(`
  approvals, approval, approving, four eyes, four-eyes, changes, change, requests, states, changes and approvals
`),
);

/** "sign-ins", "signins" and "sign ins" are one topic. */
const squeezed = (name: string): string => name.toLowerCase().replace(/[ -]/g, '');

const named = <Declared extends { readonly name: string }>(
  declared: readonly Declared[],
  topic: string,
): Declared | undefined => {
  const wanted = squeezed(topic);
  return (
    declared.find(({ name }) => squeezed(name) === wanted) ??
    declared.find(({ name }) => squeezed(name) === `${wanted}s` || `${squeezed(name)}s` === wanted)
  );
};

const commandsOf = ({ questions, changes, sharing }: Topics): readonly Command[] => [
  ...questions,
  ...changes,
  ...sharing,
];

const viewOf = (topic: string, topics: Topics, gaps: readonly string[]): HelpView | undefined => {
  const { clauses } = topics;
  if (FLAGGING.has(topic)) return flaggingView();
  if (APPROVALS.has(topic)) return approvalsView();
  if (topic === 'help') return overview(topics, gaps);
  const command = named(commandsOf(topics), topic);
  if (command) return commandView(command);
  const clause = named(clauses, topic) ?? clauses.find(({ words }) => words.includes(topic));
  return clause && clauseView(clause);
};

const noTopic = (phrase: Phrase, at: number, topics: Topics): Problem => {
  const first = phrase.tokens[at] ?? { start: 0, end: 0 };
  const place = placeOf(first, phrase.tokens.at(-1) ?? first);
  const topic = phrase.text.slice(place.start, place.start + place.length);
  const names = [...commandsOf(topics), ...topics.clauses].map(({ name }) => name);
  const similar = nearest(topic.toLowerCase(), [...names, 'flagging', 'approvals']).map(
    (name) => `help ${name}`,
  );
  return {
    problem: 'unknown-command',
    what: `There is no help about "${topic}".`,
    why: 'Help knows the commands and the clauses of a question.',
    next: 'Ask for the whole list with "help".',
    suggestions: sayings(...similar, 'help'),
    at: place,
  };
};

const ABOUT_ALL = wordsIn(`
  help me, what can i say, what can i ask, what can you do, what do you do, what are you, who are you,
  commands, list commands, show commands, show help, menu, how does this work, how do you work,
  what commands are there, options, hi, hello, hey
`);

const ABOUT_TOPIC = wordsIn(`
  help, help with, help about, help on, help for, help me with, man, usage, how to use, how do i use
`);

const ABOUT_FLAGGING = wordsIn(`
  how do i flag, how do users flag, how does a user flag, how can a user flag, how can users flag,
  how can i flag, how to flag, how to enable flagging, how do i enable flagging, how does flagging work,
  enable flagging, turn on flagging, what is flagging
`);

const ABOUT_FLAGGED = wordsIn(`
  what is a flagged sign-in, what are flagged sign-ins, what does flagged mean, what is flagged,
  explain flagged, explain flagged sign-ins
`);

/** The topic that a phrase asks about; undefined when it is no wish for help after all. */
const topicOf = ({ tokens }: Phrase, at: number, said: string): string | undefined => {
  if (ABOUT_FLAGGING.includes(said)) return 'flagging';
  if (ABOUT_FLAGGED.includes(said)) return 'flagged';
  const rest = tokens.slice(at).map(({ text }) => text.toLowerCase());
  if (rest.length === 0) return 'help';
  return ABOUT_TOPIC.includes(said) ? rest.join(' ') : undefined;
};

/** Declares "help" over what there is: every sentence of it comes from the declarations. */
export const makeHelp = (topics: Topics): Command => {
  const help: Command = {
    name: 'help',
    summary: 'What can be asked, and how.',
    examples: ['help', 'help flagged', 'help flagging', 'help approvals'],
    details: ['"help" with the name of a command or a clause tells more about it.'],
    needs: 'nothing',
    listed: { title: 'help' },
    starts: [...ABOUT_TOPIC, ...ABOUT_ALL, ...ABOUT_FLAGGING, ...ABOUT_FLAGGED],
    read: (phrase, at, said) => {
      const topic = topicOf(phrase, at, said);
      if (topic === undefined) return undefined;
      const view = viewOf(topic, topics, gapLines(phrase.context.gaps));
      if (view === undefined) return noTopic(phrase, at, topics);
      const run = () => Promise.resolve(view);
      return { command: help, asked: phrase.text, aboutMe: false, notes: [], run };
    },
  };
  return help;
};
