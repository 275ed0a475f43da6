import { sharedRows } from '../../cards/share-words.ts';
import type { HelpView, ProblemView } from '../../cards/view.ts';
import { sayings } from '../../commands/problem.ts';
import type { Incident } from '../../entra/incident.ts';
import type { Made } from './share.ts';
import { whyGivenUp } from './unposted.ts';

const problem = (
  what: string,
  why: string,
  next: string,
  suggestions: ProblemView['suggestions'] = [],
): ProblemView => ({ card: 'problem', what, why, next, suggestions });

/** The rows that a share may hold: what one card shows. */
export const MOST_ROWS = 10;

export const noSuchShare = (number: number): ProblemView =>
  problem(
    `There is no share ${number}.`,
    'Nothing was shared under this number.',
    'The timeline of its incident names what was.',
    sayings('incidents'),
  );

export const rowsErased = (number: number): ProblemView =>
  problem(
    `The rows of share ${number} are no longer kept.`,
    'Names and rows are erased after a while; their SHA-256 stays in the ledger.',
    'Ask for the sign-ins anew.',
  );

export const rowsEdited = (number: number): ProblemView =>
  problem(
    `What is stored of share ${number} was changed.`,
    'It is not what the ledger recorded, so nothing of it is shown.',
    `What it was changed from nobody can tell from the store: ask for the sign-ins anew. "verify share ${number}" says more.`,
    sayings(`verify share ${number}`),
  );

/** The form was sent without an incident. */
export const notShared = problem(
  'Choose an incident first.',
  'Rows are posted into the thread of an incident. Nothing was shared.',
  'Choose one of the list, and press Share again.',
);

const SNAPSHOT_ONLY = {
  'role-needed': 'To ask again takes a role that may read sign-ins.',
  'personal-chat-only': 'To ask again takes a role that may read sign-ins.',
  'roles-unknown': 'Whether you may ask again could not be read from Entra ID.',
} as const;

/** Whoever may not read sees what was shared, and no more. */
export const snapshotOnly = (why: keyof typeof SNAPSHOT_ONLY): ProblemView =>
  problem(
    SNAPSHOT_ONLY[why],
    'What was shared stands on the card.',
    'Ask somebody with such a role to refresh it.',
  );

/** There is no answer here to share from. */
export const nothingToShare = problem(
  'There is nothing here to share.',
  'Rows of the last answer that you were shown in this conversation are shared, or of the card that you reply to.',
  'Ask first, for example: risky sign-ins last 24h',
  sayings('risky sign-ins last 24h', 'help share'),
);

export const noSuchRow = (rows: readonly number[], last: number): ProblemView =>
  problem(
    `The last answer has no row ${rows.map((row) => `#${row}`).join(', ')}.`,
    last === 0 ? 'It has no rows at all.' : `Its last row is #${last}.`,
    'Nothing was shared. Look at the numbers on its card.',
  );

/** Nobody has said yet where this incident is talked about. */
export const noSuchIncident = (name: string): ProblemView =>
  problem(
    `No thread is the place of ${name}.`,
    'Rows are posted into the thread of an incident, and nobody has named that of this one. Nothing was shared.',
    `Say in that thread: this is incident ${name}`,
    sayings('incidents'),
  );

/** Several incidents could be meant, or none is known. */
export const whichIncident = (incidents: readonly Incident[], asked: string): ProblemView => {
  if (incidents.length === 0)
    return problem(
      'No incident has a thread yet.',
      'Rows are posted into the thread of an incident. Nothing was shared.',
      'Say in its thread, for example: this is incident INC-204',
    );
  const plain = asked.replace(/\s+(?:to|with|in|into)\s+(?:the\s+)?(?:incident|thread|ticket).*$/i, '');
  return problem(
    'Which incident? None is named, and this thread is the place of none.',
    'What is posted into the wrong thread cannot be taken back. Nothing was shared.',
    'Name it:',
    incidents.map(({ name }) => ({ title: name, say: `${plain} to incident ${name}` })),
  );
};

/** The conversation of the incident cannot be spoken in. */
export const placeGone = (name: string): ProblemView =>
  problem(
    `Flagman no longer knows the thread of ${name}.`,
    'It was removed, or Flagman was. Nothing was shared.',
    `Say in the right thread: this is incident ${name}`,
  );

/** Where only one person reads along, nobody can be shared with. */
export const needsThread = (name: string): ProblemView =>
  problem(
    'A personal chat cannot be the place of an incident.',
    'Nobody else reads it.',
    `Say this in the thread where the incident is talked about: this is incident ${name}`,
  );

/** The incident is talked about elsewhere. */
export const elsewhere = ({ name }: Incident): ProblemView =>
  problem(
    `${name} has another thread already.`,
    'An incident has one place; what was shared before stays where it is.',
    'If this one shall take over:',
    sayings(`move incident ${name} here`),
  );

/** This thread belongs to another incident. */
export const taken = (here: Incident, name: string): ProblemView =>
  problem(
    `This thread is the place of ${here.name}.`,
    'A thread belongs to one incident, or its timeline would mix two.',
    `If ${name} shall take it over, and ${here.name} shall have no thread:`,
    sayings(`move incident ${name} here`),
  );

export const declared = (name: string, requests: readonly number[], isNew: boolean): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: isNew ? `This thread is the place of ${name}` : `This thread is the place of ${name} already`,
  paragraphs: [
    `Rows are shared here by "share #2 to incident ${name}", from any chat. What is asked for in this thread belongs to ${name}.`,
    ...(requests.length === 0
      ? []
      : [
          `So do the requests whose cards stand here: ${requests.map((number) => `CR-${number}`).join(', ')}.`,
        ]),
  ],
  sections: [],
  suggestions: sayings(`timeline ${name}`, 'incidents'),
});

const ARRIVED = {
  posted: (name: string) => `Its card stands in the thread of ${name}, and can never be changed.`,
  waiting: (name: string) =>
    `Its card could not be posted into the thread of ${name} yet; Flagman tries on, and tells you if it has to give up.`,
} as const;

/** The same was shared before, and nothing that stands there can be vouched for. */
const sharedButEdited = (number: number): HelpView => {
  const { why, next, suggestions } = rowsEdited(number);
  return {
    card: 'help',
    isGeneral: true,
    title: `This is shared already, as share ${number}, and what is stored of it was changed`,
    paragraphs: [why, next],
    sections: [],
    suggestions,
  };
};

/** The word to whoever shared from elsewhere. */
export const shared = ({ share, incident: { name }, isNew, state }: Made): HelpView => {
  const { number, snapshot } = share;
  if (state === 'edited') return sharedButEdited(number);
  const isUnderWay = state === 'posted' || state === 'waiting';
  const done = isNew ? `Shared as share ${number}` : `This is shared already, as share ${number}`;
  return {
    card: 'help',
    isGeneral: true,
    title: isUnderWay ? done : `Share ${number} is kept, but Flagman gave up its card`,
    paragraphs: [
      ...(snapshot ? [`It shows: ${sharedRows(snapshot)}.`] : []),
      isUnderWay ? ARRIVED[state](name) : whyGivenUp(state, name),
      'It stands in the ledger with the SHA-256 of its rows.',
    ],
    sections: [],
    suggestions: sayings(`timeline ${name}`, `verify share ${number}`),
  };
};
