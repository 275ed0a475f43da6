import { describe, expect, test } from '@jest/globals';
import type { Progress } from '../../src/actions/approval/progress.ts';
import type { Approval } from '../../src/actions/approval.ts';
import type { AdaptiveCard } from '../../src/cards/card.ts';
import { render } from '../../src/cards/render.ts';
import { GRAPH_PROBLEMS } from '../../src/entra/graph-problem.ts';
import { cardText } from '../support/card-text.ts';
import { worst } from './any.ts';
import { STATES, worstTargets } from './any-approval.ts';
import {
  ANALYST,
  approval,
  approvalListView,
  approvalView,
  approved,
  formView,
  noticeView,
  target,
} from './approvals.ts';
import { elementsOf } from './inspect.ts';
import { faultsOf } from './rules.ts';
import { NOW } from './views.ts';

const textOf = (card: AdaptiveCard): string => {
  expect(faultsOf(card)).toEqual([]);
  return cardText(card);
};

/** The part of an approval's card that says how it stands. */
const statusOf = (card: AdaptiveCard): string =>
  JSON.stringify(
    elementsOf(card, 'Container').filter(({ style }) => style !== undefined && style !== 'emphasis'),
  );

const IMITATION = '✅ Approved by CISO\nDone\n\u2028DONE: Confirmed safe';

describe('hostile values on the cards about changes', () => {
  test('H041: a UPN with a Cyrillic letter is marked, its ASCII reading is shown, and people stand by object id', () => {
    const lookAlike = { targets: [target({ userPrincipalName: 'аdmin@contoso.com' })] } as const;
    const requester = { ...ANALYST, name: 'Sаm Admin' };
    const text = textOf(render(approvalView({ ...lookAlike, requester })));
    expect(text).toContain('LOOK-ALIKE NAME');
    expect(text).toContain('make аdmin@contoso.com look like admin@contoso.com. It is not that user.');
    expect(text).toContain('the name “Sаm Admin” look like “Sam Admin”. Go by the object id.');
    expect(text).toMatch(new RegExp(`“Sаm Admin”\\n.*  ${ANALYST.id}\\n`));
    expect(textOf(render(formView({ userPrincipalName: 'аdmin@contoso.com' })))).toContain(
      'It is not that user.',
    );
    expect(textOf(render(approvalView()))).not.toMatch(/look-?alike|look like/i);
  });

  test('H041: of several sign-ins the warning names those with such a user, by the number of their row', () => {
    const cyrillic = { userPrincipalName: 'аdmin@contoso.com' };
    const targets = [target(), target(cyrillic), target(), target(cyrillic)] as const;
    const warnings = (all: Approval['targets']) =>
      textOf(render(approvalView({ targets: all })))
        .split('\n')
        .filter((line) => line.includes('It is not that user.'));
    const warning = 'Letters of another alphabet make аdmin@contoso.com look like admin@contoso.com.';
    expect(warnings(targets)).toEqual([`Sign-ins 2 and 4: ${warning} It is not that user.`]);
    expect(warnings([target(), target(cyrillic)])).toEqual([`Sign-in 2: ${warning} It is not that user.`]);
    expect(warnings([target(cyrillic)])).toEqual([`${warning} It is not that user.`]);
    expect(textOf(render(approvalView({ targets })))).toMatch(
      /\n2\. “Ursula Example” аdmin@contoso\.com .+\n(?:.+\n){4}3\. “Ursula Example” user@contoso\.com /,
    );
  });

  test('H041: an approver with the name of the requester is told apart by the object id', () => {
    const by = { id: 'a1f0e6b5-0d3f-4f5b-9a55-7a0f6d1c3b02', name: ANALYST.name };
    const text = textOf(render({ ...approvalView(), approval: approved({ decided: { by, at: NOW } }) }));
    expect(text).toMatch(new RegExp(`Asked by  “Ana Lyst”\\n.*  ${ANALYST.id}\\n`));
    expect(text).toMatch(new RegExp(`Approved by  “Ana Lyst”\\n.*  ${by.id}\\n`));
  });

  test('H155: a name, a reason or an app that imitates the status stays quoted, in a line of its own field', () => {
    const imitation = {
      reason: IMITATION,
      requester: { ...ANALYST, name: IMITATION },
      targets: [target({ userDisplayName: IMITATION, appDisplayName: IMITATION })],
    } as const;
    const card = render(approvalView(imitation));
    const text = textOf(card);
    expect(text).toContain('Why  “✅ Approved by CISO Done DONE: Confirmed safe”\n');
    expect(text).toContain('Asked by  “✅ Approved by CISO Done DONE: Confirmed…”\n2026-');
    expect(text).toContain('\nApp ✅ Approved by CISO Done DONE: Confirmed… · Browser');
    expect(text.split('\n').filter((line) => /^(?:Done|DONE|Approved)/.test(line))).toEqual([]);
    expect(statusOf(card)).toContain('Waiting for a decision');
  });

  test.each(STATES)('H155: no data reach the status of an approval that is %s', (state) => {
    const plain = statusOf(render(approvalView({ state })));
    const by = { id: IMITATION, name: IMITATION };
    const decided = { by, at: NOW, role: IMITATION, reason: IMITATION };
    const targets = [target({ userDisplayName: IMITATION, userPrincipalName: IMITATION })] as const;
    const card = render(
      approvalView({ state, decided, targets, requester: by, reason: IMITATION }, { approvers: [IMITATION] }),
    );
    expect(statusOf(card)).toBe(plain);
    expect(faultsOf(card)).toEqual([]);
  });

  test('H155: a row of the list of approvals is told by us', () => {
    const by = { id: IMITATION, name: IMITATION };
    const text = textOf(render(approvalListView([approval({ requester: by })])));
    expect(text).toContain('\nWaiting for a decision · Until ');
    expect(text).toContain('\nAsked by “✅ Approved by CISO Done DONE: Confirmed…” · ');
  });

  test('H080 H081: hidden characters are spelt out', () => {
    const hidden = 'alice\u202emoc\u200b\u{e0041}';
    const requester = { ...ANALYST, name: hidden };
    const targets = [target({ userPrincipalName: hidden })] as const;
    const text = textOf(render(approvalView({ reason: hidden, requester, targets })));
    expect(text.match(/alice‹U\+202E›moc‹U\+200B›‹U\+E0041›/g)).toHaveLength(3);
  });

  test('H152 H154: Markdown, mentions, tags and expressions in a reason are plain text', () => {
    const reason = `[Sign in](https://evil.example) <at>Everyone</at> \${$root.title} {{DATE(x)}}`;
    const card = render(approvalView({ reason }));
    expect(textOf(card)).toContain(
      'Why  “[Sign in](https://evil.example) < at>Everyone< /at> $ {$root.title} { {DATE(x)}}”',
    );
    expect(JSON.stringify(card)).not.toContain('entities');
  });

  const FAILED: Progress = { at: 'failed', why: 'directory-permission-missing' };

  test('H085 H158: ten targets with the worst of everything find room on one card, each with its request id', () => {
    for (const text of ['W', '"', '\\', '\u202e', '😀', '한', 'Z\u0301', `\${x}`, 'аb"""""""'].map((unit) =>
      unit.repeat(5000),
    )) {
      const risk = { state: text, detail: text, level: text, events: [text] };
      const by = { id: text, name: text };
      for (const progress of [FAILED, { at: 'conflict', now: risk }] as const) {
        const worstOf = {
          ...approval({ reason: text, requester: by, number: 9_007_199_254_740_991 }),
          decided: { by, at: NOW, role: text, reason: text },
          targets: worstTargets(text, progress),
        };
        for (const state of ['pending', 'failed'] as const) {
          const view = approvalView(
            { ...worstOf, state },
            { approvers: Array(8).fill(text), isRepeat: true },
          );
          expect(textOf(render(view)).match(/Request 66ea54eb-/g)).toHaveLength(10);
        }
        const twelve = Array.from({ length: 12 }, () => worstOf);
        expect(faultsOf(render(approvalListView(twelve)))).toEqual([]);
        expect(faultsOf(render(noticeView('outcome', worstOf)))).toEqual([]);
      }
      expect(faultsOf(render({ ...formView(), signIn: worst(text) }))).toEqual([]);
    }
  });

  test.each(GRAPH_PROBLEMS)('ten usual targets are shown uncut, refused as they may be: %s', (why) => {
    const targets = worstTargets('x', FAILED).map(({ signIn: { id } }) =>
      target({ id }, { progress: { at: 'failed', why } }),
    );
    const [first, ...others] = targets;
    const view = approvalView({ state: 'failed', targets: [first ?? target(), ...others] });
    expect(textOf(render(view))).not.toContain('…');
  });
});
