import fc from 'fast-check';
import type { TimelineView } from '../../src/cards/view.ts';
import { CHANGE_KINDS, type ChangeEvent, FLAGMAN, type TimelineEntry } from '../../src/entra/ledger-event.ts';
import { REDACTIONS, type Share } from '../../src/entra/share.ts';
import { anyListView, anyText } from './any.ts';
import { anyApproval, STATES } from './any-approval.ts';
import { HASH, share } from './timelines.ts';
import { NOW } from './views.ts';

/** So few that entries, shares and requests often belong together. */
const number = fc.integer({ min: 1, max: 3 });

const who = fc.oneof(
  fc.constant({ personId: FLAGMAN.id, name: FLAGMAN.name }),
  fc.record({ personId: fc.uuid(), name: anyText }),
);

const WORDS: Readonly<Record<string, readonly string[]>> = {
  at: ['done', 'failed', 'conflict', 'stopped', 'unknown', 'waiting', 'sent'],
  how: ['already', 'read-back', 'accepted'],
  why: ['too-late', 'role', 'not-shown', 'own-request', 'decided-elsewhere'],
  as: ['done', 'failed'],
  step: ['approve', 'resolve'],
};

const texts = fc.array(anyText, { maxLength: 12 });

const anyFacts: fc.Arbitrary<ChangeEvent['facts']> = fc.record(
  {
    ...Object.fromEntries(
      Object.entries(WORDS).map(([key, words]) => [key, fc.oneof(fc.constantFrom(...words), anyText)]),
    ),
    target: anyText,
    targets: texts,
    changes: fc.oneof(fc.subarray(['risen', 'lower']), texts),
    action: fc.oneof(fc.constant('confirm-sign-in-safe'), anyText),
    role: anyText,
    detail: anyText,
    attempt: fc.nat(),
  },
  { requiredKeys: [] },
);

const anyRequestEntry = fc
  .tuple(
    who,
    fc.record(
      {
        kind: fc.constantFrom(...CHANGE_KINDS, 'declined' as const, 'released' as const, 'claimed' as const),
        approval: number,
        state: fc.oneof(fc.constantFrom(...STATES), anyText),
        facts: anyFacts,
        reason: anyText,
      },
      { requiredKeys: ['kind', 'approval', 'state', 'facts'] },
    ),
  )
  .map(([person, entry]) => ({ ...person, ...entry }));

const anyOwnEntry = fc.oneof(
  fc
    .tuple(who, fc.constantFrom('INC-204', 'INC-205'))
    .map(([person, incident]) => ({ ...person, kind: 'incident' as const, incident })),
  fc
    .tuple(who, number, fc.nat({ max: 40 }))
    .map(([person, told, rows]) => ({ ...person, kind: 'shared' as const, share: told, rows, hash: HASH })),
);

const anyEntries: fc.Arbitrary<readonly TimelineEntry[]> = fc
  .array(fc.oneof({ weight: 3, arbitrary: anyRequestEntry }, { weight: 1, arbitrary: anyOwnEntry }), {
    maxLength: 40,
    size: 'large',
  })
  .map((entries) =>
    entries.map((entry, seq) => ({ seq, at: NOW - (entries.length - seq) * 31_000, ...entry })),
  );

const anyShare: fc.Arbitrary<Share> = fc
  .tuple(anyListView, texts, fc.nat({ max: 500 }), fc.boolean())
  .map(([{ answer, asked }, notes, more, isKept]) => {
    const { snapshot: _usual, ...rest } = share({ hash: HASH });
    const snapshot = { asked, notes, answer, of: answer.rows.length + more };
    return isKept ? { ...rest, snapshot } : rest;
  });

const mapOf = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<ReadonlyMap<number, Value>> =>
  fc.array(fc.tuple(number, value), { maxLength: 3 }).map((pairs) => new Map(pairs));

/** Any timeline that a ledger could tell, even where the pieces do not go together. */
export const anyTimelineView: fc.Arbitrary<TimelineView> = fc
  .record(
    {
      card: fc.constant('timeline' as const),
      name: fc.constantFrom('INC-204', 'ABCDEFGHIJ-1234567890'),
      incident: fc.record({
        name: fc.constant('INC-204'),
        conversationId: anyText,
        at: fc.constant(NOW),
        by: fc.record({ id: fc.uuid(), name: anyText }),
      }),
      entries: anyEntries,
      shares: mapOf(anyShare),
      approvals: mapOf(anyApproval),
      redacted: fc.subarray([...REDACTIONS]),
      first: fc.constantFrom(0, 0, 1, 7, 100),
      zone: fc.constantFrom('UTC', 'Europe/Oslo', 'America/Argentina/Buenos_Aires'),
      now: fc.constant(NOW),
    },
    { requiredKeys: ['card', 'name', 'entries', 'shares', 'approvals', 'redacted', 'first', 'zone', 'now'] },
  )
  .map((view) => view);
