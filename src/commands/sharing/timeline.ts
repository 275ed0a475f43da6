import type { Told } from '../../cards/timeline-words.ts';
import type { HelpView, ProblemView, View } from '../../cards/view.ts';
import type { FileFormat } from '../../entra/file.ts';
import { formatAt } from '../all/export.ts';
import { leftOver } from '../changes/left-over.ts';
import { bareNumber, resemblesNumber } from '../changes/number.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { Call, ChangeCall, Command, Powers } from '../command.ts';
import { isPoliteEnd, skipPolite } from '../language/fillers.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { type Problem, sayings } from '../problem.ts';
import { readIncident } from './incident-name.ts';

/** What each word is for; the words of a timeline go in any order. */
const WORDS: ReadonlyMap<string, 'timeline' | 'history' | 'incident' | 'file' | 'filler'> = new Map(
  (
    [
      ['timeline', 'timeline, timelines, time-line, chronology'],
      ['history', 'history, happened, story, events, log, status, line'],
      ['incident', 'incident, ticket, case'],
      ['file', 'export, download, save, file'],
      [
        'filler',
        `show, me, us, see, view, get, give, print, tell, the, a, an, of, for, on, in, to, with, about, from, as, into, what,
        whats, has, have, so, far, during, here, this, thread, all, whole, full, entire, data, complete, and, format, time`,
      ],
    ] as const
  ).flatMap(([use, words]) => wordsIn(words).map((word) => [word, use] as const)),
);

/** What a phrase says before the first word that a timeline has no use for. */
interface Said {
  readonly name?: string;
  /** Index of the token after the name. */
  readonly named: number;
  readonly format?: FileFormat;
  readonly uses: ReadonlySet<string>;
  /** Index of the first token that was not read. */
  readonly end: number;
}

const scan = (phrase: Phrase): Said => {
  const uses = new Set<string>();
  let said: Pick<Said, 'name' | 'named' | 'format'> = { named: 0 };
  let at = skipPolite(phrase.tokens);
  for (;;) {
    const use = WORDS.get(wordAt(phrase.tokens, at));
    const format = use === undefined ? formatAt(phrase, at) : undefined;
    const isName = use === undefined && format === undefined && said.name === undefined;
    const name = isName && !resemblesNumber(phrase.tokens, at) ? readIncident(phrase, at) : undefined;
    if (use !== undefined) uses.add(use);
    else if (format) said = { ...said, format: format.format };
    else if (name) said = { ...said, name: name.value, named: name.next };
    else return { ...said, uses, end: at };
    at = format?.next ?? name?.next ?? at + 1;
  }
};

/** "INC-204" by itself is an incident, unless it means something to a question, as AADSTS-50126 does. */
const standsAlone = (phrase: Phrase, { named }: Said): boolean =>
  phrase.tokens[named - 1]?.text.includes('-') === true && phrase.clauseAt(named - 1) === undefined;

/** Whether a phrase means an incident by its name, or the one whose thread this is. */
const isMeant = (phrase: Phrase, said: Said): boolean => {
  const { name, uses } = said;
  if (uses.has('timeline')) return true;
  if (name === undefined) return uses.has('incident') && uses.has('history');
  return uses.has('incident') || uses.has('history') || standsAlone(phrase, said);
};

/** What there is to say of a name that no incident has. */
export const noSuchIncident = (name: string): ProblemView => ({
  card: 'problem',
  what: `Nothing is known of ${name}.`,
  why: 'The ledger has no entry about it.',
  next: `A thread becomes its place when somebody says in it: this is incident ${name}`,
  suggestions: sayings('incidents'),
});

/** Whether there is anything to tell of an incident. */
export const isKnown = ({ incident, entries }: Told): boolean => incident !== undefined || entries.length > 0;

/** What there is to say where no incident is named, and none has this place. */
export const noIncidentHere = (): HelpView => ({
  card: 'help',
  title: 'This is not the thread of an incident',
  paragraphs: ['Name the incident, for example: timeline INC-204'],
  sections: [],
  suggestions: sayings('incidents', 'help timeline'),
});

const show = async ({ timeline: read, zone, now }: Powers, name: string): Promise<View> => {
  const told = await read(name);
  return isKnown(told) ? { card: 'timeline', ...told, first: 0, zone, now } : noSuchIncident(name);
};

const run = async (powers: Powers, name: string | undefined): Promise<View> => {
  const meant = name ?? (await powers.incidentHere())?.name;
  return meant === undefined ? noIncidentHere() : show(powers, meant);
};

const fileOf = ({ text }: Phrase, { name, format = 'csv' }: Said): ChangeCall => ({
  command: timeline,
  asked: text,
  wish: { wish: 'file', of: name === undefined ? 'timeline' : { timeline: name }, format },
  notes: [],
});

/** Words behind a timeline that it has no use for; "timeline 1042" may mean a request. */
const tooMuch = (phrase: Phrase, { name, end }: Said): Problem | undefined =>
  name === undefined
    ? bareNumber(phrase, end)
    : leftOver(phrase, end, 'A timeline is told whole.', `timeline ${name}`);

/** "timeline INC-204": what was shared, asked for, decided and done in an incident, on a card or as a file. */
export const timeline: Command = {
  name: 'timeline',
  summary: 'Everything that happened in an incident, by the ledger: as a card, or as a file.',
  examples: [
    'timeline INC-204',
    'what happened in INC-204',
    'timeline INC-204 as csv',
    'export INC-204 timeline as csv',
  ],
  details: [
    'It tells what was shared, asked for, voted, refused and done, the newest first, with the times in UTC and your zone.',
    'In the thread of an incident "timeline" is enough, or "timeline as csv". As a file it is csv, json lines or markdown.',
    'Names, reasons and rows are kept for a while only; after that object ids and hashes stand there.',
  ],
  needs: 'reader',
  listed: { title: 'timeline', only: 'group' },
  read: (phrase): Call | ChangeCall | Problem | undefined => {
    const said = scan(phrase);
    const { name, format, uses, end } = said;
    const isFile = format !== undefined || uses.has('file');
    if (!isMeant(phrase, said)) return undefined;
    if (!isPoliteEnd(phrase.tokens, end)) return uses.has('timeline') ? tooMuch(phrase, said) : undefined;
    if (isFile) return fileOf(phrase, said);
    return {
      command: timeline,
      asked: phrase.text,
      aboutMe: false,
      notes: [],
      run: (powers) => run(powers, name),
    };
  },
};
