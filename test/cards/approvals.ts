import { SignInTarget } from '../../src/actions/action.ts';
import type { Progress } from '../../src/actions/approval/progress.ts';
import type { Approval, Target } from '../../src/actions/approval.ts';
import type { ActionFormView, ApprovalListView, ApprovalView, NoticeView } from '../../src/cards/view.ts';
import { type Risk, riskOf } from '../../src/entra/risk.ts';
import { ROLES } from '../../src/entra/roles.ts';
import { NOW, signIn } from './views.ts';

export const ANALYST = { id: '9c3b7d70-53c5-4f0e-8f6d-0c5a4f6f2a01', name: 'Ana Lyst' } as const;

export const APPROVER = { id: 'a1f0e6b5-0d3f-4f5b-9a55-7a0f6d1c3b02', name: 'Sam Admin' } as const;

const MINUTE = 60_000;

export const compromised: Risk = {
  state: 'confirmedCompromised',
  detail: 'adminConfirmedSigninCompromised',
  level: 'high',
  events: [],
};

/** A target that waits; `progress` and `risen` are what tests change. */
export const target = (
  change: Record<string, unknown> = {},
  rest: Partial<Omit<Target, 'signIn'>> = {},
): Target => {
  const row = SignInTarget.parse(
    signIn({ riskLevelAggregated: 'medium', flaggedForReview: false, ...change }),
  );
  return {
    signIn: row,
    before: riskOf(row),
    progress: { at: 'waiting', attempts: 0, doubts: 0, dueAt: NOW },
    ...rest,
  };
};

/** Targets that have come so far, one each. */
export const targetsAt = (...all: readonly [Progress, ...Progress[]]): Approval['targets'] => {
  const [first, ...others] = all.map((progress) => target({}, { progress }));
  return [first ?? target(), ...others];
};

/** An approval to confirm one sign-in as compromised, asked for five minutes ago. */
export const approval = (change: Partial<Approval> = {}): Approval => ({
  number: 1001,
  version: 1,
  revision: 1,
  edition: 1,
  state: 'pending',
  action: 'confirm-sign-in-compromised',
  targets: [target()],
  hash: 'hash',
  reason: 'user denies travel, INC-204',
  requester: ANALYST,
  conversationId: '19:security@thread.tacv2',
  createdAt: NOW - 5 * MINUTE,
  expiresAt: NOW + 25 * MINUTE,
  lookAt: NOW + MINUTE,
  fence: 0,
  ...change,
});

/** The same, approved by a Security Administrator. */
export const approved = (change: Partial<Approval> = {}): Approval =>
  approval({
    state: 'approved',
    version: 2,
    decided: { by: APPROVER, at: NOW - MINUTE, role: ROLES['Security Administrator'] },
    ...change,
  });

export const approvalView = (
  change: Partial<Approval> = {},
  view: Partial<ApprovalView> = {},
): ApprovalView => ({
  card: 'approval',
  approval: approval(change),
  approvers: ['Security Administrator', 'Global Administrator'],
  mayBeOwn: false,
  portalUrl: 'https://entra.microsoft.com',
  zone: 'Europe/Oslo',
  now: NOW,
  ...view,
});

export const formView = (change: Record<string, unknown> = {}): ActionFormView => ({
  card: 'action-form',
  signIn: signIn(change),
  confirmed: true,
  resultId: '3f1d0c9a-74f3-4cf5-9a57-0f6a0f6b8a11',
  first: 0,
  zone: 'Europe/Oslo',
});

export const approvalListView = (approvals: readonly Approval[] = [approval()]): ApprovalListView => ({
  card: 'approval-list',
  approvals,
  zone: 'Europe/Oslo',
  now: NOW,
});

export const noticeView = (
  kind: NoticeView['kind'] = 'reminder',
  change: Partial<Approval> = {},
): NoticeView => ({ card: 'notice', kind, approval: approval(change), now: NOW });
