import type { Approval } from '../../src/actions/approval.ts';
import type { TimelineView } from '../../src/cards/view.ts';
import { FLAGMAN, type TimelineEntry } from '../../src/entra/ledger-event.ts';
import { ROLES } from '../../src/entra/roles.ts';
import type { Share, Snapshot } from '../../src/entra/share.ts';
import { ANALYST, APPROVER, approved, compromised, target } from './approvals.ts';
import { answer, found, NOW, REQUEST } from './views.ts';

const MINUTE = 60_000;

export const THREAD = '19:security@thread.tacv2;messageid=1795165200000';

export const HASH = '4f1d5a0c9be27713a0c66f1f4ab2d6e7c3c0f5d1e8a94b7260d3f9c1b5e7a802';

const SUCCEEDED = {
  id: '66ea54eb-6301-4ee5-be62-ff5a759b0101',
  createdDateTime: '2026-11-20T10:20:41Z',
  status: { errorCode: 0 },
};

/** Two rows of four that matched. */
export const snapshot = (change: Partial<Snapshot> = {}): Snapshot => ({
  asked: 'flagged for user@contoso.com since 2026-11-19',
  notes: [],
  answer: answer({ rows: [found(), found(SUCCEEDED)], read: 4 }),
  of: 4,
  ...change,
});

export const share = (change: Partial<Share> = {}): Share => ({
  number: 12,
  at: NOW - 50 * MINUTE,
  by: ANALYST,
  incident: 'INC-204',
  conversationId: THREAD,
  redacted: [],
  hash: HASH,
  snapshot: snapshot(),
  ...change,
});

const who = ({ id, name }: { readonly id: string; readonly name: string }) => ({ personId: id, name });

const shared = { kind: 'shared', share: 12, rows: 2, hash: HASH } as const;

type RequestEntry = Extract<TimelineEntry, { readonly approval: number }>;

const aboutRequest = (
  change: Partial<RequestEntry> & Pick<RequestEntry, 'seq' | 'at' | 'kind'>,
): RequestEntry => ({
  ...who(FLAGMAN),
  approval: 1001,
  state: 'running',
  facts: {},
  ...change,
});

const effects: readonly RequestEntry[] = [
  aboutRequest({ seq: 9, at: NOW - 30 * MINUTE, kind: 'claimed', facts: { fence: 1 } }),
  aboutRequest({
    seq: 10,
    at: NOW - 30 * MINUTE + 200,
    kind: 'intent',
    facts: { target: REQUEST, attempt: 1, clientRequest: 'c' },
  }),
  aboutRequest({
    seq: 11,
    at: NOW - 30 * MINUTE + 700,
    kind: 'outcome',
    facts: { target: REQUEST, at: 'done', outcome: 'done' },
  }),
  aboutRequest({ seq: 12, at: NOW - 30 * MINUTE + 750, kind: 'ended', state: 'done' }),
  aboutRequest({ seq: 13, at: NOW - 29 * MINUTE, kind: 'released', state: 'done' }),
  aboutRequest({ seq: 14, at: NOW - 28 * MINUTE, kind: 'claimed', state: 'done', facts: { fence: 2 } }),
  aboutRequest({ seq: 16, at: NOW - 27 * MINUTE, kind: 'released', state: 'done' }),
  aboutRequest({ seq: 17, at: NOW - 20 * MINUTE, kind: 'claimed', state: 'done', facts: { fence: 3 } }),
  aboutRequest({
    seq: 18,
    at: NOW - 20 * MINUTE + 300,
    kind: 'proof',
    state: 'done',
    facts: { target: REQUEST, state: compromised.state, detail: compromised.detail },
  }),
];

/** Everything that happened in an incident: its place, a share, a request, refused and counted votes, the effect. */
export const ENTRIES: readonly TimelineEntry[] = [
  { seq: 3, at: NOW - 55 * MINUTE, ...who(ANALYST), kind: 'incident', incident: 'INC-204' },
  { seq: 5, at: NOW - 50 * MINUTE, ...who(ANALYST), ...shared },
  aboutRequest({
    ...who(ANALYST),
    seq: 6,
    at: NOW - 40 * MINUTE,
    kind: 'requested',
    state: 'pending',
    reason: 'user denies travel, INC-204',
    facts: { action: 'confirm-sign-in-compromised', targets: [REQUEST], expiresAt: NOW },
  }),
  aboutRequest({
    ...who(ANALYST),
    seq: 7,
    at: NOW - 35 * MINUTE,
    kind: 'declined',
    state: '',
    facts: { step: 'approve', why: 'own-request' },
  }),
  aboutRequest({
    ...who(APPROVER),
    seq: 8,
    at: NOW - 30 * MINUTE - 5000,
    kind: 'approved',
    state: 'approved',
    facts: { role: ROLES['Security Administrator'], activity: 'a' },
  }),
  ...effects,
];

export const APPROVAL: Approval = approved({
  state: 'done',
  createdAt: NOW - 40 * MINUTE,
  targets: [
    target(
      {},
      { progress: { at: 'done', how: 'accepted', since: NOW - 30 * MINUTE, reads: 2, now: compromised } },
    ),
  ],
});

export const timelineView = (change: Partial<TimelineView> = {}): TimelineView => ({
  card: 'timeline',
  name: 'INC-204',
  incident: { name: 'INC-204', conversationId: THREAD, at: NOW - 55 * MINUTE, by: ANALYST },
  entries: ENTRIES,
  shares: new Map([[12, share()]]),
  approvals: new Map([[1001, APPROVAL]]),
  redacted: [],
  first: 0,
  zone: 'Europe/Oslo',
  now: NOW,
  ...change,
});

/** The same once the retention is over: ids and hashes are left. */
export const erasedTimeline = (): TimelineView => {
  const { snapshot: _erased, ...rest } = share();
  const entries = ENTRIES.map((entry): TimelineEntry => {
    if (entry.kind === 'incident' || entry.kind === 'shared') return { ...entry, name: '' };
    const { reason: _reason, ...told } = entry;
    return told.personId === FLAGMAN.id ? told : { ...told, name: '' };
  });
  return timelineView({ entries, shares: new Map([[12, rest]]), approvals: new Map() });
};
