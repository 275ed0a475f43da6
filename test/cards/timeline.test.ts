import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { render, summaryOf } from '../../src/cards/render.ts';
import type { TimelineView } from '../../src/cards/view.ts';
import { FLAGMAN, type TimelineEntry } from '../../src/entra/ledger-event.ts';
import { cardText } from '../support/card-text.ts';
import { expectGolden } from '../support/golden.ts';
import { worst } from './any.ts';
import { worstTargets } from './any-approval.ts';
import { anyTimelineView } from './any-timeline.ts';
import { approval } from './approvals.ts';
import { elementsOf, leavesOf } from './inspect.ts';
import { faultsOf } from './rules.ts';
import { APPROVAL, ENTRIES, erasedTimeline, HASH, share, snapshot, timelineView } from './timelines.ts';
import { answer, found, NOW } from './views.ts';

const textOf = (view: TimelineView): string => cardText(render(view));

type RequestEntry = Extract<TimelineEntry, { readonly approval: number }>;

const entry = (change: Partial<RequestEntry> & Pick<RequestEntry, 'kind'>): RequestEntry => ({
  seq: 1,
  at: NOW,
  personId: FLAGMAN.id,
  name: FLAGMAN.name,
  approval: 1001,
  state: 'running',
  facts: {},
  ...change,
});

const of = (...entries: readonly TimelineEntry[]): string => textOf(timelineView({ entries }));

/** What the page that begins there shows, and where the next one does. */
const pageFrom = (view: TimelineView) => {
  const card = render(view);
  const more = elementsOf(card, 'Action.Execute').find(({ title }) => title === 'Show more');
  const next = more?.data as { readonly incident: string; readonly first: number } | undefined;
  return { text: cardText(card), next };
};

describe('what people read on a timeline', () => {
  const views: Readonly<Record<string, TimelineView>> = {
    timeline: timelineView(),
    'timeline-from-the-second-page': timelineView({ first: 12, zone: 'UTC' }),
    'timeline-erased': erasedTimeline(),
    'timeline-with-everything-left-out': timelineView({ redacted: ['user', 'address', 'device'] }),
  };
  test.each(Object.entries(views))('%s', (name, view) => {
    expectGolden(`test/cards/golden/${name}.txt`, textOf(view));
  });
});

describe('a timeline', () => {
  test('keeps all rules of cards, whatever the ledger tells', () => {
    fc.assert(
      fc.property(anyTimelineView, (view) => expect(faultsOf(render(view))).toEqual([])),
      { numRuns: 120 },
    );
  });

  test('shows every entry once, however many pages that takes', () => {
    fc.assert(
      fc.property(anyTimelineView, (view) => {
        const kinds = view.entries.map((one) => one.kind);
        const pauses = kinds.filter((kind) => kind === 'claimed' || kind === 'released').length;
        let lines = 0;
        let first: number | undefined = 0;
        while (first !== undefined) {
          const { text, next } = pageFrom({ ...view, first });
          lines += text.split('\n---\n').length - 1;
          expect(next === undefined || next.first > first).toBe(true);
          first = next?.first;
        }
        expect(lines).toBeLessThanOrEqual(kinds.length);
        expect(lines).toBeGreaterThanOrEqual(kinds.length - pauses);
      }),
      { numRuns: 40 },
    );
  });

  test('of many entries says which of them the card shows, and how to see the others', () => {
    const entries = Array.from({ length: 30 }, (_, seq) =>
      entry({ seq, at: NOW - (30 - seq) * 60_000, kind: 'intent', facts: { target: 'T', attempt: seq } }),
    );
    const { text, next } = pageFrom(timelineView({ entries }));
    expect(text).toContain('Entries 1 to 12 of 30, the newest first');
    expect(text).toContain('(attempt 29)');
    expect(next).toEqual({ incident: 'INC-204', first: 12 });
    const last = pageFrom(timelineView({ entries, first: 24 }));
    expect(last.text).toContain('Entries 25 to 30 of 30, the newest first');
    expect(last.next).toBeUndefined();
  });

  test('of the worst of everything still shows ten rows of a share', () => {
    const rows = Array.from({ length: 25 }, () => ({ signIn: worst('"'.repeat(500)), confirmed: false }));
    const told = share({
      snapshot: snapshot({ asked: '"'.repeat(500), answer: answer({ rows }), of: 25 }),
    });
    const entries = ENTRIES.filter(({ kind }) => kind === 'shared');
    const card = render(timelineView({ entries, shares: new Map([[12, told]]) }));
    expect(faultsOf(card)).toEqual([]);
    expect(cardText(card)).toContain('#10 ');
    expect(cardText(card)).toContain('and 15 more rows, which stand in the file');
  });

  test('puts text of the tenant and of people only where Markdown is not rendered', () => {
    const mark = 'Qx7';
    const answered = answer({
      rows: [{ signIn: worst(mark), confirmed: true }],
      notes: [mark],
      filter: mark,
    });
    const view = timelineView({
      entries: ENTRIES.map((one): TimelineEntry => {
        const told = { ...one, name: mark };
        return 'approval' in told
          ? { ...told, reason: mark, state: mark, facts: { ...told.facts, role: mark } }
          : told;
      }),
      shares: new Map([[12, share({ snapshot: snapshot({ asked: mark, answer: answered }) })]]),
      approvals: new Map([[1001, approval({ targets: worstTargets(mark, { at: 'unknown', since: 0 }) })]]),
    });
    const spots = leavesOf(render(view)).filter(({ value }) => String(value).includes(mark));
    expect([...new Set(spots.map(({ type, key }) => `${type} ${key}`))]).toEqual(['TextRun text']);
    expect(summaryOf(view)).toBe('Timeline of INC-204');
  });

  test('marks whose name is written to be taken for another', () => {
    const [target] = APPROVAL.targets;
    const signIn = { ...target.signIn, userPrincipalName: 'аdmin@contoso.com' };
    const approvals = new Map([[1001, { ...APPROVAL, targets: [{ ...target, signIn }] as const }]]);
    expect(textOf(timelineView({ approvals }))).toContain('аdmin@contoso.com (LOOK-ALIKE NAME) · sign-in');
  });
});

describe('an entry of a timeline', () => {
  test('is told in the words of the history of its request', () => {
    expect(of(entry({ kind: 'outcome', facts: { target: 'T', at: 'conflict' } }))).toContain(
      'A person had decided otherwise about sign-in T elsewhere, and that stands.',
    );
  });

  test('is coloured by what it means for the incident', () => {
    const colourOf = (change: Parameters<typeof entry>[0]): unknown =>
      elementsOf(render(timelineView({ entries: [entry(change)] })), 'TextRun').find(({ text }) =>
        String(text).startsWith('CR-1001'),
      )?.color;
    expect(colourOf({ kind: 'outcome', facts: { at: 'done' } })).toBe('Good');
    expect(colourOf({ kind: 'outcome', facts: { at: 'sent' } })).toBe('Default');
    expect(colourOf({ kind: 'outcome', facts: { at: 'failed' } })).toBe('Attention');
    expect(colourOf({ kind: 'ended', state: 'conflict' })).toBe('Attention');
    expect(colourOf({ kind: 'proof', facts: { why: 'not-shown' } })).toBe('Warning');
    expect(colourOf({ kind: 'resolved', facts: { as: 'done' } })).toBe('Good');
    expect(colourOf({ kind: 'resolved', facts: { as: 'failed' } })).toBe('Warning');
    expect(colourOf({ kind: 'rejected' })).toBe('Warning');
    expect(colourOf({ kind: 'facts' })).toBe('Default');
  });

  test('does not mix up the pauses of two requests', () => {
    const text = of(
      entry({ seq: 1, kind: 'claimed' }),
      entry({ seq: 2, kind: 'claimed', approval: 1002 }),
      entry({ seq: 3, kind: 'released' }),
      entry({ seq: 4, kind: 'released', approval: 1002, state: 'done' }),
      entry({ seq: 5, kind: 'claimed' }),
      entry({ seq: 6, kind: 'claimed', approval: 1002 }),
      entry({ seq: 7, kind: 'claimed' }),
    );
    expect(text.match(/Flagman began to carry it out/g)).toHaveLength(2);
    expect(text).toContain('Flagman took it up once more to go on.');
    expect(text).toContain('Flagman took it up 2 more times to read it back.');
  });

  test('about a request that was sent for another one too tells its own age', () => {
    const sent = { target: 'T', attempt: 1 };
    const text = of(
      entry({ seq: 1, at: NOW - 60_000, kind: 'intent', facts: sent }),
      entry({ seq: 2, at: NOW - 5000, kind: 'intent', approval: 1002, facts: sent }),
      entry({ seq: 3, kind: 'outcome', facts: { target: 'T', at: 'waiting', how: 'read-back' } }),
    );
    expect(text).toContain('was not there when it was read back 1 min after it was sent');
  });

  test('says how complete the answer was that the rows are from', () => {
    const incomplete = answer({ rows: [found()], verdict: { finished: false, why: 'throttled' } });
    const shares = new Map([[12, share({ snapshot: snapshot({ answer: incomplete }) })]]);
    expect(textOf(timelineView({ shares }))).toContain('Not everything was read: Graph asked to wait');
  });

  test('gives ids and the hash where the rest was erased, and says that it was', () => {
    const text = textOf(erasedTimeline());
    expect(text).toContain('No longer kept: 2 names, 1 reason, 1 share, and 1 request.');
    expect(text.replaceAll(' ', '')).toContain(HASH);
    expect(text).not.toMatch(/Ursula|Ana Lyst” (made|shared|asked)|user@contoso/);
  });

  test('leaves out what its place leaves out, of shares and of requests', () => {
    const text = textOf(timelineView({ redacted: ['user'] }));
    expect(text).not.toMatch(/Ursula|user@contoso/);
    expect(text).not.toContain('user denies travel');
    expect(text).toContain('User A · sign-in');
    expect(text).toContain(
      'Left out here: names and ids of users and what was asked; the reasons of requests too',
    );
  });
});

test('a timeline without a place or an entry says so', () => {
  const { incident: _none, ...view } = timelineView({ entries: [] });
  const text = textOf(view);
  expect(text).toContain('By the ledger: 0 entries');
  expect(text).toContain('Its place: none now');
  expect(of(entry({ kind: 'expired' }))).toContain('By the ledger: 1 entry, at 2026-11-20 12:00:00 UTC');
});

test('a share that was changed in the store is not shown, and counted', () => {
  const who = { seq: 1, at: NOW, personId: 'ana', name: 'Ana Lyst' };
  const entries = [{ ...who, kind: 'shared', share: 12, rows: 2, hash: HASH } as const];
  const { snapshot: _changed, ...bare } = share();
  const text = textOf(timelineView({ entries, shares: new Map([[12, { ...bare, isEdited: true }]]) }));
  expect(text).toContain('What is stored of it was changed, so it is not shown.');
  expect(text).toContain('Changed in the store, and not shown: 1 share');
});

test('a thread that another incident took over is told by both', () => {
  const who = { seq: 1, at: NOW, personId: 'ana', name: 'Ana Lyst' };
  const entries = [{ ...who, kind: 'incident', incident: 'INC-888' } as const];
  expect(textOf(timelineView({ entries, name: 'INC-204' }))).toContain(
    'made the thread of INC-204 that of INC-888.',
  );
});
