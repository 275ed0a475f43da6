import fc from 'fast-check';
import { SignInTarget } from '../../src/actions/action.ts';
import type { Progress } from '../../src/actions/approval/progress.ts';
import type { Approval, ApprovalState, Target } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import type { ActionFormView, ApprovalListView, ApprovalView, NoticeView } from '../../src/cards/view.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';
import { GRAPH_PROBLEMS } from '../../src/entra/graph-problem.ts';
import type { Actor } from '../../src/entra/ledger-event.ts';
import { type Risk, riskOf } from '../../src/entra/risk.ts';
import { anySignIn, anyText, worst } from './any.ts';
import { approval, compromised } from './approvals.ts';
import { NOW } from './views.ts';

export const STATES: readonly ApprovalState[] = [
  ...(['pending', 'approved', 'running', 'unknown', 'rejected', 'expired', 'withdrawn'] as const),
  ...(['void', 'revoked', 'done', 'failed', 'conflict'] as const),
];

const anyWord = fc.oneof(fc.constantFrom('', 'none', 'low', 'medium', 'high', 'hidden', 'atRisk'), anyText);

const anyRisk: fc.Arbitrary<Risk> = fc.oneof(
  fc.constant(compromised),
  fc.record({
    state: anyWord,
    detail: anyWord,
    level: anyWord,
    events: fc.array(anyText, { maxLength: 8 }),
  }),
);

const tries = { attempts: fc.nat({ max: 9 }), dueAt: fc.constant(NOW) };

/** Every way in which a target can stand. */
const anyProgress: fc.Arbitrary<Progress> = fc.oneof(
  fc.record({ at: fc.constant('waiting' as const), doubts: fc.nat({ max: 3 }), ...tries }),
  fc.record({
    at: fc.constant('sent' as const),
    doubts: fc.nat({ max: 3 }),
    since: fc.constant(NOW),
    reads: fc.nat({ max: 9 }),
    ...tries,
  }),
  fc.record(
    {
      at: fc.constant('done' as const),
      how: fc.constantFrom(
        'accepted' as const,
        'read-back' as const,
        'already' as const,
        'resolved' as const,
      ),
      since: fc.constant(NOW),
      reads: fc.nat({ max: 9 }),
      now: anyRisk,
      dueAt: fc.constant(NOW),
    },
    { requiredKeys: ['at', 'how', 'since', 'reads'] },
  ),
  fc.record({
    at: fc.constant('failed' as const),
    why: fc.constantFrom(...GRAPH_PROBLEMS, 'too-late' as const, 'resolved' as const),
  }),
  fc.record({ at: fc.constant('conflict' as const), now: anyRisk }),
  fc.record({
    at: fc.constant('stopped' as const),
    why: fc.constantFrom('role' as const, 'lower' as const, 'edited' as const),
  }),
  fc.constant({ at: 'unknown' as const, since: NOW }),
);

const anyTarget: fc.Arbitrary<Target> = fc
  .record(
    {
      signIn: fc
        .tuple(anySignIn, fc.uuid(), anyText)
        .map(([row, id, userId]) => SignInTarget.parse({ ...row, id, userId: `u${userId}` })),
      before: anyRisk,
      risen: anyRisk,
      progress: anyProgress,
    },
    { requiredKeys: ['signIn', 'before', 'progress'] },
  )
  .map((target) => target);

const anyActor: fc.Arbitrary<Actor> = fc.record({ id: fc.oneof(fc.uuid(), anyText), name: anyText });

const anyTargets: fc.Arbitrary<Approval['targets']> = fc
  .tuple(anyTarget, fc.array(anyTarget, { maxLength: 9 }))
  .map(([first, others]) => [first, ...others]);

/** Any approval that a store could hold, even where the pieces do not go together. */
export const anyApproval: fc.Arbitrary<Approval> = fc
  .record(
    {
      number: fc.nat(),
      version: fc.nat(),
      state: fc.constantFrom(...STATES),
      action: fc.constantFrom(...Object.values(ACTIONS).map(({ name }) => name)),
      targets: anyTargets,
      reason: anyText,
      requester: anyActor,
      expiresAt: fc.constantFrom(NOW - 1, NOW, NOW + 60_000),
      decided: fc.record(
        { by: anyActor, at: fc.constant(NOW), role: anyText, reason: anyText },
        { requiredKeys: ['by', 'at'] },
      ),
    },
    { requiredKeys: ['number', 'version', 'state', 'action', 'targets', 'reason', 'requester', 'expiresAt'] },
  )
  .map((change) => approval(change));

const zone = fc.constantFrom('UTC', 'Europe/Oslo', 'America/Argentina/Buenos_Aires');

const now = fc.constant(NOW);

export const anyApprovalView: fc.Arbitrary<ApprovalView> = fc.record({
  card: fc.constant('approval' as const),
  approval: anyApproval,
  approvers: fc.array(anyText, { maxLength: 6 }),
  mayBeOwn: fc.boolean(),
  confirmsOwn: fc.boolean(),
  isRepeat: fc.boolean(),
  portalUrl: fc.constantFrom(...Object.values(CLOUDS).map(({ portalUrl }) => portalUrl)),
  zone,
  now,
});

const anyFormView: fc.Arbitrary<ActionFormView> = fc.record({
  card: fc.constant('action-form' as const),
  signIn: anySignIn,
  confirmed: fc.boolean(),
  resultId: fc.uuid(),
  first: fc.nat({ max: 5000 }),
  zone,
});

const anyApprovalListView: fc.Arbitrary<ApprovalListView> = fc.record({
  card: fc.constant('approval-list' as const),
  approvals: fc.array(anyApproval, { maxLength: 14 }),
  zone,
  now,
});

const anyNoticeView: fc.Arbitrary<NoticeView> = fc.record({
  card: fc.constant('notice' as const),
  kind: fc.constantFrom('reminder' as const, 'outcome' as const),
  approval: anyApproval,
  isRepeat: fc.boolean(),
  now,
});

/** Any card about a change. */
export const anyChangeView = fc.oneof(
  { weight: 3, arbitrary: anyApprovalView },
  { weight: 1, arbitrary: anyFormView },
  { weight: 1, arbitrary: anyApprovalListView },
  { weight: 1, arbitrary: anyNoticeView },
);

/** Ten targets with the worst of everything in every field, as far as they have come. */
export const worstTargets = (text: string, progress: Progress): Approval['targets'] => {
  const risk: Risk = { state: text, detail: text, level: text, events: Array(20).fill(text) };
  const one = (index: number): Target => {
    const signIn = SignInTarget.parse({
      ...worst(text),
      userPrincipalName: `${index}${text}`,
      id: `66ea54eb-6301-4ee5-be62-ff5a759b01${String(index).padStart(2, '0')}`,
    });
    return { signIn, before: riskOf(signIn), risen: { ...risk, level: 'high' }, progress };
  };
  return [one(0), ...Array.from({ length: 9 }, (_, index) => one(index + 1))];
};
