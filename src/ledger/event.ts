import { z } from 'zod';
import {
  type AskedAbout,
  CHANGE_KINDS,
  type ChangeEvent,
  type ChangeKind,
  type DeclinedEvent,
  type HistoryEntry,
  type LedgerEvent,
  type QuestionEvent,
} from '../entra/ledger-event.ts';
import type { Entry, LedgerRow } from './entry.ts';
import { incidentBody, Shared, shareBody } from './incident-event.ts';
import { type LedgerKey, pseudonymOf } from './keys.ts';
import { KEY_ENTRY } from './verify.ts';

/** A personal fact about an entry. It stands outside the chain, so that it can be erased and the chain stays whole. */
export interface LedgerFact {
  readonly what: 'name' | 'filter' | 'user' | 'address' | 'reason';
  readonly value: string;
}

/** What goes into the chain, before it has its place there. */
export type Draft = Omit<Entry, 'seq'>;

/** An entry, and what is still kept beside it: by what name its actor went, and the reason they gave. */
export interface ToldRow {
  readonly row: LedgerRow;
  /** Empty when it is no longer kept. */
  readonly name: string;
  readonly reason?: string | undefined;
}

/** Longer than any id, name of a role or hash. */
const LONGEST_FACT = 200;

/** Throws when a fact could be somebody's name or words: in the chain it could never be erased. */
const impersonal = <Facts extends ChangeEvent['facts']>(facts: Facts): Facts => {
  for (const [name, fact] of Object.entries(facts))
    if ([fact].flat().some((one) => String(one).includes('@') || String(one).length > LONGEST_FACT))
      throw new RangeError(`The fact "${name}" is none for the ledger.`);
  return facts;
};

type Body = Readonly<Record<string, unknown>>;

const questionBody = (event: QuestionEvent, key: LedgerKey): Body => ({
  command: event.command,
  place: pseudonymOf(key, 'place', event.conversationId),
  users: event.named.users.map((user) => pseudonymOf(key, 'user', user)),
  addresses: event.named.addresses.map((address) => pseudonymOf(key, 'address', address)),
  filter: pseudonymOf(key, 'filter', event.filter),
  rows: event.rows,
  verdict: event.verdict,
});

const changeBody = (
  { approval, state, version, hash, revision, facts, users }: ChangeEvent,
  key: LedgerKey,
): Body => ({
  approval,
  ...impersonal({ state, version, hash }),
  ...(revision !== undefined && { revision }),
  facts: impersonal(facts),
  users: users.map((user) => pseudonymOf(key, 'user', user)),
});

const declinedBody = ({ approval, step, why, conversationId }: DeclinedEvent, key: LedgerKey): Body => ({
  ...(approval !== undefined && { approval }),
  ...impersonal({ step, why }),
  place: pseudonymOf(key, 'place', conversationId),
});

const bodyOf = (event: LedgerEvent, key: LedgerKey): Body => {
  switch (event.kind) {
    case 'question':
    case 'refusal':
      return questionBody(event, key);
    case 'declined':
      return declinedBody(event, key);
    case 'shared':
      return shareBody(event, key);
    case 'incident':
      return incidentBody(event, key);
    default:
      return changeBody(event, key);
  }
};

/** An event as an entry: ids, counts and keyed pseudonyms. Throws when a fact of it looks like a name or a text. */
export const draftOf = (event: LedgerEvent, origin: string, key: LedgerKey): Draft => ({
  at: event.at,
  origin,
  kind: event.kind,
  actor: event.person.id,
  body: JSON.stringify(bodyOf(event, key)),
});

/** The entry with which a new key begins; the verifier accepts a change of keys nowhere else. */
export const keyDraft = (at: number, origin: string, from: string, key: LedgerKey): Draft => {
  const publicKey = key.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  return {
    at,
    origin,
    kind: KEY_ENTRY,
    actor: 'flagman',
    body: JSON.stringify({ from, to: key.id, publicKey }),
  };
};

const facts = (what: LedgerFact['what'], values: readonly string[]): readonly LedgerFact[] =>
  values.filter((value) => value !== '').map((value) => ({ what, value }));

const aboutOf = (event: LedgerEvent): readonly LedgerFact[] => {
  switch (event.kind) {
    case 'question':
    case 'refusal':
      return [
        ...facts('filter', [event.filter]),
        ...facts('user', event.named.users),
        ...facts('address', event.named.addresses),
      ];
    case 'declined':
    case 'incident':
      return [];
    case 'shared':
      return [...facts('filter', [event.filter]), ...facts('user', event.users)];
    default:
      return [...facts('user', event.users), ...facts('reason', [event.reason ?? ''])];
  }
};

/** What is kept beside the chain for a while: who acted, by name, about whom, from where, with which words. */
export const factsOf = (event: LedgerEvent): readonly LedgerFact[] => [
  { what: 'name', value: event.person.name },
  ...aboutOf(event),
];

const Question = z.object({ command: z.string(), rows: z.number(), verdict: z.string() });

const Change = z.object({
  approval: z.int(),
  state: z.string(),
  version: z.int(),
  hash: z.string(),
  revision: z.int().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()).readonly()])),
});

/** The number of the approval that an entry is about, whatever its kind. */
const About = z.object({ approval: z.int().optional() });

const Declined = z.object({ step: z.string(), why: z.string() });

/** What was asked for, in the facts of a request. */
export const Requested = z.object({
  action: z.string(),
  targets: z.array(z.string()).readonly(),
  expiresAt: z.number(),
});

/** What an entry says about an approval. */
export type RecordedChange = z.infer<typeof Change> & { readonly kind: ChangeKind };

/** Reads what happened to an approval; undefined for any other entry. Throws when `draftOf` did not make it. */
export const changeOf = ({ kind, body }: LedgerRow): RecordedChange | undefined => {
  const known = CHANGE_KINDS.find((one) => one === kind);
  return known && { kind: known, ...Change.parse(JSON.parse(body)) };
};

/** The n of CR-n in an entry. */
export const approvalOf = ({ body }: LedgerRow): number | undefined => About.parse(JSON.parse(body)).approval;

/** Reads an entry about a user back. Throws when its body is not one that `draftOf` made. */
export const askedAboutOf = (row: LedgerRow, name: string): AskedAbout => {
  const { at, actor, kind, body } = row;
  const who = { at, personId: actor, name };
  const change = changeOf(row);
  if (change) {
    const { action, targets } = Requested.parse(change.facts);
    const { approval, state } = change;
    return { ...who, kind: change.kind, command: action, rows: targets.length, verdict: state, approval };
  }
  if (kind === 'shared') {
    const { share, rows } = Shared.parse(JSON.parse(body));
    return { ...who, kind, command: `share ${share}`, rows, verdict: 'finished' };
  }
  const { command, rows, verdict } = Question.parse(JSON.parse(body));
  return { ...who, kind: kind === 'refusal' ? 'refusal' : 'question', command, rows, verdict };
};

/** The entries of one approval as its history. Throws when a body is not one that `draftOf` made. */
export const historyOf = (rows: readonly ToldRow[]): readonly HistoryEntry[] =>
  rows.map(({ row, name, reason }) => {
    const { seq, at, actor, body } = row;
    const who = { seq, at, personId: actor, name, ...(reason && { reason }) };
    const change = changeOf(row);
    return change
      ? { ...who, kind: change.kind, state: change.state, facts: change.facts }
      : { ...who, kind: 'declined', state: '', facts: Declined.parse(JSON.parse(body)) };
  });
