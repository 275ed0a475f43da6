import { z } from 'zod';
import type { TimelineEntry } from '../entra/ledger-event.ts';
import type { SignIn } from '../entra/sign-in.ts';
import { confusable, showText } from '../lib/text.ts';
import { counted, readingOf } from './answer-words.ts';
import type { Run as EntryRun } from './entry-runs.ts';
import { timeOf } from './history-lines.ts';
import { GAVE_UP, hashWords } from './share-words.ts';
import { Head, headOf, Run } from './sign-in-row.ts';
import { LOOK_ALIKE } from './sign-in-words.ts';
import { Text } from './template.ts';
import {
  aboutOf,
  foundBy,
  happened,
  type RequestEntry,
  type ShareEntry,
  sharedIn,
  targetsIn,
} from './timeline-words.ts';
import type { TimelineView } from './view.ts';

/** One entry, or a run of them that says one thing. */
export const TimelineLine = z.strictObject({
  about: Run,
  when: Text,
  what: Text,
  /** What was shared, in a box; no box where nothing was. */
  boxes: z.array(z.strictObject({ rows: z.array(Head) })),
  /** What else there is to know, in small letters. */
  notes: z.array(Text),
});

export type TimelineLine = z.infer<typeof TimelineLine>;

/** What stands below the sentence. */
interface Rest {
  readonly rows: readonly z.infer<typeof Head>[];
  readonly notes: readonly string[];
}

/** As many as a request has targets. */
const MOST_ROWS = 10;

const headOfRow = (signIn: SignIn, zone: string, confirmed = true): z.infer<typeof Head> =>
  headOf({ signIn, confirmed }, zone, { id: 72, name: 24 });

const gone = ({ share, hash }: ShareEntry, { shares }: TimelineView): Rest => {
  const why = shares.get(share)?.isEdited
    ? 'What is stored of it was changed, so it is not shown.'
    : 'Its rows are no longer kept.';
  return { rows: [], notes: [`${why} SHA-256 ${hashWords(showText(hash, 64))}`] };
};

/** The rows that were shared, and which question had found them. */
const shared = (entry: ShareEntry, view: TimelineView): Rest => {
  const snapshot = sharedIn(entry, view);
  if (!snapshot) return gone(entry, view);
  const { answer, of } = snapshot;
  const left = answer.rows.length - MOST_ROWS;
  const rows = answer.rows.slice(0, MOST_ROWS).map(({ signIn, confirmed }, index) => {
    const head = headOfRow(signIn, view.zone, confirmed);
    return { ...head, who: `#${index + 1} ${head.who}` };
  });
  return {
    rows,
    notes: [
      ...(left > 0 ? [`and ${counted(left, 'more row')}, which stand in the file`] : []),
      `${foundBy(snapshot)} · ${readingOf(answer, of)}`,
    ],
  };
};

const userOf = (signIn: SignIn, zone: string): string => {
  const { who } = headOfRow(signIn, zone);
  return confusable(signIn.userPrincipalName ?? '') ? `${who} (${LOOK_ALIKE.text})` : who;
};

/** Whose sign-ins they are: all of a request, or the one whose change an entry is about. */
const concerned = (entry: RequestEntry, view: TimelineView): Rest => {
  const notes = targetsIn(entry, view).flatMap(({ id, signIn }) => {
    const user = signIn ? [userOf(signIn, view.zone)] : [];
    // The sentence about a change names the sign-in itself.
    return entry.kind === 'requested' ? [[...user, `sign-in ${showText(id, 36)}`].join(' · ')] : user;
  });
  return { rows: [], notes };
};

const restOf = (entry: TimelineEntry, view: TimelineView): Rest => {
  if (entry.kind === 'incident') return { rows: [], notes: [] };
  if (entry.kind !== 'shared') return concerned(entry, view);
  const { rows, notes } = shared(entry, view);
  return { rows, notes: view.shares.get(entry.share)?.isGivenUp ? [GAVE_UP, ...notes] : notes };
};

/** One line of a timeline; `requests` are all entries about requests. */
export const timelineLine = (
  run: EntryRun<TimelineEntry>,
  view: TimelineView,
  requests: readonly RequestEntry[],
): TimelineLine => {
  const { rows, notes } = restOf(run.newest, view);
  return {
    about: aboutOf(run.newest, view),
    when: timeOf(run.newest, view.zone),
    what: showText(happened(run, view, requests), 700),
    boxes: rows.length > 0 ? [{ rows: [...rows] }] : [],
    notes: notes.length > 0 ? [notes.join('\n')] : [],
  };
};
