import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Progress } from '../../src/actions/approval/progress.ts';
import type { Approval } from '../../src/actions/approval.ts';
import { render, summaryOf } from '../../src/cards/render.ts';
import type { View } from '../../src/cards/view.ts';
import { GRAPH_PROBLEMS, type GraphProblemKind } from '../../src/entra/graph-problem.ts';
import { cardText } from '../support/card-text.ts';
import { anyChangeView, STATES } from './any-approval.ts';
import {
  ANALYST,
  APPROVER,
  approval,
  approvalListView,
  approvalView,
  approved,
  compromised,
  formView,
  noticeView,
  target,
  targetsAt,
} from './approvals.ts';
import { elementsOf } from './inspect.ts';
import { detailsView, found, listView, NOW } from './views.ts';

const textOf = (view: View): string => cardText(render(view));

const buttonsOf = (view: View) =>
  elementsOf(render(view), 'Action.Execute').map(({ title, verb, data }) => ({ title, verb, data }));

const verbsOf = (view: View) => buttonsOf(view).map(({ verb }) => verb);

const idsOf = (view: View) =>
  [...elementsOf(render(view), 'Input.ChoiceSet'), ...elementsOf(render(view), 'Input.Text')].map(
    ({ id }) => id,
  );

describe('the buttons of an approval', () => {
  test('while it is pending: approve, reject with a reason, withdraw, look again', () => {
    const view = approvalView();
    expect(buttonsOf(view)).toEqual([
      { title: 'Approve', verb: 'approve', data: { approval: 1001, version: 1 } },
      { title: 'Reject', verb: 'reject', data: { approval: 1001, version: 1 } },
      { title: 'Withdraw', verb: 'withdraw', data: { approval: 1001, version: 1 } },
      { title: 'Refresh', verb: 'look', data: { approval: 1001, version: 1 } },
    ]);
    expect(idsOf(view)).toEqual(['reason']);
  });

  test('a requester who may approve alone is asked once more, with a verb of its own', () => {
    const view = approvalView({}, { mayBeOwn: true, confirmsOwn: true });
    expect(verbsOf(view)).toEqual(['approve-own', 'withdraw']);
    expect(idsOf(view)).toEqual([]);
    expect(textOf(view)).toContain('Approve your own request?\nNobody else will have looked at it.');
  });

  test.each(STATES.filter((state) => state !== 'pending'))('%s: none decides any more', (state) => {
    const view = approvalView({ state });
    const left: Partial<Record<Approval['state'], readonly string[]>> = {
      approved: ['look'],
      running: ['look'],
      unknown: ['resolve-done', 'resolve-failed', 'look'],
    };
    expect(verbsOf(view)).toEqual(left[state] ?? []);
    expect(idsOf(view)).toEqual([]);
  });

  test('when its time is up it only shows how it ended', () => {
    const view = approvalView({ expiresAt: NOW });
    expect(verbsOf(view)).toEqual(['look']);
    expect(textOf(view)).toContain('Time is up');
  });
});

describe('the way to a change', () => {
  test('a row and its details lead to the form, and the form to a request', () => {
    const ids = {
      result: '3f1d0c9a-74f3-4cf5-9a57-0f6a0f6b8a11',
      row: '66ea54eb-6301-4ee5-be62-ff5a759b0100',
    };
    const act = (view: View) => buttonsOf(view).filter(({ verb }) => verb === 'act');
    expect(act(listView())).toEqual([{ title: 'Act…', verb: 'act', data: ids }]);
    expect(act(detailsView())).toEqual([{ title: 'Act on this sign-in…', verb: 'act', data: ids }]);
    expect(buttonsOf(formView())).toEqual([
      { title: 'Ask for approval', verb: 'request', data: ids },
      { title: 'Back to the list', verb: 'more', data: { result: ids.result, first: 0 } },
    ]);
    expect(idsOf(formView())).toEqual(['action', 'reason']);
  });

  test('a sign-in that cannot be changed has no button for it', () => {
    for (const change of [{ id: 'not-a-guid' }, { userId: null }, { userId: '' }])
      for (const view of [listView({ rows: [found(change)] }), detailsView(change)])
        expect(verbsOf(view)).not.toContain('act');
  });

  test('nothing is chosen beforehand', () => {
    const [choice] = elementsOf(render(formView()), 'Input.ChoiceSet');
    expect(choice).toMatchObject({
      choices: [
        { title: 'Confirm compromised', value: 'confirm-sign-in-compromised' },
        { title: 'Confirm safe', value: 'confirm-sign-in-safe' },
        { title: 'Dismiss risk', value: 'dismiss-sign-in-risk' },
      ],
    });
    expect(choice).not.toHaveProperty('value');
  });
});

describe('who may decide', () => {
  test('the roles stand on the card, and that the requester cannot approve', () => {
    expect(textOf(approvalView())).toContain(
      'To be decided by  Security Administrator or Global Administrator. The requester cannot approve, only withdraw.',
    );
    expect(textOf(approvalView({}, { mayBeOwn: true }))).toContain('The requester may approve too');
  });

  test('many roles are cut, and none is said aloud', () => {
    const roles = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'];
    expect(textOf(approvalView({}, { approvers: roles }))).toContain('a1, b2, c3, d4, or 2 more.');
    expect(textOf(approvalView({}, { approvers: [] }))).toContain('a role that nobody configured.');
  });

  test('the role that was used is named, a custom one by its id', () => {
    const by = (role: string | undefined) =>
      textOf({
        ...approvalView(),
        approval: approved({ decided: { by: APPROVER, at: NOW, ...(role !== undefined && { role }) } }),
      });
    expect(by('194ae4cb-b126-40b2-bd5b-6091b380977d')).toContain(
      '“Sam Admin” · as Security Administrator\n2026-11-20 12:00:00 UTC',
    );
    expect(by('0f0f0f0f-0000-4000-8000-000000000001')).toContain(
      ' · as 0f0f0f0f-0000-4000-8000-000000000001\n',
    );
    expect(by(undefined)).not.toContain(' · as ');
  });
});

const after = { since: NOW, reads: 0 } as const;

const proofIn = (state: Approval['state'], progress: Progress): string =>
  textOf({ ...approvalView(), approval: approved({ state, targets: targetsAt(progress) }) });

const done = (how: Extract<Progress, { readonly at: 'done' }>['how'], rest = {}): Progress => ({
  at: 'done',
  how,
  ...after,
  ...rest,
});

const CHANGE = 'AT RISK · medium → CONFIRMED COMPROMISED · high';

describe('the proof of each target', () => {
  test.each<[string, Approval['state'], Progress]>([
    [`DONE: ${CHANGE} (accepted by Graph and read back)`, 'done', done('accepted', { now: compromised })],
    ['Graph accepted it and is still processing.', 'done', done('accepted', { dueAt: NOW })],
    ['Graph accepted it; the new state did not show in time.', 'done', done('accepted')],
    [
      'a person decided otherwise since: AT RISK · medium → Risk dismissed',
      'done',
      done('accepted', { now: { ...compromised, state: 'dismissed', level: 'none' } }),
    ],
    [`DONE: ${CHANGE} (found done when it was read back)`, 'done', done('read-back', { now: compromised })],
    [`ALREADY SO: ${CHANGE} (somebody else had done it)`, 'done', done('already', { now: compromised })],
    ['DONE, says the person who looked', 'done', done('resolved')],
    ['NOT DONE, says the person who looked.', 'failed', { at: 'failed', why: 'resolved' }],
    [
      'NOT DONE: the time in which it may be carried out ran out.',
      'failed',
      { at: 'failed', why: 'too-late' },
    ],
    ['NOT SENT: a role was missing.', 'revoked', { at: 'stopped', why: 'role' }],
    ['NOT SENT: the risk has sunk', 'void', { at: 'stopped', why: 'lower' }],
    ['NOT SENT: what is stored', 'void', { at: 'stopped', why: 'edited' }],
    ['UNKNOWN: it may have been done or not.', 'unknown', { at: 'unknown', since: NOW }],
    ['Not sent yet.', 'approved', { at: 'waiting', attempts: 0, doubts: 0, dueAt: NOW }],
    ['Not done yet after 1 attempt;', 'approved', { at: 'waiting', attempts: 1, doubts: 0, dueAt: NOW }],
    [
      'Sent; Flagman is reading back',
      'running',
      { at: 'sent', attempts: 1, doubts: 1, dueAt: NOW, ...after },
    ],
    [
      'NOT DONE: a person decided elsewhere: AT RISK · medium → Risk dismissed',
      'conflict',
      { at: 'conflict', now: { ...compromised, state: 'dismissed', level: 'none' } },
    ],
  ])('%s', (words, state, progress) => {
    expect(proofIn(state, progress)).toContain(words);
  });

  test.each(GRAPH_PROBLEMS)('a refusal by Graph is said in words: %s', (why) => {
    const text = proofIn('failed', { at: 'failed', why });
    expect(text).toMatch(/NOT DONE: .+\..+\./);
    expect(text).not.toMatch(/undefined|question|time window|filter|page/);
  });

  test.each<[string, GraphProblemKind, string]>([
    [
      'H106: a permission that is missing is named',
      'denied',
      'the permission IdentityRiskEvent.ReadWrite.All,',
    ],
    ['H107: a sign-in that is not kept any more', 'not-found', 'Entra ID no longer has this sign-in.'],
    ['one that is not risky', 'not-risky', 'confirm the user instead, in the Entra admin center.'],
    ['a reason that Flagman does not know', 'other', 'the ledger holds the status and the request id.'],
  ])('%s', (_name, why, words) => {
    expect(proofIn('failed', { at: 'failed', why })).toContain(words);
  });

  test('a request that waits or was given up says nothing of having been carried out', () => {
    for (const state of ['pending', 'rejected', 'expired', 'withdrawn', 'void'] as const)
      expect(proofIn(state, { at: 'waiting', attempts: 0, doubts: 0, dueAt: NOW })).not.toMatch(
        /sent|attempt/i,
      );
  });

  test('a risk that rose is said while it can be decided', () => {
    const risk = { state: 'atRisk', detail: 'none', level: 'medium', events: [] };
    const risen = (now: typeof compromised, state: Approval['state'] = 'pending') =>
      textOf(approvalView({ state, targets: [target({}, { before: risk, risen: now })] }));
    expect(risen({ ...risk, level: 'high' })).toContain('RISK HAS RISEN SINCE: medium → high');
    expect(risen({ ...risk, events: ['leakedCredentials'] })).toContain(
      'RISK HAS RISEN SINCE: also detected leakedCredentials',
    );
    expect(risen(compromised)).toContain(`RISK HAS RISEN SINCE: ${CHANGE}`);
    expect(risen({ ...risk, level: 'high' }, 'rejected')).not.toContain('RISEN');
  });

  test('an address stays with its label at the end of a line', () => {
    expect(textOf(approvalView())).toContain(' · IP\u00a0203.0.113.7 · ');
  });

  test('every target has its row, of six lines at most', () => {
    const progress: Progress = { at: 'stopped', why: 'role' };
    const targets = targetsAt(progress, progress, progress);
    const rows = elementsOf(render(approvalView({ targets, state: 'revoked' })), 'RichTextBlock').filter(
      (block) => JSON.stringify(block).includes('Request '),
    );
    expect(rows).toHaveLength(3);
    for (const row of rows)
      expect(
        cardText(row as never)
          .trim()
          .split('\n'),
      ).toHaveLength(6);
  });
});

describe('the way to the Entra admin center', () => {
  const linksOf = (...all: Parameters<typeof targetsAt>) =>
    elementsOf(
      render(
        approvalView(
          { state: 'failed', targets: targetsAt(...all) },
          { portalUrl: 'https://entra.microsoft.us' },
        ),
      ),
      'Action.OpenUrl',
    );

  test('is open where a person has to go on: nobody knows how it ended, or only the user can be confirmed', () => {
    const link = {
      type: 'Action.OpenUrl',
      title: 'Open the Entra admin center',
      url: 'https://entra.microsoft.us',
    };
    const unknown: Progress = { at: 'unknown', since: NOW };
    const refused: Progress = { at: 'failed', why: 'not-risky' };
    for (const progress of [unknown, refused])
      expect(linksOf(done('accepted', { now: compromised }), progress)).toEqual([link]);
    expect(linksOf(unknown, refused, unknown)).toEqual([link]);
  });

  test('is not offered where nothing is left to do there', () => {
    for (const why of ['denied', 'too-late', 'resolved'] as const)
      expect(linksOf({ at: 'failed', why })).toEqual([]);
    expect(linksOf(done('accepted'), { at: 'conflict', now: compromised })).toEqual([]);
  });
});

describe('the status', () => {
  test('nothing was changed is said only where nothing can have been changed', () => {
    for (const state of ['void', 'revoked'] as const) {
      expect(proofIn(state, { at: 'stopped', why: 'role' })).toContain('Nothing was changed.');
      for (const progress of [
        done('accepted'),
        { at: 'unknown', since: NOW },
        { at: 'sent', attempts: 1, doubts: 1, dueAt: NOW, ...after },
      ] as const)
        expect(proofIn(state, progress)).not.toContain('Nothing was changed.');
    }
  });

  test('why it is void', () => {
    expect(proofIn('void', { at: 'conflict', now: compromised })).toContain('A person decided elsewhere');
    expect(proofIn('void', { at: 'stopped', why: 'lower' })).toContain('The risk has sunk');
    expect(textOf(approvalView({ state: 'void' }))).toContain('not what the ledger says: it was edited');
  });

  test('who rejected it and why', () => {
    const text = textOf(
      approvalView({ state: 'rejected', decided: { by: APPROVER, at: NOW, reason: 'was in Lagos' } }),
    );
    expect(text).toContain(
      `Rejected by  “Sam Admin”\n2026-11-20 12:00:00 UTC (13:00:00 Europe/Oslo)  ${APPROVER.id}\n`,
    );
    expect(text).toContain('Because  “was in Lagos”');
    const withdrawn = approvalView({ state: 'withdrawn', decided: { by: ANALYST, at: NOW } });
    expect(textOf(withdrawn)).toMatch(new RegExp(`Withdrawn by  “Ana Lyst”\n.* UTC .*  ${ANALYST.id}`));
  });

  test.each<[string, readonly [Progress, ...Progress[]]]>([
    ['Entra ID shows what was asked for.', [done('accepted', { now: compromised })]],
    [
      'Entra ID shows what was asked for.',
      [done('already', { now: compromised }), done('read-back', { now: compromised })],
    ],
    [
      'A person looked and says that it was done.',
      [done('accepted', { now: compromised }), done('resolved')],
    ],
    [
      'It was done, and a person decided otherwise since.',
      [
        done('accepted', { now: { ...compromised, state: 'dismissed' } }),
        done('already', { now: compromised }),
      ],
    ],
    [
      'Microsoft Graph accepted it and is still processing.',
      [done('accepted'), done('accepted', { dueAt: NOW }), done('resolved')],
    ],
    [
      'Microsoft Graph accepted it, but did not show the new state in time.',
      [done('accepted'), done('accepted', { now: compromised })],
    ],
  ])('of a change that was done it says no more than is known of every sign-in: %s', (note, all) => {
    const view = { ...approvalView(), approval: approved({ state: 'done', targets: targetsAt(...all) }) };
    expect(textOf(view)).toContain(`\nDone\n${note}\n`);
  });

  test('once it is closed, the risk that was shown is told as a thing of the past, and quietly', () => {
    const runs = (state: Approval['state'], change = {}) =>
      elementsOf(render(approvalView({ state, targets: [target(change)] })), 'TextRun');
    for (const state of STATES) {
      const isClosed = !['pending', 'approved', 'running', 'unknown'].includes(state);
      const shown = runs(state).find(({ text }) => /AT RISK/.test(String(text)));
      expect(shown).toMatchObject(
        isClosed
          ? { text: 'was AT RISK · medium', color: 'Default', isSubtle: true }
          : { text: 'AT RISK · medium', color: 'Attention', isSubtle: false },
      );
    }
    const texts = runs('done', { riskState: 'dismissed', flaggedForReview: true });
    expect(texts).toContainEqual(
      expect.objectContaining({ text: '  |  was risk dismissed · medium', isSubtle: true }),
    );
    expect(texts).toContainEqual(
      expect.objectContaining({ text: 'FLAGGED · user asked for help', isSubtle: false }),
    );
    expect(runs('pending', { riskState: 'dismissed' })).toContainEqual(
      expect.objectContaining({ text: 'Risk dismissed · medium', isSubtle: false }),
    );
  });

  test('what will happen is said as long as it can', () => {
    for (const state of STATES)
      expect(textOf(approvalView({ state })).includes('What it will not do')).toBe(
        ['pending', 'approved', 'running'].includes(state),
      );
  });

  test('a message that may be there twice says so', () => {
    const repeat = 'This may be a repeat of an earlier message.';
    expect(textOf(approvalView({}, { isRepeat: true }))).toContain(repeat);
    expect(textOf({ ...noticeView(), isRepeat: true })).toContain(repeat);
    expect(textOf(approvalView()) + textOf(noticeView())).not.toContain(repeat);
  });
});

describe('lists and notices', () => {
  test('each approval that waits can be shown, and the newer ones that find no room are counted', () => {
    const many = Array.from({ length: 40 }, (_, index) => approval({ number: 1001 + index }));
    const view = approvalListView(many);
    expect(textOf(view)).toMatch(/^## 40 approvals are waiting\nCR-1001 · /);
    const shown = buttonsOf(view);
    expect(shown[1]).toEqual({ title: 'Show', verb: 'look', data: { approval: 1002, version: 1 } });
    expect(textOf(view)).toContain(`and ${40 - shown.length} newer ones`);
    expect(textOf(approvalListView([]))).toBe('## No approval is waiting\n');
  });

  test('whose sign-ins they are', () => {
    const of = (...names: readonly string[]) =>
      names.map((userPrincipalName) => target({ userPrincipalName }));
    const text = (...names: readonly string[]) =>
      textOf(approvalListView([approval({ targets: [target(), ...of(...names)] })]));
    expect(text('user@contoso.com')).toContain('2 sign-ins of user@contoso.com\n');
    expect(text('b@contoso.com', 'c@contoso.com')).toContain(
      'of user@contoso.com, b@contoso.com, 1 more user\n',
    );
    expect(text('аdmin@contoso.com')).toContain('(LOOK-ALIKE NAME)');
  });

  test('a reminder says until when, an outcome how it ended', () => {
    expect(textOf(noticeView())).toContain('CR-1001 ends at 2026-11-20 12:25:00 UTC and nobody has decided.');
    expect(textOf(noticeView('outcome', { state: 'expired' }))).toContain(
      'CR-1001 · Expired\nConfirm compromised',
    );
    // It was decided between the reminder's beginning and its end.
    expect(textOf(noticeView('reminder', { state: 'done' }))).toContain('CR-1001 · Done');
    expect(buttonsOf(noticeView())).toEqual([
      { title: 'Show', verb: 'look', data: { approval: 1001, version: 1 } },
    ]);
  });

  test('an outcome is posted once, and says only what stays true', () => {
    const outcome = (state: Approval['state'], ...all: readonly [Progress, ...Progress[]]) =>
      textOf(noticeView('outcome', { state, targets: targetsAt(...all) }));
    const about = 'Confirm compromised · 1 sign-in';
    const asDone = `CR-1001 · Done\n${about}\nIts card says how that is known.\n[Show]\n`;
    for (const progress of [done('accepted', { dueAt: NOW }), done('accepted'), done('resolved')])
      expect(outcome('done', progress)).toBe(asDone);
    expect(outcome('failed', { at: 'failed', why: 'not-risky' })).toBe(
      `CR-1001 · Failed\n${about}\n0 of 1 sign-in done. Its card says why.\n[Show]\n`,
    );
    const goesOn = `CR-1001 · Approved\n${about}\nIts card shows how it goes on.\n[Show]\n`;
    const sent: Progress = { at: 'sent', attempts: 1, doubts: 1, dueAt: NOW, ...after };
    expect(outcome('running', sent, done('accepted'))).toBe(goesOn.replace('1 sign-in', '2 sign-ins'));
    expect(outcome('approved', { at: 'waiting', attempts: 0, doubts: 0, dueAt: NOW })).toBe(goesOn);
    expect(outcome('conflict', { at: 'conflict', now: compromised })).toBe(
      `CR-1001 · Conflict\n${about}\nNot done: a person decided otherwise elsewhere, and that stands.\n[Show]\n`,
    );
  });

  test('a notice is as wide as the card of its request', () => {
    const { msteams } = render(approvalView());
    expect(msteams).toEqual({ width: 'Full' });
    expect(render(noticeView()).msteams).toEqual(msteams);
  });

  test('the notification holds nothing of a person', () => {
    const views = [approvalView(), formView(), approvalListView(), noticeView(), noticeView('outcome')];
    expect(views.map(summaryOf)).toEqual([
      'CR-1001 · Confirm compromised · Waiting for a decision',
      'A form to ask for a change',
      '1 approval is waiting',
      'CR-1001 ends at 2026-11-20 12:25:00 UTC and nobody has decided.',
      'CR-1001 · Waiting for a decision',
    ]);
    fc.assert(
      fc.property(anyChangeView, (view) => expect(summaryOf(view)).toMatch(/^[\w\s:·,-]+\.?$/)),
      { numRuns: 300 },
    );
  });
});
