import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AdaptiveCard } from '../../src/cards/card.ts';
import { render } from '../../src/cards/render.ts';
import type { View } from '../../src/cards/view.ts';
import { anyQuestionView, worst } from './any.ts';
import { anyChangeView, worstTargets } from './any-approval.ts';
import { anyShareView } from './any-share.ts';
import { approval, approvalListView, approvalView, formView, noticeView } from './approvals.ts';
import { elementsOf, leavesOf, schemaIsThere } from './inspect.ts';
import { faultsOf, RULES } from './rules.ts';
import { erasedView, shareFormView, shareView } from './shares.ts';
import { snapshot, timelineView } from './timelines.ts';
import { detailsView, helpView, listView, problemView, workingView } from './views.ts';

/** `CARD_RUNS=100000 npm test -- test/cards` for the long form. */
const RUNS = Number(process.env.CARD_RUNS ?? 1500);

const usual: readonly View[] = [
  ...[listView(), detailsView(), helpView, problemView, workingView],
  ...[approvalView(), formView(), approvalListView(), noticeView(), noticeView('outcome')],
  ...[shareView(), erasedView(), shareFormView(), timelineView()],
];

const anyView: fc.Arbitrary<View> = fc.oneof(
  { weight: 3, arbitrary: anyQuestionView },
  { weight: 2, arbitrary: anyChangeView },
  { weight: 1, arbitrary: anyShareView },
);

const spoilt = (change: (card: { body: unknown[] }) => void): AdaptiveCard => {
  const card = structuredClone(render(listView()));
  change(card as unknown as { body: unknown[] });
  return card;
};

describe('every card', () => {
  test.each(usual.map((view) => [view.card, view] as const))('%s keeps all rules', (_name, view) => {
    expect(faultsOf(render(view))).toEqual([]);
  });

  test('H160: every card of random data keeps all rules', () => {
    fc.assert(
      fc.property(anyView, (view) => expect(faultsOf(render(view))).toEqual([])),
      { numRuns: RUNS },
    );
  }, 3_600_000);

  (schemaIsThere ? test : test.skip)('H160: the official schema was asked', () => {
    const rule = RULES['the official schema accepts it'];
    expect(rule?.(spoilt(({ body }) => body.push({ type: 'Badge', text: 'x' })))).not.toEqual([]);
  });

  test('a spoilt card is found out', () => {
    const spoils: readonly unknown[] = [
      { type: 'TextBlock', text: null },
      { type: 'TextBlock', text: `\${secret}` },
      { type: 'TextBlock', text: 'x'.repeat(15_000) },
      { type: 'Image', url: 'https://evil.example/p.png' },
      {
        type: 'ActionSet',
        actions: [
          { type: 'Action.OpenUrl', title: 'Entra', url: 'https://entra.microsoft.com.evil.example' },
        ],
      },
      { type: 'Container', items: [{ type: 'Column', items: [] }] },
      { type: 'ActionSet', actions: [] },
      { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'x', verb: 'y', data: {} }] },
      { type: 'Input.Text', id: 'approver', label: 'Approver' },
      { type: 'Input.Text', id: 'reason', label: 'Why', value: 'said for you' },
      ...[
        { approval: 1, version: 1, roles: 'all' },
        { approval: '1', version: 1 },
      ].map((data) => ({
        type: 'ActionSet',
        actions: [
          {
            type: 'Action.Execute',
            title: 'x',
            verb: 'approve',
            data,
            fallback: { type: 'Action.Submit', title: 'x', data: { ...data, verb: 'approve' } },
          },
        ],
      })),
    ];
    for (const spoil of spoils) expect(faultsOf(spoilt(({ body }) => body.push(spoil)))).not.toEqual([]);
  });

  test('text of the tenant and of people stands only where Markdown is not rendered', () => {
    const mark = 'Qx7';
    const { query } = listView().answer;
    const rows = [{ signIn: worst(mark), confirmed: false }];
    const person = { id: mark, name: mark };
    const marked = {
      targets: worstTargets(mark, {
        at: 'conflict',
        now: { state: mark, detail: mark, level: mark, events: [] },
      }),
      reason: mark,
      requester: person,
      decided: { by: person, at: 0, role: mark, reason: mark },
    } as const;
    const views: readonly View[] = [
      listView({ rows, secondPass: [mark], notes: [mark] }, { notes: [mark], asked: mark }),
      listView({ rows, query: { ...query, groupBy: 'user' } }),
      { ...detailsView(), signIn: worst(mark) },
      {
        ...helpView,
        title: mark,
        paragraphs: [mark],
        sections: [{ heading: mark, rows: [{ say: mark, means: mark }] }],
      },
      {
        ...problemView,
        what: mark,
        why: mark,
        next: mark,
        reference: mark,
        pointer: { text: mark, at: 0, length: 3 },
      },
      { ...workingView, asked: mark },
      { ...formView(), signIn: worst(mark) },
      approvalView({ ...marked, state: 'rejected' }, { approvers: [mark] }),
      approvalView(marked, { approvers: [mark] }),
      approvalListView([approval(marked)]),
      noticeView('outcome', marked),
      shareView({
        by: person,
        incident: mark,
        snapshot: snapshot({
          asked: mark,
          notes: [mark],
          answer: { ...listView({ rows }).answer, filter: mark, secondPass: [mark], notes: [mark] },
        }),
      }),
      shareFormView({ snapshot: snapshot({ answer: listView({ rows }).answer }) }),
    ];
    for (const view of views) {
      const spots = leavesOf(render(view)).filter(({ value }) => String(value).includes(mark));
      const places = new Set(spots.map(({ type, key }) => `${type} ${key}`));
      // The id of a row comes back with its button and is read nowhere.
      places.delete('Action.Execute row');
      places.delete('Action.Submit row');
      // A notice says nothing of anybody.
      expect([...places]).toEqual(view.card === 'notice' ? [] : ['TextRun text']);
    }
  });

  test('no button bar stands inside columns, where Android needs two presses', () => {
    for (const view of usual) expect(elementsOf(render(view), 'ColumnSet')).toEqual([]);
  });
});
