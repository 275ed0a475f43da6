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
  { incident, approvals, conversationId }: IncidentEvent,
  key: LedgerKey,
): Body => ({
  incident,
  approvals,
  place: pseudonymOf(key, 'place', conversationId),
});

/** Under what the entries about a share are found again. */
export const shareTopic = (number: number): string => `share ${number}`;

/** Under what the entries about an incident are found again. */
export const incidentTopic = (name: string): string => `incident ${name}`;

/** What else than an approval an entry is about. */
export const topicsOf = (event: LedgerEvent): readonly string[] => {
  switch (event.kind) {
    case 'incident':
      return [incidentTopic(event.incident)];
    case 'shared':
      return [
        shareTopic(event.share),
        ...(event.incident === undefined ? [] : [incidentTopic(event.incident)]),
      ];
    case 'requested':
      return typeof event.facts.incident === 'string' ? [incidentTopic(event.facts.incident)] : [];
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
});

const Declared = z.object({ incident: z.string(), approvals: z.array(z.int()) });

const Linked = z.object({ approval: z.int(), facts: z.object({ incident: z.string() }) });

/** What an entry is about by its own, sealed words: the index beside the chain can be edited. */
export const topicsIn = ({ kind, body }: Pick<LedgerRow, 'kind' | 'body'>): readonly string[] => {
  if (kind !== 'shared' && kind !== 'incident' && kind !== 'requested') return [];
  const json: unknown = JSON.parse(body);
  if (kind === 'incident') return [incidentTopic(Declared.parse(json).incident)];
  if (kind === 'requested') {
    const linked = Linked.safeParse(json).data;
    return linked ? [incidentTopic(linked.facts.incident)] : [];
  }
  const { share, incident } = Shared.parse(json);
  return [shareTopic(share), ...(incident === undefined ? [] : [incidentTopic(incident)])];
};

/** The requests that an entry of an incident brings in: the n of each CR-n. */
export const approvalsIn = ({ kind, body }: LedgerRow): readonly number[] => {
  if (kind === 'incident') return Declared.parse(JSON.parse(body)).approvals;
  return kind === 'requested' ? [Linked.parse(JSON.parse(body)).approval] : [];
};

/** An entry that is the incident's own; undefined for one of a request, which its history tells. */
export const ownEntryOf = ({ row, name }: ToldRow): TimelineEntry | undefined => {
  const { seq, at, actor: personId, kind, body } = row;
  const told = { seq, at, personId, name };
  if (kind === 'incident') return { ...told, kind };
  if (kind !== 'shared') return undefined;
  const { share, rows, hash } = Shared.parse(JSON.parse(body));
  return { ...told, kind, share, rows, hash };
};
