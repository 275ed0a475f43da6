import { z } from 'zod';
import type { IncidentEvent, LedgerEvent, ShareEvent, TimelineEntry } from '../entra/ledger-event.ts';
import type { LedgerRow } from './entry.ts';
import type { ToldRow } from './event.ts';
import { type LedgerKey, pseudonymOf } from './keys.ts';

type Body = Readonly<Record<string, unknown>>;

/** What the chain keeps of a share: its hash and counts, and pseudonyms of people and the place. */
export const shareBody = (event: ShareEvent, key: LedgerKey): Body => {
  const { share, incident, hash, rows, verdict, redacted, users, conversationId } = event;
  return {
    share,
    ...(incident !== undefined && { incident }),
    hash,
    rows,
    verdict,
    redacted,
    users: users.map((user) => pseudonymOf(key, 'user', user)),
    ...(conversationId !== undefined && { place: pseudonymOf(key, 'place', conversationId) }),
  };
};

/** What the chain keeps of an incident that was given a place. */
export const incidentBody = (
  { incident, approvals, before, conversationId }: IncidentEvent,
  key: LedgerKey,
): Body => ({
  incident,
  approvals,
  ...(before !== undefined && { before }),
  place: pseudonymOf(key, 'place', conversationId),
});

/** Under what the entries about a share are found again. */
export const shareTopic = (number: number): string => `share ${number}`;

/** Under what the entries about an incident are found again. */
export const incidentTopic = (name: string): string => `incident ${name}`;

/** Whether the place that an entry names, which holds it as a pseudonym, is this conversation. */
export const isPlace = (
  { keyId }: Pick<LedgerRow, 'keyId'>,
  place: string | undefined,
  conversationId: string | undefined,
  keys: readonly LedgerKey[],
): boolean => {
  const key = keys.find(({ id }) => id === keyId);
  return place === (conversationId && key ? pseudonymOf(key, 'place', conversationId) : undefined);
};

/** What else than an approval an entry is about. */
export const topicsOf = (event: LedgerEvent): readonly string[] => {
  switch (event.kind) {
    case 'incident':
      return [event.incident, ...(event.before === undefined ? [] : [event.before])].map(incidentTopic);
    case 'shared':
      return [
        shareTopic(event.share),
        ...(event.incident === undefined ? [] : [incidentTopic(event.incident)]),
      ];
    case 'requested':
      return [event.facts.incidents ?? []].flat().map((name) => incidentTopic(String(name)));
    default:
      return [];
  }
};

/** What an entry says about a share. */
export const Shared = z.object({
  share: z.int(),
  hash: z.string(),
  rows: z.int(),
  incident: z.string().optional(),
  redacted: z.array(z.string()),
  place: z.string().optional(),
});

/** What an entry says about the place of an incident. */
export const Declared = z.object({
  incident: z.string(),
  approvals: z.array(z.int()),
  before: z.string().optional(),
  place: z.string(),
});

const Linked = z.object({ approval: z.int(), facts: z.object({ incidents: z.array(z.string()) }) });

/** What an entry is about by its own, sealed words: the index beside the chain can be edited. */
export const topicsIn = ({ kind, body }: Pick<LedgerRow, 'kind' | 'body'>): readonly string[] => {
  if (kind !== 'shared' && kind !== 'incident' && kind !== 'requested') return [];
  const json: unknown = JSON.parse(body);
  if (kind === 'incident') {
    const { incident, before } = Declared.parse(json);
    return [incident, ...(before === undefined ? [] : [before])].map(incidentTopic);
  }
  if (kind === 'requested') {
    const linked = Linked.safeParse(json).data;
    return linked ? linked.facts.incidents.map(incidentTopic) : [];
  }
  const { share, incident } = Shared.parse(json);
  return [shareTopic(share), ...(incident === undefined ? [] : [incidentTopic(incident)])];
};

/** The requests that an entry brings into this incident: the n of each CR-n. */
export const approvalsIn = ({ kind, body }: LedgerRow, name: string): readonly number[] => {
  if (kind === 'incident') {
    const { incident, approvals } = Declared.parse(JSON.parse(body));
    return incident === name ? approvals : [];
  }
  return kind === 'requested' ? [Linked.parse(JSON.parse(body)).approval] : [];
};

/** An entry that is the incident's own; undefined for one of a request, which its history tells. */
export const ownEntryOf = ({ row, name }: ToldRow): TimelineEntry | undefined => {
  const { seq, at, actor: personId, kind, body } = row;
  const told = { seq, at, personId, name };
  if (kind === 'incident') return { ...told, kind, incident: Declared.parse(JSON.parse(body)).incident };
  if (kind !== 'shared') return undefined;
  const { share, rows, hash } = Shared.parse(JSON.parse(body));
  return { ...told, kind, share, rows, hash };
};
