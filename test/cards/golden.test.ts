import { describe, test } from '@jest/globals';
import { render } from '../../src/cards/render.ts';
import type { View } from '../../src/cards/view.ts';
import { cardText } from '../support/card-text.ts';
import { expectGolden } from '../support/golden.ts';
import {
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
import { editedView, erasedView, incident, shareFormView, shareView } from './shares.ts';
import { snapshot } from './timelines.ts';
import { answer, detailsView, found, helpView, listView, NOW, problemView, workingView } from './views.ts';

const idOf = (index: number): string => `66ea54eb-6301-4ee5-be62-ff5a759b01${String(index).padStart(2, '0')}`;

const calm = {
  flaggedForReview: false,
  riskState: 'none',
  riskLevelAggregated: 'none',
  riskLevelDuringSignIn: 'none',
};

const three = [
  found(),
  found({ ...calm, id: idOf(1), status: { errorCode: 0 }, riskState: 'atRisk', riskLevelAggregated: 'high' }),
  found({ ...calm, id: idOf(2), status: { errorCode: 50074 }, flaggedForReview: true }, false),
];

const sprayed = Array.from({ length: 26 }, (_, index) =>
  found({
    ...calm,
    id: idOf(index),
    userDisplayName: null,
    userPrincipalName: `user${index % 12}@contoso.com`,
    status: { errorCode: index === 15 ? 0 : index === 20 ? 50074 : 50126 },
  }),
);

const spray = {
  rows: sprayed,
  query: { entity: 'signIns', where: [], window: {}, groupBy: 'user' },
} as const;

const bare = { id: '66ea54eb-6301-4ee5-be62-ff5a759b0100', createdDateTime: '2020-03-13T19:15:41.6195833Z' };

const views: Readonly<Record<string, View>> = {
  'flagged sign-ins': listView({ rows: three }),
  'none found': listView({ rows: [] }),
  'not known': listView({
    rows: three.slice(0, 2),
    pages: 2,
    verdict: { finished: false, why: 'failed' },
    problem: { kind: 'unreachable' },
    unreadable: 1,
  }),
  'second pass': listView(
    {
      rows: three.slice(0, 1),
      read: 412,
      dropped: 411,
      secondPass: ['not from DE', 'failed'],
      scope: { ...answer().scope, why: 'default', eventTypes: ['interactiveUser', 'nonInteractiveUser'] },
    },
    { notes: ['Read “guest_fabrikam.com#EXT#” as guest@fabrikam.com.'] },
  ),
  'clipped, long settled': listView(
    {
      rows: [],
      dropped: 2,
      read: 2,
      scope: {
        ...answer().scope,
        to: '2026-11-20T06:00:00Z',
        untilNow: false,
        settling: false,
        clippedFrom: '2021-10-01T00:00:00Z',
      },
    },
    { zone: 'UTC' },
  ),
  'newest two': listView({ rows: three.slice(0, 2), query: { ...answer().query, limit: 2 } }),
  'who signed in from': listView(spray, { asked: 'who signed in from 203.0.113.7 last 48h' }),
  'second page': listView({ rows: sprayed, query: { ...answer().query, where: [] } }, { first: 10 }),
  details: detailsView(),
  'explanation opened from details': {
    ...helpView,
    back: { resultId: '3f1d0c9a-74f3-4cf5-9a57-0f6a0f6b8a11', row: '0e5ba071-2f24-4b8e-afb4-f0ee09fd6a6e' },
  },
  'word in the place of a list': {
    ...helpView,
    list: { resultId: '3f1d0c9a-74f3-4cf5-9a57-0f6a0f6b8a11', first: 10 },
  },
  'details of little': {
    ...detailsView(),
    signIn: bare,
  },
  help: helpView,
  problem: problemView,
  working: workingView,
  'action form': formView(),
  'approval pending': approvalView({
    targets: [
      target({}, { risen: { state: 'atRisk', detail: 'none', level: 'high', events: [] } }),
      target({ id: idOf(1), userPrincipalName: 'аdmin@contoso.com', status: { errorCode: 0 } }),
    ],
  }),
  'approval of an own request': approvalView({}, { mayBeOwn: true, confirmsOwn: true }),
  'approval rejected': approvalView({
    state: 'rejected',
    decided: { by: APPROVER, at: NOW, reason: 'was in Lagos, see INC-204' },
  }),
  'approval running': {
    ...approvalView(),
    approval: approved({
      state: 'running',
      targets: targetsAt(
        { at: 'done', how: 'accepted', since: NOW, reads: 1, dueAt: NOW },
        { at: 'sent', attempts: 1, doubts: 1, since: NOW, reads: 0, dueAt: NOW },
      ),
    }),
  },
  'approval done': {
    ...approvalView(),
    approval: approved({
      state: 'done',
      targets: targetsAt(
        { at: 'done', how: 'accepted', since: NOW, reads: 1, now: compromised },
        { at: 'done', how: 'already', since: NOW, reads: 0, now: compromised },
      ),
    }),
  },
  'approval failed': {
    ...approvalView(),
    approval: approved({
      state: 'failed',
      targets: targetsAt(
        { at: 'done', how: 'read-back', since: NOW, reads: 1, now: compromised },
        { at: 'failed', why: 'not-risky' },
        { at: 'conflict', now: { ...compromised, state: 'confirmedSafe', level: 'none' } },
      ),
    }),
  },
  'approval unknown': {
    ...approvalView(),
    approval: approved({ state: 'unknown', targets: targetsAt({ at: 'unknown', since: NOW }) }),
  },
  'approvals that wait': approvalListView([
    approval(),
    approval({ number: 1002, action: 'dismiss-sign-in-risk', requester: APPROVER }),
  ]),
  'approval reminder': noticeView(),
  'approval outcome': noticeView('outcome', { state: 'expired' }),
  share: shareView(),
  'share without users, addresses and devices': shareView({ redacted: ['user', 'address', 'device'] }),
  'share of nothing found': shareView({
    snapshot: snapshot({ answer: answer({ rows: [] }), of: 0 }),
  }),
  'share of what was not read to the end': shareView(
    {
      snapshot: snapshot({
        notes: ['Read “guest_fabrikam.com#EXT#” as guest@fabrikam.com.'],
        answer: answer({
          rows: three,
          read: 412,
          dropped: 300,
          pages: 3,
          verdict: { finished: false, why: 'capped' },
          secondPass: ['not from DE'],
        }),
        of: 112,
      }),
    },
    { isRepeat: true, zone: 'UTC' },
  ),
  'share erased': erasedView(),
  'share changed': editedView(),
  'share form': shareFormView({ here: incident('SEC-7') }),
  'share form without incidents': shareFormView({ incidents: [] }),
};

describe('what people read on', () => {
  test.each(Object.entries(views))('%s', (name, view) => {
    expectGolden(`test/cards/golden/${name.replaceAll(' ', '-')}.txt`, cardText(render(view)));
  });
});
