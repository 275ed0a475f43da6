import { z } from 'zod';
import type { AskedAbout, LedgerEvent } from '../entra/ledger-event.ts';
import type { Entry, LedgerRow } from './entry.ts';
import { type LedgerKey, pseudonymOf } from './keys.ts';
import { KEY_ENTRY } from './verify.ts';

/** A personal fact about an entry. It stands outside the chain, so that it can be erased and the chain stays whole. */
export interface LedgerFact {
  readonly what: 'name' | 'filter' | 'user' | 'address';
  readonly value: string;
}

/** What goes into the chain, before it has its place there. */
export type Draft = Omit<Entry, 'seq'>;

const Body = z.object({ command: z.string(), rows: z.number(), verdict: z.string() });

/** A question or refusal as an entry: ids, counts and keyed pseudonyms, no names. */
export const draftOf = (event: LedgerEvent, origin: string, key: LedgerKey): Draft => {
  const { at, kind, person, conversationId, command, filter, named, rows, verdict } = event;
  const body = {
    command,
    place: pseudonymOf(key, 'place', conversationId),
    users: named.users.map((user) => pseudonymOf(key, 'user', user)),
    addresses: named.addresses.map((address) => pseudonymOf(key, 'address', address)),
    filter: pseudonymOf(key, 'filter', filter),
    rows,
    verdict,
  };
  return { at, origin, kind, actor: person.id, body: JSON.stringify(body) };
};

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

/** What is kept beside the chain for a while: who asked, by name, and for whom, from where, with which filter. */
export const factsOf = ({ person, filter, named }: LedgerEvent): readonly LedgerFact[] => [
  { what: 'name', value: person.name },
  ...(filter === '' ? [] : [{ what: 'filter', value: filter } as const]),
  ...named.users.map((value) => ({ what: 'user', value }) as const),
  ...named.addresses.map((value) => ({ what: 'address', value }) as const),
];

/** Reads an entry about a user back. Throws when its body is not one that `draftOf` made. */
export const askedAboutOf = ({ at, actor, kind, body }: LedgerRow, name: string): AskedAbout => {
  const { command, rows, verdict } = Body.parse(JSON.parse(body));
  return {
    at,
    personId: actor,
    name,
    kind: kind === 'refusal' ? 'refusal' : 'question',
    command,
    rows,
    verdict,
  };
};
