import { quoted } from '../cards/entry-words.ts';
import { GAVE_UP } from '../cards/share-words.ts';
import { resultOf, riskOf } from '../cards/sign-in-words.ts';
import {
  type Concerned,
  countedEntries,
  erasedOf,
  foundBy,
  happened,
  isNameErased,
  isReasonErased,
  leftOutOf,
  placeOf,
  requestEntries,
  sharedIn,
  spanOf,
  type Told,
  targetsIn,
} from '../cards/timeline-words.ts';
import { type Actor, FLAGMAN, type TimelineEntry } from '../entra/ledger-event.ts';
import type { Snapshot } from '../entra/share.ts';
import { isoOf } from '../lib/time.ts';
import type { Content } from './file.ts';
import type { Cell, Named } from './table.ts';
import { localTime } from './times.ts';

/** One row: an entry, and one of the sign-ins that it is about, if it is about any. */
interface Line {
  readonly entry: TimelineEntry;
  readonly what: string;
  readonly concerned?: Concerned;
  readonly snapshot?: Snapshot;
  /** What is stored of the share is not what the ledger recorded. */
  readonly isEdited?: true;
}

interface Column extends Named {
  readonly of: (line: Line) => Cell;
}

const column = (key: string, title: string, of: Column['of']): Column => ({ key, title, of });

type SignIn = NonNullable<Concerned['signIn']>;

/** What the log says of a sign-in, as it was when it was shared or asked about; it says nothing of an effect. */
const logColumn = (key: string, title: string, of: (signIn: SignIn) => Cell): Column =>
  column(key, title, ({ entry, concerned }) =>
    concerned?.signIn && (entry.kind === 'shared' || entry.kind === 'requested')
      ? of(concerned.signIn)
      : undefined,
  );

/** "share 12", "CR-1001" */
const subjectOf = ({ entry }: Line): Cell => {
  if (entry.kind === 'incident') return undefined;
  return entry.kind === 'shared' ? `share ${entry.share}` : `CR-${entry.approval}`;
};

/** What was sent to Graph, and what was tested on the rows afterwards. */
const filterOf = ({ snapshot }: Line): Cell =>
  snapshot && [
    snapshot.answer.filter,
    ...snapshot.answer.secondPass.map((test) => `tested by Flagman: ${test}`),
  ];

/** Whether the row says all that there was to say, and why not. */
const completeOf = ({ entry, snapshot, concerned, isEdited }: Line): string => {
  const verdict = snapshot?.answer.verdict;
  const gaps = [
    ...(isNameErased(entry) ? ['the name was erased'] : []),
    ...(isReasonErased(entry) ? ['the reason was erased'] : []),
    ...(entry.kind === 'shared' && !snapshot
      ? [isEdited ? 'what is stored of it was changed' : 'the rows were erased']
      : []),
    ...(concerned && !concerned.signIn ? ['the request is no longer kept'] : []),
    ...(verdict && !verdict.finished ? [`reading stopped early (${verdict.why})`] : []),
  ];
  return gaps.length === 0 ? 'yes' : `no: ${gaps.join(', ')}`;
};

const columnsIn = (zone: string): readonly Column[] => [
  column('entry', 'Entry', ({ entry }) => entry.seq),
  column('time', 'Time (UTC)', ({ entry }) => isoOf(entry.at)),
  column('localTime', `Time (${zone})`, ({ entry }) => localTime(isoOf(entry.at), zone)),
  column('kind', 'Kind', ({ entry }) => entry.kind),
  column('who', 'Who', ({ entry }) => (isNameErased(entry) ? undefined : entry.name || FLAGMAN.name)),
  column('whoId', 'Object id', ({ entry }) => entry.personId),
  column('subject', 'About', subjectOf),
  column('what', 'What happened', ({ what }) => what),
  column('signInId', 'Request id', ({ concerned }) => concerned?.id),
  logColumn('signInTime', 'Sign-in at (UTC)', (signIn) => signIn.createdDateTime),
  column('user', 'User', ({ concerned }) => concerned?.signIn?.userPrincipalName),
  logColumn('address', 'IP address', (signIn) => signIn.ipAddress),
  logColumn('app', 'App', (signIn) => signIn.appDisplayName),
  logColumn('result', 'Result', (signIn) => resultOf(signIn).text),
  logColumn('risk', 'Risk', (signIn) => riskOf(signIn).text),
  column('filter', 'Filter sent to Microsoft Graph', filterOf),
  column('complete', 'Complete', completeOf),
  column('hash', 'SHA-256 of what was shared', ({ entry }) =>
    entry.kind === 'shared' ? entry.hash : undefined,
  ),
];

const BRIEF = ['time', 'localTime', 'subject', 'what', 'signInId', 'user', 'result', 'risk', 'complete'];

/** The rows of an entry: one for each sign-in, or one without. */
const linesOf = (entry: TimelineEntry, told: Told, what: string): readonly Line[] => {
  if (entry.kind === 'incident') return [{ entry, what }];
  const share = entry.kind === 'shared' ? told.shares.get(entry.share) : undefined;
  const snapshot = entry.kind === 'shared' ? sharedIn(entry, told) : undefined;
  const concerned: readonly Concerned[] =
    entry.kind === 'shared'
      ? (snapshot?.answer.rows.map(({ signIn }) => ({ id: signIn.id, signIn })) ?? [])
      : targetsIn(entry, told);
  const words = [
    what,
    ...(snapshot ? [`${foundBy(snapshot)}.`] : []),
    ...(share?.isGivenUp ? [GAVE_UP] : []),
  ];
  const line: Line = {
    entry,
    what: words.join(' '),
    ...(snapshot && { snapshot }),
    ...(share?.isEdited && { isEdited: true }),
  };
  return concerned.length === 0 ? [line] : concerned.map((one) => ({ ...line, concerned: one }));
};

/** Everything in the ledger's order; nothing is folded, as it is on a card. */
function* linesIn(told: Told): Generator<Line> {
  const requests = requestEntries(told.entries);
  const begun = new Set<number>();
  for (const newest of told.entries) {
    const isAgain = newest.kind === 'claimed' && begun.has(newest.approval);
    if (newest.kind === 'claimed') begun.add(newest.approval);
    const run = { newest, count: 1, times: isAgain ? 1 : 0, isSent: false };
    yield* linesOf(newest, told, happened(run, told, requests));
  }
}

/** Who takes a timeline away, when (epoch milliseconds), and the zone of the local times. */
export interface Taking {
  readonly by: Actor;
  readonly at: number;
  readonly zone: string;
}

/** The timeline of an incident as a file: every shared row, request, vote and effect, in the ledger's order. */
export const timelineFile = (told: Told, { by, at, zone }: Taking): Content => {
  const { name, entries } = told;
  const columns = columnsIn(zone);
  const fact = (key: string, title: string, value: Cell) => ({ key, title, value });
  return {
    summary: `${countedEntries(entries.length)} of the timeline of ${name}`,
    head: {
      title: `Timeline of ${name}, exported by Flagman`,
      facts: [
        fact('incident', 'Incident', name),
        fact('place', 'Place', placeOf(told, zone)),
        fact('exportedAt', 'Exported at (UTC)', isoOf(at)),
        fact('exportedBy', 'Exported by', `${quoted(by.name, 40)} (${by.id})`),
        fact('entries', 'Entries', entries.length),
        fact('leftOut', 'Left out', leftOutOf(told)),
        fact('localZone', 'Zone of the local times', zone),
      ],
      completeness: `${spanOf(told, zone)}. ${erasedOf(told)}`,
      columns,
    },
    brief: BRIEF,
    *rows() {
      for (const line of linesIn(told)) yield columns.map(({ of }) => of(line));
    },
  };
};
