import { FLAGMAN, type TimelineEntry } from '../entra/ledger-event.ts';
import type { Snapshot } from '../entra/share.ts';
import type { SignIn } from '../entra/sign-in.ts';
import { redact, redactRows } from '../policy/redact.ts';
import { counted } from './answer-words.ts';
import { crOf, momentOf, titleOf } from './approval-status.ts';
import { type Run, runWords } from './entry-runs.ts';
import { quoted, whoIn } from './entry-words.ts';
import { leftOut, sharedRows } from './share-words.ts';
import type { Words } from './sign-in-words.ts';
import type { Colour } from './template.ts';
import type { TimelineView } from './view.ts';

/** What a timeline tells, whoever looks at it and in whichever form. */
export type Told = Pick<TimelineView, 'name' | 'incident' | 'entries' | 'shares' | 'approvals' | 'redacted'>;

/** An entry about what was shared. */
export type ShareEntry = Extract<TimelineEntry, { readonly share: number }>;

/** An entry about a request. */
export type RequestEntry = Extract<TimelineEntry, { readonly approval: number }>;

/** The entries about requests. */
export const requestEntries = (entries: readonly TimelineEntry[]): readonly RequestEntry[] =>
  entries.filter((entry) => 'approval' in entry);

/** "1 entry", "1,200 entries" */
export const countedEntries = (count: number): string =>
  count === 1 ? '1 entry' : `${count.toLocaleString('en')} entries`;

/** What was shared, without what the place leaves out; undefined once it is no longer kept. */
export const sharedIn = ({ share }: ShareEntry, { shares, redacted }: Told): Snapshot | undefined => {
  const snapshot = shares.get(share)?.snapshot;
  return snapshot && redact(snapshot, redacted);
};

/** "2 of 4 flagged sign-ins for “flagged today”": what was shared of what, and what had been asked. */
export const foundBy = (snapshot: Snapshot): string =>
  `${sharedRows(snapshot)}${snapshot.asked === '' ? '' : ` for ${quoted(snapshot.asked, 200)}`}`;

/** A sign-in that an entry is about; without what Entra ID says of it, once the request is no longer kept. */
export interface Concerned {
  readonly id: string;
  readonly signIn?: SignIn;
}

const idsIn = ({ kind, facts }: RequestEntry): readonly string[] => {
  const { target, targets } = facts;
  if (kind === 'requested') return Array.isArray(targets) ? targets : [];
  return typeof target === 'string' ? [target] : [];
};

/** The sign-ins that an entry of a request is about, as they were when it was made. */
export const targetsIn = (entry: RequestEntry, { approvals, redacted }: Told): readonly Concerned[] => {
  const known = (approvals.get(entry.approval)?.targets ?? []).map(({ signIn }): SignIn => signIn);
  const signIns = new Map(redactRows(known, redacted).map((signIn) => [signIn.id, signIn]));
  return idsIn(entry).map((id) => {
    const signIn = signIns.get(id);
    return signIn ? { id, signIn } : { id };
  });
};

/** A reason is free text, which can quote what a place leaves out. */
const withoutReason = ({ reason: _left, ...told }: RequestEntry): RequestEntry => told;

/** What happened, in one sentence; `requests` are all entries about requests, in the ledger's order. */
export const happened = (
  { newest, ...run }: Run<TimelineEntry>,
  { name, redacted }: Told,
  requests: readonly RequestEntry[],
): string => {
  switch (newest.kind) {
    case 'incident':
      return newest.incident === name
        ? `${whoIn(newest)} made a thread the place of ${name}.`
        : `${whoIn(newest)} made the thread of ${name} that of ${newest.incident}.`;
    case 'shared':
      return `${whoIn(newest)} shared ${counted(newest.rows, 'sign-in')}.`;
    default:
      return runWords({ ...run, newest: redacted.length > 0 ? withoutReason(newest) : newest }, requests);
  }
};

/** How a change of one sign-in came out. */
const outcomeColour = (at: unknown): Colour => {
  switch (at) {
    case 'done':
      return 'Good';
    case 'waiting':
    case 'sent':
      return 'Default';
    default:
      return 'Attention';
  }
};

const colourOf = (entry: TimelineEntry): Colour => {
  switch (entry.kind) {
    case 'incident':
    case 'shared':
    case 'requested':
      return 'Accent';
    case 'approved':
      return 'Good';
    case 'rejected':
    case 'withdrawn':
    case 'expired':
    case 'voided':
    case 'declined':
      return 'Warning';
    case 'outcome':
      return outcomeColour(entry.facts.at);
    case 'ended':
      return entry.state === 'done' ? 'Good' : 'Attention';
    case 'proof':
      return entry.facts.why === undefined ? 'Good' : 'Warning';
    case 'resolved':
      return entry.facts.as === 'done' ? 'Good' : 'Warning';
    case 'facts':
    case 'claimed':
    case 'intent':
    case 'released':
      return 'Default';
  }
};

/** What an entry is about: "Share 12", "CR-1001 · Confirm compromised". */
export const aboutOf = (entry: TimelineEntry, { name, approvals }: Told): Words => {
  const colour = colourOf(entry);
  if (entry.kind === 'incident') return { text: name, colour };
  if (entry.kind === 'shared') return { text: `Share ${entry.share}`, colour };
  const approval = approvals.get(entry.approval);
  return { text: approval ? titleOf(approval) : crOf({ number: entry.approval }), colour };
};

const ALL_OF = new Intl.ListFormat('en');

/** Whether the name of whoever did it is no longer kept. */
export const isNameErased = ({ name, personId }: TimelineEntry): boolean =>
  name === '' && personId !== FLAGMAN.id;

/** How many of those who did something have no name any more. */
const namesErased = ({ entries }: Told): number =>
  new Set(entries.filter(isNameErased).map(({ personId }) => personId)).size;

/** Whether the reason of an entry that needs one is no longer kept. */
export const isReasonErased = (entry: TimelineEntry): boolean =>
  (entry.kind === 'requested' || entry.kind === 'rejected') && entry.reason === undefined;

const sharesWithout = ({ entries, shares }: Told, isEdited: boolean): number =>
  entries.filter((entry) => {
    const share = entry.kind === 'shared' ? shares.get(entry.share) : undefined;
    return entry.kind === 'shared' && !share?.snapshot && (share?.isEdited === true) === isEdited;
  }).length;

const requestsErased = ({ entries, approvals }: Told): number => {
  const numbers = requestEntries(entries).map(({ approval }) => approval);
  return new Set(numbers.filter((number) => !approvals.has(number))).size;
};

/** What is no longer kept of what the entries tell, a few words each. */
const erasedIn = (told: Told): string[] => {
  const reasons = told.entries.filter(isReasonErased).length;
  const gone: readonly (readonly [number, string])[] = [
    [namesErased(told), 'name'],
    [reasons, 'reason'],
    [sharesWithout(told, false), 'share'],
    [requestsErased(told), 'request'],
  ];
  return gone.flatMap(([count, noun]) => (count === 0 ? [] : [counted(count, noun)]));
};

/** How much there is, and from when to when. */
export const spanOf = ({ entries }: Told, zone: string): string => {
  const [first, last] = [entries[0], entries.at(-1)];
  const count = `By the ledger: ${countedEntries(entries.length)}`;
  if (!first || !last) return count;
  const [from, to] = [momentOf(first.at, zone), momentOf(last.at, zone)];
  return from === to ? `${count}, at ${from}` : `${count}, from ${from} to ${to}`;
};

/** What of it was erased, as everything personal is after a while. */
export const erasedOf = (told: Told): string => {
  const erased = erasedIn(told);
  const edited = sharesWithout(told, true);
  const changed = edited === 0 ? '' : `. Changed in the store, and not shown: ${counted(edited, 'share')}`;
  return erased.length === 0
    ? `Nothing of it was erased${changed}`
    : `No longer kept: ${ALL_OF.format(erased)}. Ids and hashes stand in their place${changed}`;
};

/** What the place leaves out of what was shared and asked for, if anything. */
export const leftOutOf = ({ redacted }: Told): string | undefined =>
  redacted.length === 0 ? undefined : `${leftOut(redacted)}; the reasons of requests too`;

/** Since when it has a place, and who said so. */
export const placeOf = ({ incident }: Told, zone: string): string =>
  incident
    ? `a thread, since ${momentOf(incident.at, zone)}, by ${whoIn({ name: incident.by.name, personId: incident.by.id })}`
    : 'none now';
