import fc from 'fast-check';
import type { SignInTarget } from '../../src/actions/action.ts';
import { approve, pass, reject, request, voidAsEdited, withdraw } from '../../src/actions/approval/decide.ts';
import { judge, type Known } from '../../src/actions/approval/judge.ts';
import { look, lookLater } from '../../src/actions/approval/look.ts';
import {
  answered,
  claim,
  intend,
  putOff,
  release,
  resolve,
  stop,
} from '../../src/actions/approval/perform.ts';
import type { Approval, Moved } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import type { Performed } from '../../src/entra/effects.ts';
import type { Risk } from '../../src/entra/risk.ts';

/** What happens next, as far as chance decides: who does which of the moves that are legal then, and when. */
export interface Chance {
  readonly pick: number;
  readonly by: string;
  readonly afterMs: number;
  readonly risk: Risk;
  readonly performed: Performed;
}

const PEOPLE = ['requester-id', 'approver-id', 'another-id'] as const;

const AS_SHOWN: Risk = { state: 'atRisk', detail: 'none', level: 'medium', events: [] };

const risk = fc.oneof(
  { arbitrary: fc.constant(AS_SHOWN), weight: 6 },
  fc.record<Risk>({
    state: fc.constantFrom('atRisk', 'confirmedCompromised', 'confirmedSafe', 'none'),
    detail: fc.constantFrom('none', 'adminConfirmedSigninCompromised', 'adminConfirmedSigninSafe', 'hidden'),
    level: fc.constantFrom('low', 'medium', 'high'),
    events: fc.constantFrom([], ['unfamiliarFeatures']),
  }),
);

const throttled = { kind: 'throttled', message: 'Too many requests.', status: 429 } as const;
const unavailable = { kind: 'gateway-timeout', message: 'A gateway gave up.', status: 504 } as const;

const performed = fc.constantFrom<Performed>(
  { outcome: 'done' },
  { outcome: 'done' },
  { outcome: 'done' },
  { outcome: 'not-done', problem: throttled },
  { outcome: 'refused', problem: { ...throttled, kind: 'not-found', status: 404 } },
  { outcome: 'ambiguous', problem: unavailable },
);

export const chances = fc.array(
  fc.record<Chance>({
    pick: fc.nat(),
    by: fc.constantFrom(...PEOPLE),
    afterMs: fc.constantFrom(0, 1_000, 1_000, 10_000, 10_000, 40_000, 40_000, 40_000, 2_000_000),
    risk,
    performed,
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);

const signIn = (number: number, index: number): SignInTarget => ({
  id: `5c7a1c52-0000-4000-8000-00000${number}00${index}`,
  createdDateTime: '2026-11-21T11:00:00Z',
  userId: `user ${index}`,
  userPrincipalName: `Kim${index}@contoso.com`,
  riskState: 'atRisk',
  riskDetail: 'none',
  riskLevelAggregated: 'medium',
  riskEventTypes_v2: [],
});

/** A new request by Ana, for so many sign-ins of as many users. */
export const requested = (number: number, now: number, targets = 1): Moved =>
  request({
    number,
    action: ACTIONS['confirm-sign-in-compromised'],
    signIns: [
      signIn(number, 0),
      ...Array.from({ length: targets - 1 }, (_, index) => signIn(number, index + 1)),
    ],
    reason: 'The user denies the travel, INC-204.',
    requester: { id: 'requester-id', name: 'Ana Silva' },
    conversationId: '19:incidents@thread.tacv2',
    now,
    lifeMs: 30 * 60_000,
    reminderMs: 5 * 60_000,
  });

const decisions = (approval: Approval, { by, afterMs, risk: seen }: Chance, now: number) => {
  const { version } = approval;
  const ballot = {
    by: { id: by, name: 'Maya Okafor' },
    at: now,
    version,
    activityId: 'f:1',
    role: 'a-role-id',
  };
  return [
    approve(approval, ballot, { performMs: 86_400_000, mayBeOwn: true }),
    reject(approval, ballot, 'Seen in the office.'),
    withdraw(approval, ballot),
  ]
    .flatMap((voted) => (voted.ok ? [voted.value] : []))
    .concat(
      [
        pass(approval, now),
        look(
          approval,
          approval.targets.map(() => seen),
          now,
        ),
        resolve(approval, ballot, 'done'),
        resolve(approval, ballot, 'failed'),
      ].flatMap((moved) => moved ?? []),
      approval.state === 'pending' ? [lookLater(approval, now)] : [],
      // Rare, or no walk would get far.
      approval.state === 'pending' && afterMs === 0 ? [voidAsEdited(approval, now)] : [],
    );
};

const effects = (
  approval: Approval,
  { afterMs, risk: seen, performed: how }: Chance,
  now: number,
): readonly Moved[] => {
  const turn = { owner: 'replica', now, leaseMs: 30_000 };
  const action = ACTIONS[approval.action];
  const known: Known =
    how.outcome === 'ambiguous' ? { known: false, problem: how.problem } : { known: true, risk: seen };
  const isHeld = approval.state === 'running' && approval.lease !== undefined;
  const steps = approval.targets.flatMap(({ progress }, index): readonly Moved[] => {
    const step = { index, turn };
    if (progress.at === 'done') {
      const verdict = judge(approval, action, step, known, 60_000);
      return verdict.do === 'move' ? [verdict.moved] : [];
    }
    if (!isHeld || (progress.at !== 'waiting' && progress.at !== 'sent')) return [];
    const verdict = judge(approval, action, step, known, 60_000);
    const sent =
      progress.at === 'waiting'
        ? intend(approval, action, step, 'a-request-id')
        : answered(approval, step, how);
    return verdict.do === 'move' ? [verdict.moved, sent] : [sent];
  });
  const held = isHeld
    ? [
        putOff(approval, turn),
        release(approval, turn),
        ...(afterMs === 0 ? [stop(approval, 'role', turn, { who: 'approver' })] : []),
      ]
    : [];
  return [...[claim(approval, turn)].flatMap((moved) => moved ?? []), ...steps, ...held];
};

/** Everything that happened to an approval, from its request on, when chance decides. */
export const walk = (number: number, from: number, all: readonly Chance[], targets = 2): readonly Moved[] => {
  const path = [requested(number, from, targets)];
  let now = from;
  for (const chance of all) {
    const approval = path.at(-1)?.approval;
    if (approval === undefined) break;
    now += chance.afterMs;
    const legal = [...decisions(approval, chance, now), ...effects(approval, chance, now)];
    const moved = legal[chance.pick % legal.length];
    if (moved) path.push(moved);
  }
  return path;
};
